using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>
/// A point is the weights of a deep linear network, W₁ of h₁ rows and h₀ columns, row by row, then W₂, …; what it computes
/// is the product W_L ⋯ W₁ alone. Wₗ may become GWₗ where Wₗ₊₁ becomes Wₗ₊₁G⁻¹.
/// </summary>
/// <remarks>
/// The invariants are the product's entries; unlike other symmetries' they can lengthen a distance, by the product of the
/// other layers' norms. Points where a product has fewer ranks than the layers allow share it without sharing an orbit;
/// their values agree.
/// </remarks>
public sealed record LayerProduct : Symmetry
{
    // A second's work.
    private const long MostTangentEntries = 4_000_000;

    private readonly int[] widths;

    /// <param name="widths">h₀, h₁, …, h_L: inputs, hidden widths, outputs; at least two, each at least 1.</param>
    /// <param name="residual">Whether a layer is I + Wₗ; then all widths are equal.</param>
    public LayerProduct(IReadOnlyList<int> widths, bool residual = false)
    {
        ArgumentNullException.ThrowIfNull(widths);
        if (widths.Count < 2 || widths.Any(h => h < 1) || (residual && widths.Distinct().Count() > 1))
        {
            throw new ArgumentException(
                $"A linear network was given the widths {string.Join(", ", widths)}; it needs inputs and outputs, each at least 1, and all equal with residual layers.");
        }

        this.widths = [.. widths];
        IsResidual = residual;
    }

    /// <summary>h₀, …, h_L.</summary>
    public IReadOnlyList<int> Widths => widths;

    /// <summary>Whether a layer is I + Wₗ.</summary>
    public bool IsResidual { get; }

    /// <summary>The number of weights.</summary>
    public int Dimension => Enumerable.Range(1, widths.Length - 1).Sum(l => widths[l] * widths[l - 1]);

    /// <inheritdoc/>
    public override int LengthFor(int dimension) => dimension == Dimension
        ? widths[0] * widths[^1]
        : throw new ArgumentException($"Points of length {dimension} are not the {Dimension} weights of layers {string.Join("-", widths)}.");

    /// <inheritdoc/>
    public override InvariantMap MapFor(int dimension)
    {
        _ = LengthFor(dimension);
        return (point, invariants) => Product(point).CopyTo(invariants);
    }

    /// <inheritdoc/>
    /// <remarks>A product of row operations, each undone in the columns of the layer above.</remarks>
    public override void Move(Span<double> point, Random random)
    {
        _ = LengthFor(point.Length);
        Shift(point, 1);
        for (int l = 1, at = 0; l < widths.Length - 1; at += widths[l] * widths[l - 1], l++)
        {
            var above = at + widths[l] * widths[l - 1];
            for (var step = 0; step < 2 * widths[l]; step++)
            {
                int a = random.Next(widths[l]), b = random.Next(widths[l]);
                var factor = random.NextDouble() - 0.5;
                if (a == b)
                {
                    factor = (0.7 + 0.6 * random.NextDouble()) * Math.Sign(factor);
                }

                for (var j = 0; j < widths[l - 1]; j++)
                {
                    ref var weight = ref point[at + a * widths[l - 1] + j];
                    weight = a == b ? weight * factor : weight + factor * point[at + b * widths[l - 1] + j];
                }

                for (var i = 0; i < widths[l + 1]; i++)
                {
                    ref var weight = ref point[above + i * widths[l] + b];
                    weight = a == b ? weight / factor : weight - factor * point[above + i * widths[l] + a];
                }
            }
        }

        Shift(point, -1);
    }

    /// <inheritdoc/>
    internal override double[] Aligned(ReadOnlySpan<double> to, ReadOnlySpan<double> point)
    {
        _ = LengthFor(point.Length);
        double[] aligned = [.. new LayerAlignment(Layers(to)).Of(Layers(point)).SelectMany(w => w.ToRowMajorArray())];
        Shift(aligned, -1);
        return aligned;
    }

