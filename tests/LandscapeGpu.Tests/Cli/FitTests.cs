using System.Text.Json;
using LandscapeGpu.Tests.Fits;

namespace LandscapeGpu.Tests.Cli;

/// <summary>A model typed on the command line is fitted to the columns of a file.</summary>
public sealed class FitTests : InFolder
{
    // What the file certifies, with the start values' boxes widened tenfold.
    [Theory]
    [InlineData("Misra1a", "y ~ b1*(1-Exp(-b2*x))", "b2=0,0.005;b1=0,5000", 1)]
    [InlineData("Misra1b", "y ~ b1*(1 - 1/Square(1 + b2*x/2))", "0,5000;0,0.003", 1)]
    [InlineData("DanWood", "y ~ b1*Pow(x, b2)", "b1=0,10;b2=0,50", 1)]
    [InlineData("Rat42", "y/1e3 ~ b1/(1 + Exp(b2 - b3*x))/1e3", "b1=0,1000;b2=0,25;b3=0,1", 1e-6)]
    public void Certified_fits_are_found_from_the_console(string name, string fit, string domain, double unit)
    {
        var problem = StrdProblem.Read(name);
        var (code, result, _) = Run("explore", "--fit", fit, "--data", Certified(problem), "--domain", domain, "--restarts", "60", "--json", "-");
        Assert.Equal(0, code);
        var lowest = JsonDocument.Parse(result).RootElement.GetProperty("minima")[0];
        // As what is typed in C# is held to.
        Assert.Equal(unit * problem.ResidualSumOfSquares, lowest.GetProperty("value").GetDouble(), unit * problem.ResidualSumOfSquares * 1e-8);
        Assert.All(lowest.GetProperty("point").EnumerateArray().Zip(problem.Certified), p => Assert.Equal(p.Second, p.First.GetDouble(), Math.Abs(p.Second) * 1e-6));
    }

    [Fact]
    public void The_least_value_of_a_name_in_a_fit_is_found()
    {
        // Of twice the square of what is above 0 everywhere, the minima are its own: the second of (a² − k)² + ha goes where h = 8(k/3)^(3/2).
        var file = Write("y,z\n0,1\n1,1\n");
        var (code, result, _) = Run("sweep", "--fit", "z ~ 30 + Square(Square(a)-k) + h*a", "--data", file, "--domain=-3,3", "--over", "k=0.5,1", "--threshold", "h=0.1..4", "--restarts", "50", "--samples", "0", "--json", "-");
        Assert.Equal(0, code);
        var rows = JsonDocument.Parse(result).RootElement.GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal([0.54433, 1.5396], rows.Select(r => r.GetProperty("threshold").GetDouble()), (a, b) => b >= a && b <= 1.025 * a);
        // The rows are no fits in which h is fitted as well.
        Assert.All(rows, r => Assert.Equal(1, r.GetProperty("parameters").GetInt32()));
    }

