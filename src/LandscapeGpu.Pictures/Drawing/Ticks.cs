using ScottPlot;
using ScottPlot.TickGenerators;

namespace LandscapeGpu.Pictures.Drawing;

/// <summary>Where an axis is marked, and with what.</summary>
internal static class Ticks
{
    private const int MostDecades = 8;

    // As many names as fit side by side, and letters of one: above one another, where they are read along, more of them.
    private const int MostNames = 30;
    private const int MostLetters = 24;
    private const int MostLettersUpward = 44;

    public static void Set(IAxis axis, AxisScale scale)
    {
        var described = scale.Axis;
        axis.TickGenerator = described switch
        {
            { Names: { } names } => Named(names, axis is IXAxis ? MostLetters : MostLettersUpward),
            { IsLogarithmic: true } => Logarithmic(scale),
            _ => new NumericAutomatic { IntegerTicksOnly = described.IsWhole, LabelFormatter = Plain, TickDensity = 0.7, MinorTickGenerator = described.IsWhole ? new NoMinor() : new EvenlySpacedMinorTickGenerator(5) },
        };
        if (axis is IXAxis && described.Names is { Count: > 6 } long_ && long_.Max(n => n.Length) > 3)
        {
            (axis.TickLabelStyle.Rotation, axis.TickLabelStyle.Alignment) = (45, Alignment.MiddleLeft);
        }
    }

    /// <summary>A number without needless digits, with a true minus.</summary>
    private static string Plain(double value) => Math.Round(value, 10).ToString("0.##########", CultureInfo.InvariantCulture).Replace('-', '−');

    private static NumericManual Named(IReadOnlyList<string> names, int letters)
    {
        var ticks = new NumericManual();
        var every = Math.Max(1, (names.Count + MostNames - 1) / MostNames);
        for (var k = 0; k < names.Count; k += every)
        {
            ticks.AddMajor(k, names[k].Length <= letters ? names[k] : names[k][..(letters - 1)] + "…");
        }

        return ticks;
    }

    private static NumericManual Logarithmic(AxisScale scale)
    {
        var ticks = new NumericManual();
        var (low, high) = (scale.Low, scale.High);
        if (scale.Axis.Zero is { } zero)
        {
            ticks.AddMajor(Math.Log10(zero), "0");
            // Between 0 and the first mark of a number nothing can be measured.
            low = Math.Log10(zero) + 0.5;
        }

        if (high - low < 0.7)
        {
            Short(ticks, low, high);
        }
        else
        {
            Decades(ticks, low, high);
        }

        return ticks;
    }

    /// <summary>Within less than a decade: marks at round numbers, as on an axis that is not logarithmic.</summary>
    private static void Short(NumericManual ticks, double low, double high)
    {
        var (from, to) = (Math.Pow(10, low), Math.Pow(10, high));
        var rough = (to - from) / 4;
        var unit = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = unit * ((rough / unit) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 });
        var digits = (int)Math.Ceiling(Math.Log10(to / step)) + 1;
        for (var k = Math.Ceiling(from / step); k * step <= to; k++)
        {
            ticks.AddMajor(Math.Log10(k * step), Wording.Number(k * step, digits));
        }
    }

    private static void Decades(NumericManual ticks, double low, double high)
    {
        var (first, last) = ((int)Math.Floor(low), (int)Math.Ceiling(high));
        var every = Math.Max(1, (last - first + MostDecades - 1) / MostDecades);
        // Within two decades powers of ten alone would leave the axis bare.
        var isShort = high - low < 2.2;
        for (var decade = first; decade <= last; decade++)
        {
            if ((decade - first) % every == 0)
            {
                Add(decade, Power(decade), isMajor: true);
            }

            for (var digit = 2; digit <= 9 && every == 1; digit++)
            {
                Add(decade + Math.Log10(digit), decade is >= -3 and <= 3 ? Wording.Number(digit * Math.Pow(10, decade)) : $"{digit}·{Power(decade)}", isMajor: isShort && digit is 2 or 5);
            }
        }

        void Add(double at, string text, bool isMajor)
        {
            if (at >= low && at <= high)
            {
                if (isMajor)
                {
                    ticks.AddMajor(at, text);
                }
                else
                {
                    ticks.AddMinor(at);
                }
            }
        }
    }

    /// <summary>A power of ten; those that are read at a glance in full.</summary>
    public static string Power(int exponent) => exponent is >= -3 and <= 3
        ? Math.Pow(10, exponent).ToString("0.###", CultureInfo.InvariantCulture)
        : "10" + string.Concat(exponent.ToString(CultureInfo.InvariantCulture).Select(c => c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']));

    private sealed class NoMinor : IMinorTickGenerator
    {
        public IEnumerable<double> GetMinorTicks(double[] majorTicks, CoordinateRange visibleRange) => [];
    }
}
