namespace LandscapeGpu.Objectives.Datasets;

/// <summary>A column of data that lies far from zero for its spread, as Julian dates and coordinates on a map do.</summary>
/// <remarks>
/// In a·t + b the columns of the Jacobian, t and 1, are parallel but for spread/middle, and the least eigenvalue of JᵀJ is that squared times the largest, in any unit: where it
/// is below the rounding of JᵀJ, no parameter that t meets is told from what it trades off against. Source: D. A. Belsley, E. Kuh, R. E. Welsch, Regression Diagnostics (1980), ch. 3.
/// </remarks>
internal static class FarColumn
{
    // Of (middle/spread)²: half of the digits that a Hessian has.
    private static readonly double mostLost = 1 / Math.Sqrt(Stationarity.UnitRoundoff);

    // Units of a thousand times the size are what SI's prefixes step by; starts find their way over about as much.
    private const double mostApart = 1024;

    /// <summary>What is to be said of a column that a model uses as it stands; null where it lies near zero, or does not vary.</summary>
    /// <param name="name">As it stands in the model.</param>
    /// <param name="values">A number a row.</param>
    public static string? Of(string name, IReadOnlyList<double> values)
    {
        var (least, most) = (values.Min(), values.Max());
        var (middle, spread) = (least + ((most - least) / 2), (most - least) / 2);
        return spread > 0 && middle / spread * (middle / spread) >= mostLost ? FormattableString.Invariant(
            $"Column {name} lies between {least:G10} and {most:G10}: its rows share {Math.Floor(Math.Log10(Math.Abs(middle) / spread)):G} digits, parameters that meet it trade off against one another, and Hessians lose twice as many. Write ({name}-{Math.Round(middle):G17}) in the model.") : null;
    }

    /// <summary>What is to be said of a column that is raised to a power which is fitted; null where its numbers are near 1, so that what multiplies it has one size whatever the power is.</summary>
    /// <param name="name">As it stands in the model.</param>
    /// <param name="values">A number a row.</param>
    public static string? OfPower(string name, IReadOnlyList<double> values)
    {
        double[] sizes = [.. values.Where(v => v != 0).Select(Math.Abs).Order()];
        var middle = sizes.Length == 0 ? 1 : sizes[sizes.Length / 2];
        return Math.Abs(Math.Log(middle)) > Math.Log(mostApart) ? FormattableString.Invariant(
            $"Column {name} has numbers of about {middle:G2} and is raised to a power that is fitted: what multiplies it changes its size {Math.Max(middle, 1 / middle):G2} times with each unit of that power, so that descents may not find their way. Write Pow({name}/{middle:G2}, …) in the model.") : null;
    }
}
