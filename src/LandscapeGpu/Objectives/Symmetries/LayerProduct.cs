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

    public bool Equals(LayerProduct? other) => other is not null && IsResidual == other.IsResidual && widths.AsSpan().SequenceEqual(other.widths);

    public override int GetHashCode() => HashCode.Combine(widths.Length, widths[0], widths[^1], IsResidual);

    private double[] Product(ReadOnlySpan<double> weights)
    {
        int inputs = widths[0];
        var product = new double[inputs * inputs];
        for (int i = 0; i < inputs; i++) product[i * inputs + i] = 1;
        for (int l = 1; l < widths.Length; l++)
        {
            int rows = widths[l], inner = widths[l - 1];
            var next = new double[rows * inputs];
            for (int i = 0; i < rows; i++)
            {
                for (int k = 0; k < inner; k++)
                {
                    double weight = weights[i * inner + k] + (IsResidual && i == k ? 1 : 0);
                    for (int j = 0; j < inputs; j++) next[i * inputs + j] += weight * product[k * inputs + j];
                }
            }

            product = next;
            weights = weights[(rows * inner)..];
        }

        return product;
    }
}