    [Fact]
    public void Columns_parameters_and_settings_are_told_apart_by_their_names()
    {
        var file = Write("x (mm),s,y\n1,2,3.5\n2,1,5\n3,-1,4.5\n4,0,7\n");
        // ½·x + c·s + 3 with c = ½ leaves a residual of 0, 1, 1 and 2 of the four.
        var (code, result, _) = Run("explore", "--fit", "y ~ a*x__mm + c*s + x", "--set", "c=0.5", "--data", file, "--restarts", "20", "--json", "-");
        Assert.Equal(0, code);
        var lowest = JsonDocument.Parse(result).RootElement.GetProperty("minima")[0];
        var (a, b) = (lowest.GetProperty("point")[0].GetDouble(), lowest.GetProperty("point")[1].GetDouble());
        double[] t = [1, 2, 3, 4], z = [2.5, 4.5, 5, 7];
        var slope = (t.Zip(z, (u, v) => u * v).Sum() - (t.Sum() * z.Sum() / 4)) / (t.Sum(u => u * u) - (t.Sum() * t.Sum() / 4));
        Assert.Equal(slope, a, 1e-12);
        Assert.Equal((z.Sum() - (slope * t.Sum())) / 4, b, 1e-12);
        Assert.Contains("(a, x)", Run("explore", "--fit", "y ~ a*x__mm + c*s + x", "--set", "c=0.5", "--data", file, "--restarts", "20").Output, StringComparison.Ordinal);
        // A file without a line of names has numbers for names.
        Assert.Contains("minimum", Run("explore", "--fit", "column_2 ~ a*column_1", "--data", Write("1,2\n2,3\n"), "--restarts", "20").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("y ~ a*t + b", 2459000.5, 1, true)]
    [InlineData("y ~ a*Sin(t) + b", -1.7e9, 3600, true)]
    [InlineData("y ~ a*(t-2459000) + b", 2459000.5, 1, false)]
    [InlineData("y ~ a*Exp(-Square(t-c))", 2459000.5, 1, false)]
    [InlineData("y ~ a*t + b", 2000, 1, false)]
    [InlineData("y ~ a*t + b", 3, 1, false)]
    [InlineData("y ~ a*t + b", 2459000.5, 0, false)]
    public void A_column_far_from_zero_for_its_spread_is_told_where_the_model_takes_it_as_it_stands(string fit, double first, double step, bool isTold)
    {
        var file = Write("t,y\n" + string.Concat(Enumerable.Range(0, 5).Select(k => FormattableString.Invariant($"{first + (k * step)},{k % 2}\n"))));
        var (_, result, _) = Run("explore", "--fit", fit, "--data", file, "--restarts", "10", "--json", "-");
        var told = JsonDocument.Parse(result).RootElement.GetProperty("warnings").EnumerateArray().Count(w => w.GetProperty("message").GetString()!.StartsWith("Column t lies between", StringComparison.Ordinal));
        Assert.Equal(isTold ? 1 : 0, told);
    }

    [Theory]
    [InlineData("y ~ a*Pow(t, b)", 1e-6, true)]
    [InlineData("y ~ a*Pow(t, b+1) + c", 1e6, true)]
    [InlineData("y ~ a*Pow(t, b)", 1, false)]
    [InlineData("y ~ a*Pow(t, 2)", 1e-6, false)]
    [InlineData("y ~ a*Pow(t/1e-6, b)", 1e-6, false)]
    [InlineData("y ~ a*Pow(t, n)/(Pow(k, n) + Pow(t, n))", 1e-6, false)]
    public void A_column_in_units_far_from_its_numbers_is_told_where_it_is_raised_to_a_power_that_is_fitted(string fit, double unit, bool isTold)
    {
        var file = Write("t,y\n" + string.Concat(Enumerable.Range(1, 5).Select(k => FormattableString.Invariant($"{k * unit},{k * k}\n"))));
        var (_, result, _) = Run("explore", "--fit", fit, "--data", file, "--restarts", "10", "--json", "-");
        var told = JsonDocument.Parse(result).RootElement.GetProperty("warnings").EnumerateArray().Count(w => w.GetProperty("message").GetString()!.Contains("raised to a power that is fitted", StringComparison.Ordinal));
        Assert.Equal(isTold ? 1 : 0, told);
    }

    [Fact]
    public void A_parameter_named_as_the_coefficient_of_a_column_that_is_left_aside_is_one()
    {
        var ran = Run("explore", "--fit", "y ~ b1*x1 + b2", "--data", Write("x1,x2,y\n1,2,3\n2,3,5\n4,1,6\n2,2,4\n"), "--restarts", "5");
        Assert.Equal(0, ran.Code);
        Assert.Contains("does not use the column x2; its parameters are b1, b2", ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("t,y,event", "y ~ a*t", "does not use the column event_; its parameter is a")]
    [InlineData("time,event,Sin", "event_ ~ a*time", "does not use the column Sin_; its parameter is a")]
    [InlineData("time,y,E", "y ~ a*time*E_", "explored")]
    [InlineData("t (s),t [s],y", "y ~ a*t__s_", "does not use the column t__s; its parameter is a")]
    [InlineData("s,v,w", "v ~ V*s/(K+s)", "does not use the column w; its parameters are V, K")]
    public void Columns_that_mean_something_else_have_a_name_of_their_own_and_spoil_nothing(string header, string fit, string said)
    {
        var ran = Run("explore", "--fit", fit, "--data", Write(header + "\n1,2,3\n2,3,4\n3,5,4\n4,5,6\n"), "--restarts", "5", "--domain", "0,10");
        Assert.Equal(0, ran.Code);
        Assert.Contains(said == "explored" ? "coordinate" : said, ran.Output + ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("t,y,event", "y ~ a*event", "--fit names event, which is a column of the data and has another meaning in a formula; write event_ where this column is meant")]
    [InlineData("t,y,E", "y ~ a*t*E", "--fit names E, which is a column of the data and has another meaning in a formula; write E_ where")]
    [InlineData("t (s),t [s],y", "y ~ a*t__s", "--fit names t__s, which is a column of the data and another column too; write t__s_ where")]
    [InlineData("t,v,w", "v ~ V*t + a*v", "a column of the data is called v; write v")]
    public void What_a_name_means_is_not_guessed(string header, string fit, string said)
    {
        var ran = Run("explore", "--fit", fit, "--data", Write(header + "\n1,2,3\n2,3,4\n3,5,4\n4,5,6\n"), "--restarts", "5");
        Assert.Equal(2, ran.Code);
        Assert.Contains(said, ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fit_is_kept_gone_on_with_and_swept_over()
    {
        var (file, run) = (Write("t,y\n0,2\n1,1.2\n2,0.8\n3,0.5\n"), At("run.db"));
        string[] fit = ["--fit", "y ~ a*Exp(-b*t) + c", "--set", "c=0", "--data", file, "--domain", "a=0,10;b=0,5", "--restarts", "40"];
        Assert.Equal(0, Run(["explore", .. fit, "--out", run]).Code);
        File.Delete(file);
        var (code, resumed, _) = Run("resume", run, "--restarts", "80", "--json", "-");
        Assert.Equal((0, 80), (code, JsonDocument.Parse(resumed).RootElement.GetProperty("outcomes").GetProperty("converged").GetInt32()));
        Write("t,y\n0,2\n1,1.2\n2,0.8\n3,0.5\n");
        Assert.Equal(0, Run(["sweep", .. fit.Where(w => w is not ("--set" or "c=0")), "--over", "c=0,0.2", "--samples", "0"]).Code);
    }

    [Theory]
    [InlineData("y", "\"y ~ a*Exp(-b*t)\"")]
    [InlineData("y ~ a*t ~ 3", "\"y ~ a*Exp(-b*t)\"")]
    [InlineData("~ a*t", "--fit was given ~ a*t; it is what is measured, ~ and the model, such as \"y ~ a*Exp(-b*t)\"")]
    [InlineData("y ~ 3*t", "names no parameter: 3*t. The columns are t, y;")]
    [InlineData("y ~ a*T", "a column of the data is called t; write t")]
    [InlineData("z ~ a*t", "--fit names z left of ~, where what was measured stands: the columns are t, y.")]
    [InlineData("y ~ pi*a*t", "write PI")]
    [InlineData("y ~ a*tt", "--fit names tt, which is no column, and leaves the column t aside; write t where it is meant, or give the parameter a name that is less like it.")]
    [InlineData("y ~ a*sin(t)**2", "Here it is written: a*Pow(Sin(t), 2)")]
    [InlineData("y ~ a*t[0]", "what is one number stands by its name alone")]
    [InlineData("y ~ 1/2*a*t", "write 1.0/2")]
    [InlineData("y ~ a*foo(t)", "The name 'foo' does not exist")]
    [InlineData("y ~ Sin*t", "--fit names a parameter Sin")]
    [InlineData("y ~ System.IO.File.Exists(t)*a", "is not part of a formula")]
    [InlineData("y ~ ", "names no parameter: . The columns are t, y")]
    [InlineData("y ~ a*t", "is a column of the data; call one of them another name", "--set", "t=1")]
    [InlineData("y ~ a*t", "The fit has no setting c, and c=2 was given; the names in it are y, a, t. Write c where it is meant", "--set", "c=2")]
    [InlineData("y ~ a*t", "--target was given with --fit", "--target", "y")]
    [InlineData("y ~ a*t", "the coordinates are a: give NAME=LOW,HIGH", "--domain", "b=0,1")]
    [InlineData("y ~ a*t", "the fit has 1 parameter: a; leave it out", "--dimension", "2")]
    public void Mistakes_say_what_to_write(string fit, string sentence, params string[] more)
    {
        var (code, _, error) = Run(["explore", "--fit", fit, "--data", Write("t,y\n0,2\n1,1.2\n2,0.8\n"), .. more]);
        Assert.Equal(2, code);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_says_which_coordinate_of_the_program_is_which_parameter()
    {
        var explained = Run("explain", "--fit", "y ~ rate*t + c", "--data", Write("t,y\n0,2\n1,1.2\n2,0.8\n")).Output;
        Assert.Contains("coordinates 2: x[0] is rate, x[1] is c\n", explained, StringComparison.Ordinal);
        Assert.Contains("t[i]*x[0]", explained, StringComparison.Ordinal);
    }

    [Theory]
    // A name of another column's number is meant to be a parameter, and so is one that is like no column that is left aside.
    [InlineData("y ~ b1*x1", "landscape: the fit does not use the columns x2, time; its parameter is b1.")]
    [InlineData("y ~ x3 + x4*x1", "landscape: the fit does not use the columns x2, time; its parameters are x3, x4.")]
    [InlineData("y ~ a*x1*x2*Exp(-t)", "landscape: the fit does not use the column time; its parameters are a, t.")]
    [InlineData("y ~ a*x1*x2*time", null)]
    public void Columns_that_a_fit_leaves_aside_are_named_beside_its_parameters(string fit, string? sentence)
    {
        var (code, _, error) = Run("explain", "--fit", fit, "--data", Write("x1,x2,time,y\n0,2,3,1\n1,1.2,3,3\n2,0.8,2,4\n"));
        Assert.Equal((0, sentence ?? ""), (code, error.TrimEnd()));
    }

    [Theory]
    [InlineData("y ~ a*x1*Exp(-timee)")]
    [InlineData("y ~ a*x1*Exp(-tme)")]
    [InlineData("y ~ a*x1*Exp(-tine)")]
    public void A_column_that_is_misspelt_is_no_parameter(string fit)
    {
        var (code, _, error) = Run("explain", "--fit", fit, "--data", Write("x1,time,y\n0,3,1\n1,3,3\n2,2,4\n"));
        Assert.Equal(2, code);
        Assert.Contains("leaves the column time aside; write time where it is meant", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_and_bounds_by_name_are_asked_for()
    {
        Assert.Contains("--fit was given without --data", Run("explore", "--fit", "y ~ a*t").Error, StringComparison.Ordinal);
        Assert.Contains("--fit \"y ~ a*Exp(-b*t)\" fits a model", Run("explore", "--formula", "Square(x[0])", "--data", Write("t,y\n0,2\n")).Error, StringComparison.Ordinal);
        Assert.Contains("the coordinates have no names", Run("explore", "--formula", "Square(x[0])", "--domain", "a=0,1").Error, StringComparison.Ordinal);
        var named = Run("explore", "--formula", "Square(x[0] - 2) + Square(x[1])", "--names", "u,v", "--domain", "v=3,4;u=0,1", "--restarts", "20").Output;
        Assert.Contains("(1, 3)", named, StringComparison.Ordinal);
    }

    private static (int Code, string Output, string Error) Run(params string[] words)
    {
        var run = CommandLine.Run(words);
        return (run.Status, run.Out, run.Error);
    }

    private string Write(string text) => Write("fit.csv", text);

    /// <summary>The data of a file of NIST's, as a table.</summary>
    private string Certified(StrdProblem problem) =>
        Write($"y,x\n{string.Join('\n', problem.Y.Zip(problem.X[0], (y, x) => FormattableString.Invariant($"{y:R},{x:R}")))}\n");
}
