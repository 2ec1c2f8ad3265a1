namespace LandscapeGpu.Starts;

/// <summary>Numbers where samplers and domains are described: six digits, whatever the culture.</summary>
internal static class SamplerText
{
    public static string Of(double value) => value.ToString("G6", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);
}
