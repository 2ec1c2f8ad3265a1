using System.Globalization;
using LandscapeGpu.Objectives;

namespace LandscapeGpu.Cli;

/// <summary>A domain as it is written on the command line.</summary>
internal static class DomainText
{
    public const string Form = "LOW,HIGH for every coordinate, LOW,HIGH;LOW,HIGH;… for each, ball:RADIUS or unbounded";

    /// <summary>The dimension a domain fixes by itself; null where it fits any.</summary>
    public static int? Dimension(string? text) => text?.Contains(';', StringComparison.Ordinal) == true ? text.Split(';').Length : null;

    /// <summary>The domain of a text, in so many coordinates.</summary>
    /// <exception cref="MistakeException">It is not written like a domain.</exception>
    public static Domain Parse(string text, int dimension)
    {
        if (text == "unbounded")
        {
            return Domain.Unbounded;
        }

        if (text.StartsWith("ball:", StringComparison.Ordinal))
        {
            return Domain.Ball(Number(text, text["ball:".Length..]));
        }

        (double Low, double High)[] sides = [.. text.Split(';').Select(side => side.Split(',') is [var low, var high]
            ? (Number(text, low), Number(text, high))
            : throw Wrong(text))];
        return sides is [var every]
            ? Domain.Box(dimension, every.Low, every.High)
            : Domain.Box([.. sides.Select(s => s.Low)], [.. sides.Select(s => s.High)]);
    }

    private static double Number(string text, string number) =>
        double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw Wrong(text);

    private static MistakeException Wrong(string text) => new($"--domain was given {text}; it must be {Form}.");
}
