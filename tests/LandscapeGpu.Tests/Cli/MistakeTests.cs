namespace LandscapeGpu.Tests.Cli;

/// <summary>Nonsense in: one line out, that says what was given and what is allowed.</summary>
public class MistakeTests
{
    [Theory]
    [InlineData("", "list, explore, trace, verify, connect, hop, compare, sweep, resume, show, identify, export, merge, slurm, bench, devices, explain")]
    [InlineData("explor", "did you mean explore?")]
    [InlineData("explore", "no objective was given")]
    [InlineData("explore himelblau", "did you mean himmelblau?")]
    [InlineData("explore himmelblau --formula x[0]", "several objectives were given")]
    [InlineData("explore himmelblau --restart 5", "did you mean --restarts?")]
    [InlineData("explore himmelblau --restarts 0", "--restarts was given 0; it must be a whole number from 1 up.")]
    [InlineData("explore himmelblau --restarts -5", "--restarts was given -5")]
    [InlineData("explore himmelblau --restarts many", "--restarts was given many")]
    [InlineData("explore himmelblau --restarts 1e15", "ask for fewer restarts")]
    [InlineData("explore himmelblau --seed -1", "--seed was given -1")]
    [InlineData("connect himmelblau --restarts 20 --chains 4", "--restarts was given with hops, whose minima are those that chains come to: --chains and --hops say how many there are; leave --restarts out.")]
    [InlineData("connect himmelblau --until-coverage 0.9 --hops 4", "leave --until-coverage out")]
    [InlineData("explore himmelblau --weight-decay 1e300", "at most 1E+19 in single precision, beyond which the square of a gradient is infinite")]
    [InlineData("explore himmelblau --precision double --rule gradient-descent --temperature 1e308", "at most 1E+150 in double precision")]
    [InlineData("explore himmelblau --seed", "--seed was given without a value; write --seed N: all randomness follows from it (default 1).")]
    [InlineData("explore himmelblau --restarts --seed 3", "--restarts was given without a value; write --restarts N")]
    [InlineData("explore himmelblau --json --evidence", "--json was given without a value; write --json FILE")]
    [InlineData("explore himmelblau --restarts 5 --restarts", "--restarts was given without a value")]
    [InlineData("explore himmelblau --set --restarts 5", "--set was given without a value; write --set NAME=VALUE")]
    [InlineData("explore himmelblau --restarts 5 --restarts 6", "--restarts was given 2 times (5 and 6); give it once.")]
    [InlineData("explore himmelblau --restarts 5 6", "--restarts takes one value, and 5 and 6 were given; what has spaces stands in quotes, and items of a list have commas between them.")]
    [InlineData("compare himmelblau --rules lbfgs adam", "--rules takes one value, and lbfgs and adam were given")]
    [InlineData("trace himmelblau --from 1,1 2,2", "--from takes one value each time, and 1,1 and 2,2 were given")]
    [InlineData("explore himmelblau --evidence yes", "--evidence takes no value, and yes was given")]
    [InlineData("explore himmelblau --evidence=yes", "--evidence takes no value, and yes was given")]
    [InlineData("show run.db --json out.json", "--json takes no value, and out.json was given")]
    [InlineData("explore himmelblau rastrigin", "rastrigin is one word too many after himmelblau")]
    [InlineData("devices all", "all is one word too many: devices takes options alone; `landscape devices --help` says what there is.")]
    [InlineData("merge all.db", "merge was given no FILES: run files of one run: shards of it, in any order. Write `landscape merge RESULT FILES …`")]
    [InlineData("merge", "merge was given no RESULT")]
    [InlineData("show", "show was given no FILE: a run file, as --out makes it. Write `landscape show FILE`")]
    [InlineData("slurm status", "slurm status was given no FOLDER")]
    [InlineData("sweep himmelblau", "--over was not given; write --over NAME=VALUES: the setting and its values, such as width=1..32")]
    [InlineData("sweep himmelblau --over", "--over was given without a value; write --over NAME=VALUES")]
    [InlineData("export run.db", "--to was not given; write --to FILE")]
    [InlineData("explore himmelblau --unknown 3", "--unknown is no option; `landscape explore --help` says what there is.")]
    [InlineData("explore -n 5", "-n is no option")]
    [InlineData("explore himmelblau --dim=2", "--dim is not understood; did you mean --dimension?")]
    [InlineData("explore himmelblau --over a=1,2", "--over is no option of explore, but of sweep")]
    [InlineData("--restarts 5 explore himmelblau", "--restarts stands before the command; the command is the first word: `landscape explore … --restarts …`.")]
    [InlineData("himmelblau", "himmelblau is an objective, and the first word is the command: `landscape explore himmelblau`.")]
    [InlineData("perceptron", "`landscape explore perceptron`")]
    [InlineData("explore no-such-run.db", "There is no file no-such-run.db, and no objective of that name in the catalogue")]
    [InlineData("explore landscape.dll", "landscape.dll is a file, and the catalogue has no objective of that name; data are given as --data landscape.dll")]
    [InlineData("verify Sin(x[0])+x[0]", "a formula is given as --formula \"Sin(x[0])+x[0]\".")]
    [InlineData("explore --formula himmelblau", "--formula was given himmelblau, which is a name of the catalogue; leave --formula out.")]
    [InlineData("explore perceptron --set widht=4", "perceptron has no setting widht; did you mean width? It has inputs")]
    [InlineData("trace himmelblau --from 1;1", "--from was given 1;1; it must be finite numbers with commas between")]
    [InlineData("connect himmelblau --csv nowhere/all", "--csv (minima) was given nowhere/allminima.csv, which cannot be written (there is no folder ")]
    [InlineData("slurm himmelblau --shards 2 --folder landscape.dll", "which cannot be made (it is a file); give a folder")]
    [InlineData("help-me", "help-me is no command; `landscape --help` says what there is.")]
    [InlineData("explore himmelblau --rule sgd", "no rule sgd; there are lbfgs")]
    [InlineData("explore himmelblau --rule gradient-descent:fast", "--rule was given gradient-descent:fast; it must be NAME or NAME:STEP, with a finite step above 0.")]
    [InlineData("compare himmelblau --rules lbfgs,adam:-1", "--rules was given adam:-1; it must be NAME or NAME:STEP, with a finite step above 0.")]
    [InlineData("trace himmelblau --rule momentum:0", "--rule was given momentum:0;")]
    [InlineData("explore himmelblau --starts normal:-1", "Starts were given as normal:-1, where a deviation is 0 or above; there are own, scaled:FACTOR")]
    [InlineData("explore himmelblau --starts normal:wide", "Starts were given as normal:wide, where wide is not a finite number")]
    [InlineData("explore himmelblau --starts uniform:2:1", "Starts were given as uniform:2:1, where the lower bound stands first")]
    [InlineData("explore himmelblau --starts sobol:2:1", "Starts were given as sobol:2:1, where the lower bound stands first")]
    [InlineData("compare himmelblau --starts own,ball:-2", "Starts were given as ball:-2, where a radius is above 0")]
    [InlineData("explore himmelblau --starts log-uniform:0:1", "Starts were given as log-uniform:0:1, where scales are above 0")]
    [InlineData("verify himmelblau --rule gradient-descent:0.01 --step 0.02", "--rule gradient-descent:0.01 and --step 0.02 both give the step; leave one out.")]
    [InlineData("explore himmelblau --schedule cosine:50", "lbfgs finds its step sizes itself")]
    [InlineData("explore rastrigin --batch 4", "no sum over samples")]
    [InlineData("explore glm --batch 4:twice", "SIZE:with-replacement")]
    [InlineData("explore glm --batch 201", "1 to 200")]
    [InlineData("compare glm --rules armijo --batch 4", "armijo compares steps")]
    [InlineData("compare glm --starts nowhere", "scaled:FACTOR")]
    [InlineData("explore himmelblau --schedule linear", "no schedule linear")]
    [InlineData("explore himmelblau --step NaN", "--step was given NaN; it must be a finite number above 0.")]
    [InlineData("explore himmelblau --threads 0", "--threads was given 0; it must be a whole number from 1 to 1024.")]
    [InlineData("explore himmelblau --vector-bits 200", "it must be 128, 256 or 512.")]
    [InlineData("explore himmelblau --device quantum", "There is no device quantum; there are auto, lanes, reference, cuda, opencl")]
    [InlineData("explore himmelblau --identity symmetry", "declares none")]
    [InlineData("explore himmelblau --picture map.jpg", "must be .svg, .png, .pdf")]
    [InlineData("explore himmelblau --picture nowhere/at/all.svg", "--picture was given nowhere/at/all.svg, which cannot be written (there is no folder ")]
    [InlineData("explore himmelblau --out nowhere/run.db", "nowhere/run.db cannot be written (there is no folder ")]
    [InlineData("explore glm --data /", "/ cannot be read (it is a folder); give a file")]
    [InlineData("explore himmelblau --pictures landscape.dll/inside", "which is no folder")]
    [InlineData("trace himmelblau --from 1", "1 coordinate; himmelblau has 2 coordinates")]
    [InlineData("trace himmelblau --from 1,NaN", "it must be finite numbers with commas between")]
    [InlineData("trace himmelblau --from 9,9", "which is outside [-6, 6]^2")]
    [InlineData("trace himmelblau --from 1,1 --restarts 2", "--from and --restarts were both given")]
    [InlineData("trace himmelblau --restarts 1..3", "named by their numbers")]
    [InlineData("trace himmelblau --rule adam:0.1:2", "--rule was given adam:0.1:2; it must be NAME or NAME:STEP")]
    [InlineData("trace himmelblau --every 0", "--every was given 0")]
    [InlineData("explore himmelblau --budget 5", "--until-coverage")]
    [InlineData("explore himmelblau --until-coverage 1", "above 0 and below 1")]
    [InlineData("explore himmelblau --dimension 0", "--dimension was given 0")]
    [InlineData("explore himmelblau --dimension 3", "its dimension is 2")]
    [InlineData("explore rastrigin --dimension 1000000000000", "--dimension was given 1000000000000")]
    [InlineData("explore himmelblau --domain NaN,NaN", "--domain was given NaN,NaN; it must be LOW,HIGH")]
    [InlineData("explore himmelblau --domain 3,-3", "must not be above the upper one")]
    [InlineData("explore himmelblau --domain 0,1;0,1;0,1", "3 coordinates")]
    [InlineData("explore himmelblau --domain ball:-1", "finite and positive")]
    [InlineData("explore himmelblau --domain stiefel:2", "--domain was given stiefel:2; it must be LOW,HIGH")]
    [InlineData("explore himmelblau --domain stiefel:2,3", "p from 1 to n")]
    [InlineData("explore himmelblau --domain simplices:x", "--domain was given simplices:x")]
    [InlineData("explore himmelblau --domain sphere:2", "--domain was given sphere:2")]
    [InlineData("explore himmelblau --domain orthogonal:3", "have 9 coordinates and the objective has 2")]
    [InlineData("explore himmelblau --set atoms=7", "has no setting atoms")]
    [InlineData("explore lennard-jones --set atoms", "NAME=VALUE")]
    [InlineData("explore lennard-jones --set atoms=7 --set atoms=8", "atoms twice")]
    [InlineData("explore himmelblau --json no/such/folder/result.json", "cannot be written")]
    [InlineData("explore --script no-such-script.csx", "there is no such file")]
    [InlineData("devices --fast", "`landscape devices --help` says what there is.")]
    [InlineData("compare himmelblau --rules ,", "--rules was given \",\", in which an item is empty")]
    [InlineData("compare himmelblau --rules adam:", "NAME or NAME:STEP")]
    [InlineData("compare himmelblau --rules lbfgs --momenta 0.5", "none of the rules has one (lbfgs)")]
    [InlineData("sweep glm --over n=20,40 --set n=10", "--over was given n, and --set gives it one value")]
    [InlineData("sweep rastrigin --over dimension=1,2 --dimension 3", "and --dimension gives it one value")]
    [InlineData("sweep glm --over n=20,40 --paths 2 --samples 0", "give --samples as well")]
    [InlineData("sweep --formula Square(x[0]) --domain=-1,1 --over a=1,2", "The formula has no setting a, and a=1 was given; the names in it are x. Write a where it is meant, or leave it out.")]
    [InlineData("sweep --formula b*Square(x[0]) --set b=2 --over b2=1,2", "has no setting b2, and b2=1 was given; the names in it are b, x.")]
    [InlineData("sweep --formula a*Square(x[0]) --over a=1,2 --threshold c=0.1..1", "has no setting c")]
    [InlineData("explore --formula Square(x[0]) --set a=1", "has no setting a")]
    [InlineData("verify --formula Square(x[0]) --set a=1", "has no setting a")]
    [InlineData("compare --formula Square(x[0]) --set a=1", "has no setting a")]
    [InlineData("explain --formula Sum(3,a=>Square(x[a])) --dimension 3 --set a=1", "has no setting a")]
    [InlineData("trace --formula x[0]*x[0] --set Sin=1", "has no setting Sin")]
    [InlineData("sweep --formula Square(x[0]) --over step=0.1,0.2 --step 0.1 --rule adam", "--over was given step, and --step gives it one value")]
    [InlineData("bench himmelblau --iterations 0", "--iterations was given 0")]
    public void A_mistake_is_one_line_and_status_2(string arguments, string expected)
    {
        var run = CommandLine.Run(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(2, run.Status);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.StartsWith("landscape: ", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
        Assert.Empty(run.Out);
    }

    [Theory]
    [InlineData("explore was given an empty OBJECTIVE; give a name of the catalogue", "explore", "")]
    [InlineData("--csv was given without a value; write --csv FILE", "explore", "himmelblau", "--csv", "")]
    [InlineData("--rule was given without a value; write --rule RULE", "explore", "himmelblau", "--rule", " ")]
    [InlineData("--formula was given without a value", "explain", "--formula", "")]
    [InlineData("merge was given an empty FILES", "merge", "all.db", "")]
    [InlineData("show was given an empty FILE; give a run file", "show", " ")]
    public void An_empty_word_is_no_value(string expected, params string[] words)
    {
        var run = CommandLine.Run(words);
        Assert.Equal((2, ""), (run.Status, run.Out));
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cuda")]
    [InlineData("opencl")]
    public void A_GPU_that_is_not_there_is_one_line_with_the_reason(string kind)
    {
        if (DeviceCatalogue.Found.Any(f => f.Kind == kind && f.Unusable is null))
        {
            return;
        }

        var run = CommandLine.Run("explore", "himmelblau", "--device", kind);
        Assert.Equal(2, run.Status);
        Assert.StartsWith($"landscape: The device {kind} cannot be used: ", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
    }
}
