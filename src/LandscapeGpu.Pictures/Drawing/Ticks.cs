using ScottPlot;
using ScottPlot.TickGenerators;

namespace LandscapeGpu.Pictures.Drawing;

/// <summary>Where an axis is marked, and with what.</summary>
internal static class Ticks
{
    private const int MostDecades = 8;

    public static void Set(IAxis axis, Pictures.Axis described, (double Low, double High) range)
    {
        axis.TickGenerator = described switch
        {
            { Names: { } names } => Named(names),
            { IsLogarithmic: true } => Decades(range.Low, range.High),
            _ => new NumericAutomatic { IntegerTicksOnly = described.IsWhole, LabelFormatter = Plain, TickDensity = 0.7 },
        };
        if (described.Names is { Count: > 6 } long_ && long_.Max(n => n.Length) > 3)
        {
            axis.TickLabelStyle.Rotation = axis is IXAxis ? 45 : 0;
            axis.TickLabelStyle.Alignment = axis is IXAxis ? Alignment.MiddleLeft : axis.TickLabelStyle.Alignment;
        }
    }

    /// <summary>A number without needless digits, with a true minus.</summary>
    private static string Plain(double value)
    {
        var size = Math.Abs(value);
        var text = size == 0 || (size >= 1e-4 && size < 1e6)
            ? Math.Round(value, 10).ToString("0.##########", CultureInfo.InvariantCulture)
            : value.ToString("0.####e0", CultureInfo.InvariantCulture);
        return text.Replace('-', '−');
    }

    private static NumericManual Named(IReadOnlyList<string> names)
    {
        var ticks = new NumericManual();
        // As many names as fit side by side.
        var every = Math.Max(1, (names.Count + 29) / 30);
        for (var k = 0; k < names.Count; k += every)
        {
            ticks.AddMajor(k, names[k]);
        }

        return ticks;
    }

    private static NumericManual Decades(double low, double high)
    {
        var ticks = new NumericManual();
        var (first, last) = ((int)Math.Floor(low), (int)Math.Ceiling(high));
        var every = Math.Max(1, (last - first + MostDecades - 1) / MostDecades);
        // Within little more than a decade powers of ten alone would leave the axis bare.
        var isShort = high - low < 1.5;
        for (var decade = first; decade <= last; decade++)
        {
            if ((decade - first) % every == 0)
            {
                Add(decade, Power(decade), isMajor: true);
            }

            for (var digit = 2; digit <= 9 && every == 1; digit++)
            {
                Add(decade + Math.Log10(digit), $"{digit}·{Power(decade)}", isMajor: isShort && digit is 2 or 5);
            }
        }

        return ticks;

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

    private static string Power(int exponent) => exponent switch
    {
        0 => "1",
        1 => "10",
        _ => "10" + string.Concat(exponent.ToString(CultureInfo.InvariantCulture).Select(c => c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0'])),
    };
}