    /// <inheritdoc/>
    /// <remarks>Of each GL(h) the determinant's sign tells two components apart. Beyond some thousands of numbers it is not worked out.</remarks>
    public override Orbit? OrbitOf(ReadOnlySpan<double> point, double tolerance)
    {
        if (!IsWorkedOut(point))
        {
            return null;
        }

        var weights = point.ToArray();
        Shift(weights, 1);
        var (onto, into, hidden) = (0, 0, widths.Length - 2);
        for (int l = 1, at = 0; l <= hidden; at += widths[l] * widths[l - 1], l++)
        {
            // From below, layers onto their hidden space pin G down one after the other; from above, layers that lose nothing of it do.
            onto += onto == l - 1 && Rank(weights, at, widths[l], widths[l - 1], tolerance) == widths[l] ? 1 : 0;
            into = Rank(weights, at + (widths[l] * widths[l - 1]), widths[l + 1], widths[l], tolerance) == widths[l] ? into + 1 : 0;
        }

        return new()
        {
            GroupOrder = BigInteger.Pow(2, hidden),
            StabiliserOrder = onto + into >= hidden ? 1 : null,
            Dimension = OrbitTangent.Dimension(Velocities(point), tolerance),
        };
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Of each hidden layer the generators E of GL(h), of which one entry is 1: Wₗ moves as EWₗ and Wₗ₊₁ as −Wₗ₊₁E. They are the zero modes of every stationary point, and no
    /// walk has to look along them; orbits have no end, and bands begin at the nearest images (<see cref="Aligned"/>).
    /// </remarks>
    internal override IReadOnlyList<double[]> Velocities(ReadOnlySpan<double> point)
    {
        if (!IsWorkedOut(point))
        {
            return [];
        }

        var weights = point.ToArray();
        Shift(weights, 1);
        var velocities = new List<double[]>();
        for (int l = 1, at = 0; l < widths.Length - 1; at += widths[l] * widths[l - 1], l++)
        {
            var above = at + (widths[l] * widths[l - 1]);
            for (var a = 0; a < widths[l]; a++)
            {
                for (var b = 0; b < widths[l]; b++)
                {
                    var velocity = new double[weights.Length];
                    weights.AsSpan(at + (b * widths[l - 1]), widths[l - 1]).CopyTo(velocity.AsSpan(at + (a * widths[l - 1])));
                    for (var i = 0; i < widths[l + 1]; i++)
                    {
                        velocity[above + (i * widths[l]) + b] = -weights[above + (i * widths[l]) + a];
                    }

                    velocities.Add(velocity);
                }
            }
        }

        return velocities;
    }

    private bool IsWorkedOut(ReadOnlySpan<double> point) => (long)point.Length * widths[1..^1].Sum(h => h * h) <= MostTangentEntries && LengthFor(point.Length) > 0;

    /// <summary>The matrices whose product is computed.</summary>
    private Matrix<double>[] Layers(ReadOnlySpan<double> point)
    {
        var weights = point.ToArray();
        Shift(weights, 1);
        var (layers, at) = (new Matrix<double>[widths.Length - 1], 0);
        for (var l = 1; l < widths.Length; at += widths[l] * widths[l - 1], l++)
        {
            layers[l - 1] = Matrix<double>.Build.DenseOfRowMajor(widths[l], widths[l - 1], weights.AsSpan(at, widths[l] * widths[l - 1]).ToArray());
        }

        return layers;
    }

    private static int Rank(double[] weights, int at, int rows, int columns, double tolerance) =>
        OrbitTangent.Dimension([.. Enumerable.Range(0, rows).Select(i => weights.AsSpan(at + i * columns, columns).ToArray())], tolerance);

    /// <summary>Adds the identity to residual layers, or takes it away.</summary>
    private void Shift(Span<double> weights, double sign)
    {
        if (!IsResidual)
        {
            return;
        }

        var h = widths[0];
        for (var e = 0; e < weights.Length; e++)
        {
            weights[e] += e % (h * h) % (h + 1) == 0 ? sign : 0;
        }
    }

    /// <inheritdoc/>
    public bool Equals(LayerProduct? other) => other is not null && IsResidual == other.IsResidual && widths.AsSpan().SequenceEqual(other.widths);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(widths.Length, widths[0], widths[^1], IsResidual);

    private double[] Product(ReadOnlySpan<double> weights)
    {
        var inputs = widths[0];
        var product = new double[inputs * inputs];
        for (var i = 0; i < inputs; i++)
        {
            product[i * inputs + i] = 1;
        }

        for (var l = 1; l < widths.Length; l++)
        {
            int rows = widths[l], inner = widths[l - 1];
            var next = new double[rows * inputs];
            for (var i = 0; i < rows; i++)
            {
                for (var k = 0; k < inner; k++)
                {
                    var weight = weights[i * inner + k] + (IsResidual && i == k ? 1 : 0);
                    for (var j = 0; j < inputs; j++)
                    {
                        next[i * inputs + j] += weight * product[k * inputs + j];
                    }
                }
            }

            product = next;
            weights = weights[(rows * inner)..];
        }

        return product;
    }
}
