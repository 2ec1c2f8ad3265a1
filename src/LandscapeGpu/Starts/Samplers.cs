namespace LandscapeGpu.Starts;

/// <summary>A sampler with the words it is chosen by.</summary>
public sealed record NamedStarts(string Name, Sampler Sampler);

/// <summary>Samplers by their words.</summary>
public static class Samplers
{
    /// <summary>How they are written.</summary>
    public const string Words = "own, scaled:FACTOR (own starts times a factor), normal:DEVIATION, uniform:LOW:HIGH, sobol:LOW:HIGH, log-uniform:LOW:HIGH, sphere:RADIUS or ball:RADIUS";

    /// <summary>The sampler that is meant.</summary>
    /// <param name="text">One of <see cref="Words"/>.</param>
    /// <param name="own">The objective's own sampler.</param>
    /// <param name="dimension">The number of coordinates.</param>
    /// <exception cref="ArgumentException">There is none of that name, or its numbers are wrong.</exception>
    public static NamedStarts Named(string text, Sampler own, int dimension)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(own);
        var parts = text.Split(':');
        double Number(int k) => double.TryParse(parts[k], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw Wrong($"{parts[k]} is not a finite number");
        double Radius() => Number(1) is > 0 and var radius ? radius : throw Wrong("a radius is above 0");
        (double Low, double High) Bounds() => (Number(1), Number(2)) is var (low, high) && low <= high ? (low, high) : throw Wrong("the lower bound stands first");
        return new(text, (parts[0], parts.Length) switch
        {
            ("own", 1) => own,
            ("scaled", 2) => new Scaled(own, Number(1)),
            ("normal", 2) => Number(1) is >= 0 and var deviation ? new Gaussian(deviation) : throw Wrong("a deviation is 0 or above"),
            ("uniform", 3) => Bounds() is var box ? UniformBox.Over(dimension, box.Low, box.High) : null!,
            ("sobol", 3) => Bounds() is var box ? new Sobol(PerCoordinate.Create([.. Enumerable.Repeat(box.Low, dimension)]), PerCoordinate.Create([.. Enumerable.Repeat(box.High, dimension)])) : null!,
            ("log-uniform", 3) => Bounds() is var scales && scales.Low > 0 ? new LogUniform(scales.Low, scales.High) : throw Wrong("scales are above 0"),
            ("sphere", 2) => new UniformSphere(Radius()),
            ("ball", 2) => new UniformBall(Radius()),
            _ => throw new ArgumentException($"There are no starts {text}; there are {Words}."),
        });

        ArgumentException Wrong(string why) => new($"Starts were given as {text}, where {why}; there are {Words}.");
    }
}
