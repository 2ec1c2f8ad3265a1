using LandscapeGpu.Arithmetic;

namespace LandscapeGpu.Surveys;

/// <summary>Whether a function has poles in its region: theorems about functions that are continuous all over it say nothing then.</summary>
/// <remarks>Intervals rule out most formulas with divisions and logarithms, as 1/(1 + x²); of the others some descents of f and of −f look for places beside which they fall without bound. None may come near one.</remarks>
internal static class PoleSearch
{
    private const int Restarts = 300;

    // A second or two for descents of a hundred steps.
    private const double MostFlops = 100_000;

    /// <summary>What f does beside a pole, in words; null where none was seen.</summary>
    public static string? Of(Objective objective, Sampler? starts, int? threads, CancellationToken cancellation)
    {
        if (Derivatives.Of(objective).SlopeFlops > MostFlops || !MayHavePole(objective))
        {
            return null;
        }

        var options = new SurveyOptions { Restarts = Restarts, Starts = starts, Threads = threads };
        foreach (var (side, falls) in new[] { (objective, true), (objective.Negated(), false) })
        {
            if (!cancellation.IsCancellationRequested && EndlessFall.Has(side) && Survey.Run(side, options, cancellation: cancellation).UnboundedAt is { } place)
            {
                return Words(falls, place);
            }
        }

        return null;
    }

    /// <summary>f falls, or rises, without bound beside a place.</summary>
    public static string Words(bool falls, IReadOnlyList<double> place) => FormattableString.Invariant(
        $"f {(falls ? "falls" : "rises")} without bound beside ({string.Join(", ", place.Take(8).Select(x => x.ToString("G6", CultureInfo.InvariantCulture)))}{(place.Count > 8 ? ", …" : "")})");

    /// <summary>Whether bounds of the operands over the whole region leave any operation a pole.</summary>
    private static bool MayHavePole(Objective objective)
    {
        var may = false;
        objective.Watch<Interval>(IntervalArithmetic.Instance, objective.Bounds(), (node, _, operands, _) => may |= node.Operation switch
        {
            Operation.Reciprocal => !(operands[0].Lower > 0 || operands[0].Upper < 0),
            Operation.WholePower => node.Exponent < 0 && !(operands[0].Lower > 0 || operands[0].Upper < 0),
            Operation.Log or Operation.Power => !(operands[0].Lower > 0),
            Operation.Tan => true,
            _ => false,
        });
        return may;
    }
}
