namespace LandscapeGpu.Pictures.Surveys;

/// <summary>A direction that a slice of a landscape is taken along.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Vector">d numbers; a step of 1 on the slice's axis is one of these.</param>
public sealed record SliceDirection(string Name, IReadOnlyList<double> Vector)
{
    /// <summary>The standard direction of one coordinate.</summary>
    /// <param name="dimension">d.</param>
    /// <param name="coordinate">Which, from 0.</param>
    public static SliceDirection Coordinate(int dimension, int coordinate) =>
        new(FormattableString.Invariant($"coordinate x[{coordinate}]"), [.. Enumerable.Range(0, dimension).Select(i => i == coordinate ? 1.0 : 0.0)]);

    /// <summary>A random direction of length 1, uniform on the sphere.</summary>
    /// <param name="dimension">d.</param>
    /// <param name="seed">The same seed gives the same direction.</param>
    public static SliceDirection Random(int dimension, int seed = 1) => new($"random direction{(seed == 1 ? "" : $" of seed {seed}")}", Normalised(Normals(dimension, seed)));

    /// <summary>
    /// A random direction, block by block as long as the point's own: what a change of weights does depends on how large they are.
    /// H. Li, Z. Xu, G. Taylor, C. Studer, T. Goldstein: Visualizing the loss landscape of neural nets (NeurIPS 2018), with a filter a block.
    /// </summary>
    /// <param name="point">The point the slice goes through.</param>
    /// <param name="blocks">How many coordinates each block has, such as the weights into one unit; null for one block of all.</param>
    /// <param name="seed">The same seed gives the same direction.</param>
    /// <exception cref="ArgumentException">The blocks do not add up to the point.</exception>
    public static SliceDirection FilterNormalised(IReadOnlyList<double> point, IReadOnlyList<int>? blocks = null, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(point);
        blocks ??= [point.Count];
        return blocks.Sum() == point.Count && blocks.All(b => b >= 1)
            ? Normalised(point, [.. blocks.SelectMany((b, k) => Enumerable.Repeat(k, b))], seed)
            : throw new ArgumentException($"Blocks of {string.Join(" + ", blocks)} coordinates were given for a point of {point.Count}; they must be positive and add up to it.");
    }

    /// <summary>The same with the filters of a network: the weights into each unit, wherever they stand in the point; one filter of all where the objective has none.</summary>
    /// <param name="objective">The landscape.</param>
    /// <param name="point">The point the slice goes through.</param>
    /// <param name="seed">The same seed gives the same direction.</param>
    /// <exception cref="ArgumentException">The point has another length.</exception>
    public static SliceDirection FilterNormalised(Objective objective, IReadOnlyList<double> point, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(point);
        return point.Count == objective.Dimension
            ? Normalised(point, objective.Symmetry?.Filters(objective.Dimension) ?? new int[point.Count], seed)
            : throw new ArgumentException($"{objective.Name} has {objective.Dimension} coordinates, and the point {point.Count}.");
    }

    /// <summary>The directions of the Hessian's highest and lowest eigenvalue at a point.</summary>
    /// <param name="objective">The landscape.</param>
    /// <param name="point">The point.</param>
    /// <param name="units">A unit for each coordinate, in which the Hessian and lengths are taken; null for the formula's own.</param>
    /// <returns>The sharpest first; one alone where there is one coordinate.</returns>
    /// <exception cref="ArgumentException">The point or the units have another length.</exception>
    public static IReadOnlyList<SliceDirection> Eigenvectors(Objective objective, IReadOnlyList<double> point, IReadOnlyList<double>? units = null)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(point);
        var ends = HessianSpectrum.Extremes(objective, [.. point], 1, units);
        // Within its residual an eigenvalue of zero is not known from zero.
        var lowest = Math.Abs(ends.Lowest[0]) <= 1e-12 * Math.Abs(Highest(ends)) ? 0 : ends.Lowest[0];
        SliceDirection highest = new($"sharpest eigenvector (λ = {Wording.Number(Highest(ends), 3)})", ends.HighestVectors.Count > 0 ? ends.HighestVectors[^1] : ends.LowestVectors[^1]);
        return point.Count == 1 ? [highest.In(units)] : [highest.In(units), new SliceDirection($"flattest eigenvector (λ = {Wording.Number(lowest, 3)})", ends.LowestVectors[0]).In(units)];
    }

    /// <summary>The direction of a vector in units as one of the formula.</summary>
    internal SliceDirection In(IReadOnlyList<double>? units) => units is null ? this : this with { Vector = [.. Vector.Select((v, i) => v * units[i])] };

    private static double Highest(LandscapeGpu.Spectra.ExtremeEigenvalues ends) => ends.Highest.Count > 0 ? ends.Highest[^1] : ends.Lowest[^1];

    private static SliceDirection Normalised(IReadOnlyList<double> point, IReadOnlyList<int> filters, int seed)
    {
        var (vector, normals) = (new double[point.Count], Normals(point.Count, seed));
        foreach (var filter in Enumerable.Range(0, point.Count).GroupBy(i => filters[i]))
        {
            var (own, drawn) = (Length(filter.Select(i => point[i])), Length(filter.Select(i => normals[i])));
            foreach (var i in filter)
            {
                vector[i] = drawn == 0 ? 0 : normals[i] * own / drawn;
            }
        }

        return new($"filter-normalised random direction{(seed == 1 ? "" : $" of seed {seed}")}", vector);
    }

    private static double[] Normals(int dimension, int seed)
    {
        var (random, vector) = (new Random(seed), new double[dimension]);
        for (var i = 0; i < dimension; i++)
        {
            // Box and Muller: 1 − u is never 0.
            vector[i] = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        }

        return vector;
    }

    private static double[] Normalised(double[] vector)
    {
        var length = Length(vector);
        return [.. vector.Select(v => v / length)];
    }

    internal static double Length(IEnumerable<double> vector) => Math.Sqrt(vector.Sum(v => v * v));
}
