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
            : throw new ArgumentException($"In {text}, {parts[k]} is not a finite number.");
        return new(text, (parts[0], parts.Length) switch
        {
            ("own", 1) => own,
            ("scaled", 2) => new Scaled(own, Number(1)),
            ("normal", 2) => new Gaussian(Number(1)),
            ("uniform", 3) => UniformBox.Over(dimension, Number(1), Number(2)),
            ("sobol", 3) => new Sobol(PerCoordinate.Create([.. Enumerable.Repeat(Number(1), dimension)]), PerCoordinate.Create([.. Enumerable.Repeat(Number(2), dimension)])),
            ("log-uniform", 3) => new LogUniform(Number(1), Number(2)),
            ("sphere", 2) => new UniformSphere(Number(1)),
            ("ball", 2) => new UniformBall(Number(1)),
            _ => throw new ArgumentException($"There are no starts {text}; there are {Words}."),
        });
    }
}
