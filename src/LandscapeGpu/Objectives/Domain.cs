using System.Globalization;
using LandscapeGpu.Starts;

namespace LandscapeGpu.Objectives;

/// <summary>Where an objective is explored.</summary>
public abstract record Domain
{
    private Domain()
    {
    }

    /// <summary>All of ℝᵈ.</summary>
    public static Domain Unbounded { get; } = new WholeSpace();

    /// <summary>The box [low, high]ᵈ; descent is projected onto it.</summary>
    /// <exception cref="ArgumentException">A bound is not finite, or low ≥ high.</exception>
    public static Domain Box(int dimension, double low, double high) =>
        new BoxDomain([.. Enumerable.Repeat(low, Math.Max(0, dimension))], [.. Enumerable.Repeat(high, Math.Max(0, dimension))]);

    /// <summary>The box of points between two corners; descent is projected onto it.</summary>
    /// <exception cref="ArgumentException">A bound is not finite, the corners have different lengths, or low ≥ high somewhere.</exception>
    public static Domain Box(IReadOnlyList<double> lower, IReadOnlyList<double> upper)
    {
        ArgumentNullException.ThrowIfNull(lower);
        ArgumentNullException.ThrowIfNull(upper);
        return new BoxDomain([.. lower], [.. upper]);
    }

    /// <summary>The positive orthant x ≥ 0 of ℝᵈ; descent is projected onto it. It is a box without upper bounds.</summary>
    /// <exception cref="ArgumentException">The dimension is below 1.</exception>
    public static Domain Orthant(int dimension) => dimension >= 1
        ? BoxDomain.OrthantOf(dimension)
        : throw new ArgumentException($"An orthant of {dimension} coordinates was asked for; it needs at least one.");

    /// <summary>The ball ‖x‖ ≤ radius; descent is projected onto it.</summary>
    public static Domain Ball(double radius) => new BallDomain(radius);

    /// <summary>Refuses a dimension that does not fit this domain.</summary>
    /// <exception cref="ArgumentException">The domain has another dimension.</exception>
    public virtual void Require(int dimension)
    {
    }

    /// <summary>All of ℝᵈ.</summary>
    public sealed record WholeSpace : Domain
    {
        public override string ToString() => "unbounded";
    }

    /// <summary>A box, by its lower and upper corners; the upper one of an orthant is at infinity.</summary>
    public sealed record BoxDomain : Domain
    {
        internal BoxDomain(double[] lower, double[] upper)
        {
            if (lower.Length != upper.Length || lower.Length == 0)
            {
                throw new ArgumentException($"A box was given {lower.Length} lower and {upper.Length} upper bounds; it needs one of each for every coordinate.");
            }

            for (var i = 0; i < lower.Length; i++)
            {
                if (!double.IsFinite(lower[i]) || !double.IsFinite(upper[i]) || lower[i] >= upper[i])
                {
                    throw new ArgumentException(
                        $"A box was given [{Text(lower[i])}, {Text(upper[i])}] for coordinate {i}; bounds must be finite and the lower one smaller; without bounds the domain is unbounded.");
                }
            }

            (Lower, Upper) = (lower, upper);
        }

        private BoxDomain(int dimension) => (Lower, Upper) = (new double[dimension], [.. Enumerable.Repeat(double.PositiveInfinity, dimension)]);

        /// <summary>Whether it has upper bounds: an orthant has none.</summary>
        public bool IsBounded => double.IsFinite(Upper[0]);

        /// <summary>The mean width of its sides; null where they have no end.</summary>
        internal double? Width => IsBounded ? Upper.Zip(Lower, (u, l) => u - l).Average() : null;

        /// <summary>The smallest value of each coordinate.</summary>
        public IReadOnlyList<double> Lower { get; }

        /// <summary>The largest value of each coordinate.</summary>
        public IReadOnlyList<double> Upper { get; }

        internal static BoxDomain OrthantOf(int dimension) => new(dimension);

        public override void Require(int dimension)
        {
            if (Lower.Count != dimension)
            {
                throw new ArgumentException($"The domain is a box of {Lower.Count} coordinates and the objective has {dimension}; give one pair of bounds for each coordinate.");
            }
        }

        // By value: programs of objectives on equal boxes are the same.
        public bool Equals(BoxDomain? other) => other is not null && Lower.SequenceEqual(other.Lower) && Upper.SequenceEqual(other.Upper);

        public override int GetHashCode() => HashCode.Combine(Lower.Count, Lower[0], Upper[^1]);

        public override string ToString() => !IsBounded ? $"x >= 0 in R^{Lower.Count}" : Lower.Distinct().Count() == 1 && Upper.Distinct().Count() == 1
            ? $"[{Short(Lower[0])}, {Short(Upper[0])}]^{Lower.Count}"
            : string.Join(" x ", Lower.Zip(Upper, (l, u) => $"[{Short(l)}, {Short(u)}]"));
    }

    /// <summary>A ball around the origin.</summary>
    public sealed record BallDomain(double Radius) : Domain
    {
        public double Radius { get; } = double.IsFinite(Radius) && Radius > 0
            ? Radius
            : throw new ArgumentException($"A ball was given the radius {Text(Radius)}; it must be finite and positive.");

        public override string ToString() => $"ball of radius {Short(Radius)}";
    }

    // Where it is described, six digits say it; where a number is refused, all of them do.
    private static string Short(double value) => SamplerText.Of(value);

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
