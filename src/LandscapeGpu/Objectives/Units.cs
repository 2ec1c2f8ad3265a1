namespace LandscapeGpu.Objectives;

/// <summary>The units that a landscape is explored in: y with x = S∘y, and φ = σf.</summary>
/// <remarks>
/// All are powers of two, so that going from one to the other rounds nothing. In y a unit is a distance over which the landscape may change, in φ a
/// change that it may make; whatever is decided is decided there, and what is shown is taken back.
/// </remarks>
/// <param name="Lengths">S, one for each coordinate; none where all are 1.</param>
/// <param name="Value">σ.</param>
internal sealed record Units(double[] Lengths, double Value)
{
    public static Units One { get; } = new([], 1);

    public bool IsOne => Lengths.Length == 0 && Value == 1;

    /// <summary>Whether all coordinates have the same unit: spectra then differ by a factor.</summary>
    public bool AreAlike => Lengths.Length == 0 || Lengths.All(s => s == Lengths[0]);

    /// <summary>Sᵢ.</summary>
    public double Length(int i) => Lengths.Length == 0 ? 1 : Lengths[i];

    /// <summary>The least Sᵢ.</summary>
    public double Shortest => Lengths.Length == 0 ? 1 : Lengths.Min();

    /// <summary>The power of two nearest to a positive number, by ratio.</summary>
    public static double PowerOfTwo(double value) => Math.ScaleB(1, (int)Math.Round(Math.Log2(value)));

    /// <summary>x = S∘y, in place.</summary>
    public void ToShown(Span<double> points)
    {
        for (var i = 0; Lengths.Length > 0 && i < points.Length; i++)
        {
            points[i] *= Lengths[i % Lengths.Length];
        }
    }

    /// <summary>y = x/S, in place.</summary>
    public void ToMoving(Span<double> points)
    {
        for (var i = 0; Lengths.Length > 0 && i < points.Length; i++)
        {
            points[i] /= Lengths[i % Lengths.Length];
        }
    }

    /// <summary>y = x/S.</summary>
    public double[] Moving(IReadOnlyList<double> shown)
    {
        double[] point = [.. shown];
        ToMoving(point);
        return point;
    }

    /// <summary>∇f from ∇φ, in place.</summary>
    public void GradientToShown(Span<double> gradient)
    {
        for (var i = 0; !IsOne && i < gradient.Length; i++)
        {
            gradient[i] /= Value * Length(i);
        }
    }

    /// <summary>∇φ from ∇f, in place.</summary>
    public void GradientToMoving(Span<double> gradient)
    {
        for (var i = 0; !IsOne && i < gradient.Length; i++)
        {
            gradient[i] *= Value * Length(i);
        }
    }

    /// <summary>∇²f from ∇²φ, row by row.</summary>
    public double[] HessianToShown(ReadOnlySpan<double> hessian)
    {
        var d = (int)Math.Round(Math.Sqrt(hessian.Length));
        var shown = new double[hessian.Length];
        for (var k = 0; k < shown.Length; k++)
        {
            shown[k] = hessian[k] / (Value * Length(k / d) * Length(k % d));
        }

        return shown;
    }

    public bool Equals(Units? other) => other is not null && Value == other.Value && Lengths.SequenceEqual(other.Lengths);

    public override int GetHashCode() => HashCode.Combine(Value, Lengths.Length, Lengths.Length == 0 ? 1 : Lengths[0], Lengths.Length == 0 ? 1 : Lengths[^1]);
}
