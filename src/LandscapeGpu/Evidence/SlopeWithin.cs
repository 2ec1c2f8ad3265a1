namespace LandscapeGpu.Evidence;

/// <summary>What of a gradient a step of projected gradient descent can use: a vector whose square is that of the proximal Polyak–Łojasiewicz condition.</summary>
/// <remarks>
/// D(x) = −2β min over y in the region of ⟨∇f(x), y − x⟩ + β/2·‖y − x‖², which is ‖∇f(x)‖² where the step −∇f/β stays inside, and 0 at a stationary point on a side, however steep
/// f is across that side. Where ½D ≥ μ(f − f*), steps of 1/β that are projected shrink f − f* by 1 − μ/β (Karimi, Nutini and Schmidt 2016, Linear convergence of gradient and
/// proximal-gradient methods under the Polyak–Łojasiewicz condition, theorem 5). The minimum is at the projection of x − ∇f/β.
/// </remarks>
internal static class SlopeWithin
{
    /// <summary>The vector, and whether a side took something from the gradient.</summary>
    public static (double[] Slope, bool IsHeld) Of(Region region, double[] point, double[] gradient, double beta)
    {
        if (region.IsWholeSpace || !(beta > 0))
        {
            return (gradient, false);
        }

        double[] to = [.. point.Zip(gradient, (x, g) => x - (g / beta))];
        double[] kept = [.. to];
        _ = region.TryProject(kept);
        return !kept.AsSpan().SequenceEqual(to) ? (Of(point, gradient, kept, beta), true) : (gradient, false);
    }

    // In the direction of the step that is left, as long as the root of D.
    private static double[] Of(double[] point, double[] gradient, double[] kept, double beta)
    {
        double[] step = [.. kept.Zip(point, (to, from) => to - from)];
        var length = Inner.Norm(step);
        var square = -(2 * beta * Inner.Product(gradient, step)) - (beta * beta * length * length);
        return length > 0 && square > 0 ? [.. step.Select(s => -s * Math.Sqrt(square) / length)] : new double[point.Length];
    }
}
