namespace LandscapeGpu.Cli;

/// <summary>A region as it is written on the command line.</summary>
internal static class DomainText
{
    public const string Form =
        "LOW,HIGH for every coordinate, LOW,HIGH;LOW,HIGH;… for each (-inf and inf for none; NAME=LOW,HIGH;… where they have names), ball:RADIUS or ball:RADIUS@CENTRE, orthant, sphere, spheres:K (several, of K coordinates each), stiefel:N,P, orthogonal:N, simplex, simplices:K (several, of K coordinates each), unbounded, or a product of these without simplices, such as sphere[3] x 0,1[2]";

    /// <summary>The regions that have a name of their own, made from the numbers after the colon and the number of coordinates.</summary>
    private static readonly Dictionary<string, (int Numbers, Func<int[], int, Region> Make)> Named = new()
    {
        ["unbounded"] = (0, (_, _) => Region.WholeSpace),
        ["orthant"] = (0, (_, d) => Region.Orthant(d)),
        ["sphere"] = (0, (_, d) => Region.Sphere(d)),
        ["spheres"] = (1, (k, _) => Region.Spheres(k[0])),
        ["stiefel"] = (2, (k, _) => Region.Stiefel(k[0], k[1])),
        ["orthogonal"] = (1, (k, _) => Region.Orthogonal(k[0])),
        ["simplex"] = (0, (_, d) => Region.Simplex(d)),
        ["simplices"] = (1, (k, _) => Region.Simplices(k[0])),
    };

    /// <summary>The dimension a domain fixes by itself; null where it fits any.</summary>
    public static int? Dimension(string? text) => text switch
    {
        null => null,
        _ when Parts(text) is { } parts => parts.Sum(p => p.Coordinates),
        _ when text.Contains(';', StringComparison.Ordinal) => text.Split(';').Length,
        _ when text.StartsWith("stiefel:", StringComparison.Ordinal) => Numbers(text, 2) is var k ? k[0] * k[1] : null,
        _ when text.StartsWith("orthogonal:", StringComparison.Ordinal) => Numbers(text, 1) is var k ? k[0] * k[0] : null,
        _ => null,
    };

    /// <summary>The objective on the set of a text.</summary>
    /// <exception cref="MistakeException">It is not written like one.</exception>
    public static Objective Apply(string text, Objective objective)
    {
        return objective with { Region = Parse(text.Contains('=', StringComparison.Ordinal) ? InOrder(text, objective.Names) : text, objective.Dimension) };
    }

    /// <summary>Bounds that are given by the coordinates' names, in the order of the coordinates.</summary>
    private static string InOrder(string text, IReadOnlyList<string> names)
    {
        (string Name, string Side)[] sides = [.. text.Split(';').Select(part => part.Split('=') is [var name, var side] ? (name.Trim(), side) : throw Wrong(text))];
        var given = sides.Select(s => s.Name).ToList();
        return names.Count == given.Count && names.All(given.Contains) ? string.Join(';', names.Select(name => sides[given.IndexOf(name)].Side))
            : throw new MistakeException(names.Count == 0 ? $"--domain was given {text}, and the coordinates have no names; give them with --names, or LOW,HIGH for each in order."
                : $"--domain was given {text}; the coordinates are {string.Join(", ", names)}: give NAME=LOW,HIGH for each of them once, with -inf and inf for none.");
    }

    private static Region Parse(string text, int dimension)
    {
        if (Parts(text) is { } parts)
        {
            return Region.Product([.. parts.Select(p => (Parse(p.Text, p.Coordinates), p.Coordinates))]);
        }

        if (Named.TryGetValue(text.Split(':')[0], out var named))
        {
            return named.Make(Numbers(text, named.Numbers), dimension);
        }

        if (text.StartsWith("ball:", StringComparison.Ordinal))
        {
            return text["ball:".Length..].Split('@') switch
            {
                [var radius] => Region.Ball(Number(text, radius)),
                [var radius, var centre] => Region.Ball([.. centre.Split(',').Select(c => Number(text, c))], Number(text, radius)),
                _ => throw Wrong(text),
            };
        }

        (double Low, double High)[] sides = [.. text.Split(';').Select(side => side.Split(',') is [var low, var high]
            ? (Bound(text, low), Bound(text, high))
            : throw Wrong(text))];
        return sides is [var every]
            ? Region.Box(dimension, every.Low, every.High)
            : Region.Box([.. sides.Select(s => s.Low)], [.. sides.Select(s => s.High)]);
    }

    /// <summary>The parts of a product, each with its number of coordinates; null where it is none.</summary>
    private static List<(string Text, int Coordinates)>? Parts(string text)
    {
        if (!text.Contains('[', StringComparison.Ordinal))
        {
            return null;
        }

        return
        [
            .. text.Split(" x ").Select(part => part.Trim().Split('[') is [{ Length: > 0 } inner, { Length: > 1 } count] && count[^1] == ']'
                && int.TryParse(count[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is > 0 and <= 10_000 ? (inner, n) : throw Wrong(text)),
        ];
    }

    private static double Bound(string text, string bound) => bound.Trim() switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        var number => Number(text, number),
    };

    private static double Number(string text, string number) =>
        double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw Wrong(text);

    /// <summary>So many whole numbers after a colon, each small enough that products of two are numbers of coordinates.</summary>
    private static int[] Numbers(string text, int count)
    {
        var given = text.Split(':') is [_, var list] ? list.Split(',') : [];
        return given.Length == count && text.Contains(':', StringComparison.Ordinal) == count > 0
            ? [.. given.Select(g => int.TryParse(g, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= 10_000 ? value : throw Wrong(text))]
            : throw Wrong(text);
    }

    private static MistakeException Wrong(string text) => new($"--domain was given {text}; it must be {Form}.");
}
