using LandscapeGpu.Benchmarks.Problems;
using LandscapeGpu.Compilation;

namespace LandscapeGpu.Benchmarks.Comparison;

/// <summary>What the comparison was asked for.</summary>
internal sealed record ComparisonOptions
{
    /// <summary>How often every program has its turn.</summary>
    public int Rounds { get; private init; } = 5;

    /// <summary>The widths of vectors that ours runs with.</summary>
    public IReadOnlyList<int> VectorBits { get; private init; } = LaneTarget.WidestBits == 512 ? [512, 256] : [LaneTarget.WidestBits];

    public IReadOnlyList<PeerProblem> Problems { get; private init; } = PeerProblem.All;

    /// <summary>Every problem is made so many times smaller: to try the program, not to report its figures.</summary>
    public int Shrink { get; private init; } = 1;

    /// <summary>A Python with NumPy and SciPy; the script finds one.</summary>
    public string Python { get; } = Environment.GetEnvironmentVariable("LANDSCAPE_PYTHON") ?? "python3";

    public string? Output { get; private init; }

    /// <summary>The line that repeats this run.</summary>
    public string CommandLine { get; private init; } = "";

    /// <exception cref="ArgumentException">An option is unknown or lacks its value.</exception>
    public static ComparisonOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new ComparisonOptions { CommandLine = string.Join(' ', arguments.Prepend("benchmarks/compare.sh")) };
        for (var k = 0; k < arguments.Count; k += 2)
        {
            if (k + 1 == arguments.Count)
            {
                throw new ArgumentException($"{arguments[k]} needs a value.");
            }

            var value = arguments[k + 1];
            options = arguments[k] switch
            {
                "--rounds" => options with { Rounds = Whole(value) },
                "--vector-bits" => options with { VectorBits = [.. value.Split(',').Select(Width)] },
                "--problems" => options with { Problems = [.. value.Split(',').Where(name => name != "none").Select(PeerProblem.Find)] },
                "--shrink" => options with { Shrink = Whole(value) },
                "--output" => options with { Output = value },
                _ => throw new ArgumentException($"There is no option {arguments[k]}; there are --rounds, --vector-bits, --problems, --shrink and --output."),
            };
        }

        return options;
    }

    private static int Width(string value) => Whole(value) is var bits && bits is 128 or 256 or 512 && bits <= LaneTarget.WidestBits
        ? bits
        : throw new ArgumentException($"Vectors of {value} bits were asked for; this machine has them up to {LaneTarget.WidestBits}.");

    private static int Whole(string value) => int.TryParse(value, out var number) && number > 0
        ? number
        : throw new ArgumentException($"{value} was given where a whole number above 0 is needed.");
}
