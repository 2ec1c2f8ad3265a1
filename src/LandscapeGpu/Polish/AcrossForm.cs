namespace LandscapeGpu.Polish;

/// <summary>The curvature across a way, in units that make curvatures alike, and Newton's steps in it.</summary>
/// <remarks>Beside walls whose steepness differs by many digits a shift of the identity would hold whatever is gentle.</remarks>
internal sealed class AcrossForm
{
    private readonly double[] scale;
    private readonly double[] form;
    private readonly double[] factor;
    private readonly double[] pivots;
    private readonly double[] along;
    private readonly bool[] isHeld;

    /// <param name="hessian">d × d entries, all finite.</param>
    /// <param name="way">Along which no step leads.</param>
    /// <param name="held">Coordinates along which none leads either.</param>
    public AcrossForm(double[] hessian, double[] way, IReadOnlySet<int> held)
    {
        var d = way.Length;
        isHeld = [.. Enumerable.Range(0, d).Select(held.Contains)];
        var free = held.Count == 0 ? hessian : [.. hessian.Select((h, e) => isHeld[e / d] || isHeld[e % d] ? 0 : h)];
        scale = [.. Equilibration.Of(free, d).Select(s => s > 0 && double.IsFinite(s) ? s : 1)];
        (form, factor, pivots) = (Equilibration.Apply(scale, free), new double[d * d], new double[d]);
        along = [.. way.Zip(scale, (u, s) => u * s)];
        Inner.Scale(1 / Inner.Norm(along), along);
        // P(SHS)P + wwᵀ with P = I − wwᵀ.
        Inner.OnBothSides(form, d, Project);
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < d; j++)
            {
                form[(i * d) + j] = form[(i * d) + j] + (along[i] * along[j]) + (isHeld[i] && i == j ? 1 : 0);
            }
        }
    }

    /// <summary>Newton's step, damped by a share of the largest curvature, and what it promises to fall; null where the damping is too little for a way down.</summary>
    public (double[] Step, double Fall)? Step(double[] gradient, double shift)
    {
        double[] down = [.. gradient.Select((g, i) => isHeld[i] ? 0 : -g * scale[i])];
        Project(down);
        var factors = ArrayFactors.Of(form, factor, pivots);
        if (!factors.TryFactor(shift))
        {
            return null;
        }

        double[] step = [.. down];
        factors.Substitute(new(step));
        Project(step);
        return ([.. step.Zip(scale, (z, s) => z * s)], 0.5 * Inner.Product(down, step));
    }

    private void Project(Span<double> v) => Inner.Add(-Inner.Product(v, along), along, v);
}
