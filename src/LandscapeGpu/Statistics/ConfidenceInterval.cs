namespace LandscapeGpu.Statistics;

/// <summary>An interval that holds the unknown quantity in 95 of 100 surveys, as nearly as its method allows.</summary>
public readonly record struct ConfidenceInterval(double Lower, double Upper)
{
    /// <summary>The standard normal quantile at 0.975.</summary>
    internal const double Z = 1.959963984540054;

    /// <summary>Whether the interval holds <paramref name="value"/>.</summary>
    public bool Contains(double value) => Lower <= value && value <= Upper;
}
