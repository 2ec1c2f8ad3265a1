namespace LandscapeGpu.Benchmarks.Comparison;

/// <summary>Repeated measurements of one thing.</summary>
internal readonly record struct Spread(double Median, double Least, double Most)
{
    public static Spread Of(IEnumerable<double> samples)
    {
        var sorted = samples.Order().ToArray();
        var middle = sorted.Length / 2;
        return new(sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2, sorted[0], sorted[^1]);
    }

    /// <summary>Median (least–most), in a unit.</summary>
    public string In(double unit) => $"{Text(Median / unit)} ({Text(Least / unit)}–{Text(Most / unit)})";

    /// <summary>Three digits.</summary>
    public static string Text(double number) => Math.Abs(number) switch
    {
        >= 100 => $"{number:N0}",
        >= 10 => $"{number:F1}",
        >= 1 => $"{number:F2}",
        _ => $"{number:F3}",
    };
}
