namespace LandscapeGpu.Surveys;

/// <summary>What is told of a place where f jumps by values on both sides: gradients of the one side say nothing of the other.</summary>
/// <param name="values">The landscape.</param>
/// <param name="scale">The unit of each coordinate.</param>
internal sealed class JumpSides(MirroredValues values, double[] scale)
{
    // In units of the scale: a step that is hardly one, and one that shows a slope or a power of the distance.
    private const double HardlyAStep = 1e-14;
    private const double Step = 1e-4;

    // Over ten decades of the distance the thirtieth power of it doubles: what changes less has jumped.
    private const double Doubled = 2;

    // How far directions are tilted against the edge, and so how well its direction is known.
    private const double Tilt = 1e-3;

    private readonly double[] basis = Orthonormal.Rows(scale.Length, scale.Length, 0);

    private int D => scale.Length;

    /// <summary>Whether changes of f near by and ten decades farther are a jump's.</summary>
    public static bool IsJump(double near, double far) => far < Doubled * near;

    /// <summary>What f changes by over a step that is hardly one, but for jumps: nobody can tell the value of a minimum at a kink any better.</summary>
    public double BlurAt(double[] point, double value)
    {
        var (beside, away) = (values.Around(point, basis, HardlyAStep, scale), values.Around(point, basis, Step, scale));
        return beside.Zip(away, (near, far) => (Near: Math.Abs(near - value), Far: Math.Abs(far - value)))
            .Where(c => double.IsFinite(c.Near) && !IsJump(c.Near, c.Far)).Select(c => c.Near).DefaultIfEmpty(0).Max();
    }

    /// <summary>Whether a place on the low side of a jump is the lowest along it: the slope there is straight towards the high side.</summary>
    /// <remarks>A little way along the edge, tilted towards where f falls, the high side is met at once; where the slope has a part along the edge, f falls one way or the other.</remarks>
    /// <param name="point">The place.</param>
    /// <param name="value">f there.</param>
    /// <param name="down">The unit vector that the low side falls along.</param>
    public bool IsBottom(double[] point, double value, double[] down)
    {
        var directions = new List<double>();
        for (var i = 0; i < D; i++)
        {
            double[] along = [.. down.Select((e, k) => (k == i ? 1 : 0) - (down[i] * e))];
            var length = Math.Sqrt(along.Sum(e => e * e));
            // An axis along which f falls has no part along the edge.
            if (length > Tilt)
            {
                directions.AddRange(along.Select((e, k) => (e / length) + (Tilt * down[k])));
                directions.AddRange(along.Select((e, k) => (-e / length) + (Tilt * down[k])));
            }
        }

        // Of each direction and its opposite the first.
        return values.Around(point, [.. directions], Tilt * Step, scale).Where((_, k) => k % 2 == 0).All(f => f >= value);
    }

    /// <summary>Whether gradients around add up as those of a quadratic form do: those of |xy| do not, though it rises like the square of the distance.</summary>
    public bool AddsUp(double[] point)
    {
        var basis = Orthonormal.Rows(D, D, 4);
        double[] all = [.. Enumerable.Range(0, D).Select(i => Enumerable.Range(0, D).Sum(k => basis[(k * D) + i]) / Math.Sqrt(D))];
        var slopes = new double[2 * (D + 1) * D];
        values.Around(point, [.. basis, .. all], Step, scale, slopes);
        var (difference, longest) = (0.0, 0.0);
        for (var i = 0; i < D; i++)
        {
            var sum = Enumerable.Range(0, D).Sum(k => slopes[(2 * k * D) + i]);
            difference = Math.Max(difference, scale[i] * Math.Abs(sum - (Math.Sqrt(D) * slopes[(2 * D * D) + i])));
            longest = Math.Max(longest, scale[i] * Enumerable.Range(0, D).Max(k => Math.Abs(slopes[(2 * k * D) + i])));
        }

        // Third derivatives leave a share like the step's length.
        return !(difference > Math.Sqrt(Step) * longest);
    }
}
