using LandscapeGpu.Benchmarks.Problems;
using LandscapeGpu.Compilation;

namespace LandscapeGpu.Benchmarks.Comparison;

/// <summary>Ours, C++ and NumPy side by side: in every round each program has its turn, so that all meet the same machine.</summary>
internal static class Comparing
{
    /// <summary>Gradients a restart where none stops early.</summary>
    public const int Gradients = 100;

    private const int RestartsOfCheck = 4096;

    public static int Run(IReadOnlyList<string> arguments)
    {
        var folder = Directory.CreateTempSubdirectory("landscape-peers");
        try
        {
            var options = ComparisonOptions.Parse(arguments);
            var benchmarks = Repository;
            var peers = Path.Combine(benchmarks, "peers");
            Say("compiling the C++ peer");
            List<Contender> contenders =
            [
                .. options.VectorBits.Select(bits => new Engine(bits)),
                HandVectorised.Build(peers, folder.FullName, isSixteen: false),
                new BatchedNumpy(options.Python, peers, isSixteen: false),
                .. WithSixteenRegisters(options.Python, peers, folder.FullName),
            ];
            var page = new ResultPage(options, contenders);
            var file = options.Output ?? Path.Combine(benchmarks, "results", Machine.FileName);
            for (var k = 0; k < options.Problems.Count; k++)
            {
                var problem = options.Problems[k];
                Say($"{problem.Title}: equal work");
                page.AddCheck(problem, [.. contenders.Select(c => c.Run(problem, RestartsOfCheck, IterationsOfCheck(problem, c), isTimed: false))]);
                page.AddTimes(problem, Restarts(problem, options), Alternate(problem, contenders, options));
                // A run of hours that is stopped leaves what it has measured.
                page.Left = $"{string.Join(", ", options.Problems.Skip(k + 1).Select(p => p.Title).Append("a whole survey and the identification of endpoints"))} are still";
                File.WriteAllText(file, page.ToString());
            }

            Say("whole survey");
            page.AddSurvey([.. Enumerable.Range(0, options.Rounds).Select(_ => WholeSurvey.Run(1_000_000 / options.Shrink))]);
            Say("identification of endpoints");
            var identification = new Identification(options.Python, peers, 1_000_000 / options.Shrink);
            page.AddIdentification(identification, [.. Enumerable.Range(0, options.Rounds).Select(_ => identification.Run())]);

            page.Left = null;
            File.WriteAllText(file, page.ToString());
            Console.WriteLine(page);
            return 0;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>All as other processors run them, where this one has more registers than most.</summary>
    private static IEnumerable<Contender> WithSixteenRegisters(string python, string peers, string folder) => LaneTarget.WidestBits == 512
        ? [new SixteenRegisters(), HandVectorised.Build(peers, folder, isSixteen: true), new BatchedNumpy(python, peers, isSixteen: true)]
        : [];

    public static int Restarts(PeerProblem problem, ComparisonOptions options) => Math.Max(1024, problem.Restarts / options.Shrink);

    /// <summary>For each program, its measurements round by round.</summary>
    private static List<Measurement>[] Alternate(PeerProblem problem, List<Contender> contenders, ComparisonOptions options)
    {
        var times = contenders.ConvertAll(_ => new List<Measurement>());
        for (var round = 1; round <= options.Rounds; round++)
        {
            Say($"{problem.Title}: round {round} of {options.Rounds}");
            for (var k = 0; k < contenders.Count; k++)
            {
                times[k].Add(contenders[k].Run(problem, Restarts(problem, options), problem.IsQuench ? 0 : Gradients, isTimed: true));
            }
        }

        return [.. times];
    }

    /// <summary>To the tolerance; where that may never be reached, a number of steps.</summary>
    private static int IterationsOfCheck(PeerProblem problem, Contender contender) =>
        // The C++ saves the point its last gradient was taken at, the others the one after the step along it.
        !problem.IsCheckedBySteps ? 0 : contender is HandVectorised ? Gradients + 1 : Gradients;

    /// <summary>The folder of benchmarks, above the one this program was built into.</summary>
    private static string Repository
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LandscapeGpu.sln")))
            {
                folder = folder.Parent;
            }

            return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("The comparison runs from within the repository."), "benchmarks");
        }
    }

    private static void Say(string what) => Console.Error.WriteLine(what);
}
