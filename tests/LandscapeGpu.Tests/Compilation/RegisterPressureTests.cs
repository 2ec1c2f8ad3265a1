using System.Diagnostics;
using System.Text.RegularExpressions;

namespace LandscapeGpu.Tests.Compilation;

/// <summary>With the sixteen vector registers of most processors, the loops that take a step's time keep their numbers in registers: read from what the JIT compiler made.</summary>
public sealed partial class RegisterPressureTests : IDisposable
{
    private readonly string listing = Path.GetTempFileName();

    public void Dispose() => File.Delete(listing);

    [FmaTheory]
    [InlineData("pca --dimension 20")]
    [InlineData("pca --dimension 24")]
    [InlineData("orthogonal-tensor --dimension 30")]
    [InlineData("glm --dimension 20")]
    public void Sums_of_products_stay_in_registers(string problem)
    {
        var products = InnerLoops(CompiledStep(problem)).Where(IsProduct).ToList();
        Assert.NotEmpty(products);
        Assert.All(products, loop => Assert.Equal(0, Spill().Count(loop)));
    }

    [FmaTheory]
    // Formulas written out, with more constants than registers; pairs of atoms; units of networks.
    [InlineData("rastrigin --dimension 10")]
    [InlineData("ackley --dimension 10")]
    [InlineData("lennard-jones --set atoms=13")]
    [InlineData("glm --dimension 20")]
    public void What_innermost_loops_compute_does_not_go_through_the_stack(string problem)
    {
        var text = CompiledStep(problem);
        var loops = InnerLoops(text).ToList();
        Assert.All(loops, loop => Assert.Equal(0, Spill().Count(loop)));
        // Without loops, the whole step.
        Assert.True(loops.Count > 0 || Spill().Count(Emitted(text).Single()) == 0);
    }

    [FmaTheory]
    // Six parts of two sums, for each of two vectors: 24 numbers that every turn adds to. With a step that is given: no other rule has to look for one.
    [InlineData("orthogonal-tensor --dimension 30 --rule gradient-descent --step 0.01")]
    [InlineData("orthogonal-tensor --dimension 45 --rule momentum --step 0.001 --precision double")]
    public void Sums_that_have_no_room_for_all_vectors_are_added_up_for_one_after_the_other(string problem)
    {
        // Loops of what follows the descent, polishing and spectra, are among them; some put one number aside.
        Assert.All(InnerLoops(Compiled($"explore {problem}")), loop => Assert.InRange(Spill().Count(loop), 0, 1));
    }

    [FmaTheory]
    [InlineData("rastrigin --dimension 10")]
    [InlineData("ackley --dimension 10")]
    [InlineData("six-hump-camel")]
    public void Results_of_multiply_adds_take_the_place_of_operands_that_are_needed_no_more(string problem)
    {
        var step = Emitted(CompiledStep(problem)).Single();
        // Only a polynomial's first has none, between two coefficients and an argument that is needed again: of these polynomials one of five at the most.
        Assert.InRange(Copy().Count(step), 0, MultiplyAdd().Count(step) / 5);
    }

    private string CompiledStep(string problem) => Compiled($"bench {problem} --iterations 20 --reps 1");

    private string Compiled(string command)
    {
        var start = new ProcessStartInfo("dotnet", $"{Path.Combine(AppContext.BaseDirectory, "landscape.dll")} {command} --restarts 64 --threads 1 --device lanes --vector-bits 256")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_EnableAVX512"] = "0";
        start.Environment["DOTNET_JitDisasm"] = "Run";
        start.Environment["DOTNET_JitStdOutFile"] = listing;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return File.ReadAllText(listing);
    }

    /// <summary>From a label to the jump back to it, where no other such loop lies inside.</summary>
    private static IEnumerable<string> InnerLoops(string text)
    {
        foreach (var lines in Emitted(text).Select(m => m.Split('\n')))
        {
            var labels = new Dictionary<string, int>();
            var loops = new List<(int Begin, int End)>();
            for (var k = 0; k < lines.Length; k++)
            {
                if (Label().Match(lines[k]) is { Success: true } label)
                {
                    labels[label.Groups[1].Value] = k;
                }
                else if (Jump().Match(lines[k]) is { Success: true } jump && labels.TryGetValue(jump.Groups[1].Value, out var begin))
                {
                    loops.Add((begin, k));
                }
            }

            foreach (var (begin, end) in loops.Where(a => !loops.Exists(b => b != a && b.Begin >= a.Begin && b.End <= a.End)))
            {
                yield return string.Join('\n', lines[begin..end]);
            }
        }
    }

    private static IEnumerable<string> Emitted(string text) =>
        Regex.Split(text, "(?=; Assembly listing for method)").Where(m => m.StartsWith("; Assembly listing for method (dynamicClass):Run(", StringComparison.Ordinal));

    /// <summary>Nothing but multiply-adds: three rows of two vectors at least, and no more than eight, which is what is worked on at once.</summary>
    private static bool IsProduct(string loop) => MultiplyAdd().Count(loop) is >= 6 and <= 16 and var adds && Arithmetic().Count(loop) == adds;

    [GeneratedRegex(@"^(G_M\d+_IG\d+):")]
    private static partial Regex Label();

    [GeneratedRegex(@"^\s+j\w+\s+(?:SHORT )?(G_M\d+_IG\d+)")]
    private static partial Regex Jump();

    [GeneratedRegex(@"\bvfn?madd\w+ ")]
    private static partial Regex MultiplyAdd();

    [GeneratedRegex(@"\b(vfn?m(add|sub)|v(add|sub|mul|div|min|max|sqrt|cmp|blend|round)p)\w* ")]
    private static partial Regex Arithmetic();

    [GeneratedRegex(@"vmovap[sd]\s+[xy]mm\d+, [xy]mm")]
    private static partial Regex Copy();

    [GeneratedRegex(@"vmov\w+\s+\w+ ptr \[r[bs]p[^\]]*\], [xy]mm")]
    private static partial Regex Spill();
}
