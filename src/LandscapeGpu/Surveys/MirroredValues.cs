namespace LandscapeGpu.Surveys;

/// <summary>f with the sides of its region as mirrors: a point beyond one is that as far inside, so that a minimum which a side holds is one at a kink like any other.</summary>
/// <remarks>Of surfaces points are brought back to the nearest that they have.</remarks>
internal sealed class MirroredValues(Objective objective, int? bits) : IDisposable
{
    private readonly LaneValues values = new(objective, bits);
    private readonly PointDerivatives derivatives = new(objective, bits);

    public int Dimension => objective.Dimension;

    /// <summary>How often the formula has been run: once for as many points as lie side by side.</summary>
    public long Evaluations { get; private set; }

    /// <summary>f and ∇f at count × d coordinates, which stay where they are.</summary>
    public void At(ReadOnlySpan<double> points, Span<double> found, Span<double> gradients = default)
    {
        var inside = points.ToArray();
        for (var k = 0; k < found.Length; k++)
        {
            Inside(inside.AsSpan(k * Dimension, Dimension));
        }

        values.At(inside, found, gradients);
        Evaluations += (found.Length + values.Width - 1) / values.Width;
        for (var k = 0; k < gradients.Length / Dimension; k++)
        {
            objective.Region.MirrorGradient(points.Slice(k * Dimension, Dimension), gradients.Slice(k * Dimension, Dimension));
        }
    }

    /// <summary>f at a point.</summary>
    public double ValueAt(ReadOnlySpan<double> point)
    {
        var found = new double[1];
        At(point, found);
        return found[0];
    }

    /// <summary>f and ∇f at a distance both ways along directions: 2n points, the two of a direction one after the other.</summary>
    /// <param name="point">d coordinates.</param>
    /// <param name="directions">n × d, in units of the scale.</param>
    /// <param name="distance">How far, in these units.</param>
    /// <param name="scale">The unit of each coordinate.</param>
    /// <param name="gradients">2n × d; empty where nobody asks.</param>
    public double[] Around(double[] point, double[] directions, double distance, double[] scale, Span<double> gradients = default)
    {
        var (d, count) = (Dimension, 2 * directions.Length / Dimension);
        var (around, found) = (new double[count * d], new double[count]);
        for (var k = 0; k < count; k++)
        {
            for (var i = 0; i < d; i++)
            {
                around[(k * d) + i] = point[i] + ((k % 2 == 0 ? distance : -distance) * scale[i] * directions[(k / 2 * d) + i]);
            }
        }

        At(around, found, gradients);
        return found;
    }

    /// <summary>Whether a point stands for itself.</summary>
    public bool IsInside(double[] point)
    {
        double[] inside = [.. point];
        Inside(inside);
        return inside.AsSpan().SequenceEqual(point);
    }

    /// <summary>The point of the region that a point stands for, in place.</summary>
    public void Inside(Span<double> point)
    {
        if (!objective.Region.TryMirror(point))
        {
            derivatives.Retract(point.ToArray()).CopyTo(point);
        }
    }

    public void Dispose()
    {
        values.Dispose();
        derivatives.Dispose();
    }
}
