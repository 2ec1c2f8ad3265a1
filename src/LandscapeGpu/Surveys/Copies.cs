namespace LandscapeGpu.Surveys;

/// <summary>How many classes of minima there would be if those counted once that agree in value and spectrum: copies of one another, as a symmetry makes them.</summary>
internal static class Copies
{
    // Polished values and eigenvalues agree to this of their size; what differs by less cannot be told apart.
    private const double Same = 1e-7;

    public static int Classes(IReadOnlyList<StationaryPoint> minima)
    {
        var (classes, size) = (new List<StationaryPoint>(), minima.Count == 0 ? 0 : SizeOf(minima));
        foreach (var minimum in minima.OrderBy(m => m.Value))
        {
            // In the order of values the class, if there is one, is among the last; degenerate spectra make few different ones of a value.
            if (!classes.AsEnumerable().Reverse().TakeWhile(c => HaveOneValue(c, minimum, size)).Any(c => AreCopies(c, minimum)))
            {
                classes.Add(minimum);
            }
        }

        return classes.Count;
    }

    private static bool AreCopies(StationaryPoint a, StationaryPoint b)
    {
        var size = Math.Max(Largest(a), Largest(b));
        return a.Eigenvalues.Count == b.Eigenvalues.Count && a.Eigenvalues.Zip(b.Eigenvalues).All(p => AreAlike(p.First, p.Second, size));
    }

    /// <summary>Values of nearly 0, as of perfect fits, are all rounding, and so is how far they are apart.</summary>
    private static bool HaveOneValue(StationaryPoint a, StationaryPoint b, double size) =>
        AreAlike(a.Value, b.Value, size) || Math.Abs(a.Value - b.Value) <= Stationarity.Margin * (a.Rounding + b.Rounding);

    private static bool AreAlike(double a, double b, double size) => Math.Abs(a - b) <= Same * size;

    private static double Largest(StationaryPoint p) => p.Eigenvalues.Select(Math.Abs).DefaultIfEmpty(0).Max();

    /// <summary>How far values are apart, or how large they are where they are all one.</summary>
    private static double SizeOf(IReadOnlyList<StationaryPoint> minima)
    {
        var spread = minima.Max(m => m.Value) - minima.Min(m => m.Value);
        return Math.Max(spread, Same * minima.Max(m => Math.Abs(m.Value)));
    }
}
