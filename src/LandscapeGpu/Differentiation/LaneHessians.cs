namespace LandscapeGpu.Differentiation;

/// <summary>Hessians of one block of points, entry by entry for all lanes: entry (i, j) of lane l is at (i·d + j)·L + l.</summary>
/// <remarks>
/// On a manifold the Hessian is a matrix of the surrounding space with zeros along the manifold's normals, or, where they are to be kept apart
/// from the tangent space, with an eigenvalue κ above all others there: the last eigenvalues are then the normals'.
/// </remarks>
internal sealed class LaneHessians(Derivatives derivatives, Objective objective) : IDisposable
{
    /// <summary>Entries of matrices in hand at a time: they stay below 64 MB.</summary>
    public const int MostEntries = 1 << 23;

    private readonly int d = derivatives.Dimension;
    private readonly Lanes lanes = objective.OnLanes(derivatives.Curvature);
    private readonly double[] normals = new double[derivatives.Normals == 0 ? 0 : derivatives.Dimension * derivatives.Dimension * derivatives.Curvature.Layout.Restarts];
    private readonly double[] kappas = new double[derivatives.Curvature.Layout.Restarts];

    public int Count { get; } = derivatives.Curvature.Layout.Restarts;

    /// <summary>d·d·L entries.</summary>
    public double[] Entries { get; } = new double[derivatives.Dimension * derivatives.Dimension * derivatives.Curvature.Layout.Restarts];

    public void Set(int lane, ReadOnlySpan<double> point) => lanes.Write(derivatives.At, lane, point);

    /// <summary>Computes the entries, on a manifold with zeros along its normals.</summary>
    public void Compute()
    {
        Array.Clear(kappas);
        if (derivatives.Direction is not { } direction)
        {
            lanes.Run();
            lanes.Values(derivatives.Result).CopyTo(Entries);
            return;
        }

        var v = lanes.Values(direction);
        for (var j = 0; j < d; j++)
        {
            v.Clear();
            v.Slice(j * Count, Count).Fill(1);
            _ = j == 0 ? lanes.Run() : lanes.RunAgain();
            // A row is as good as a column: the Hessian is symmetric.
            lanes.Values(derivatives.Result).CopyTo(Entries.AsSpan(j * d * Count));
            if (derivatives.Normal is { } normal)
            {
                lanes.Values(normal).CopyTo(normals.AsSpan(j * d * Count));
            }
        }
    }

    /// <summary>Computes the entries, on a manifold with κ along its normals.</summary>
    public void ComputeApart()
    {
        Compute();
        for (var l = 0; normals.Length > 0 && l < Count; l++)
        {
            var square = 0.0;
            for (var e = l; e < Entries.Length; e += Count)
            {
                square += Entries[e] * Entries[e];
            }

            // No eigenvalue exceeds Frobenius' norm.
            kappas[l] = square > 0 ? 2 * Math.Sqrt(square) : 1;
            for (var e = l; e < Entries.Length; e += Count)
            {
                Entries[e] += kappas[l] * normals[e];
            }
        }
    }

    /// <summary>The Hessian of a lane, row by row.</summary>
    public void CopyTo(Span<double> matrix, int lane)
    {
        for (var e = 0; e < d * d; e++)
        {
            matrix[e] = Entries[(e * Count) + lane];
        }
    }

    /// <summary>The Hessian at one point, row by row; on a manifold with zeros along its normals.</summary>
    public double[] At(ReadOnlySpan<double> point)
    {
        lanes.WriteAll(derivatives.At, point);
        var matrix = new double[d * d];
        if (derivatives.Direction is not { } direction)
        {
            lanes.Run();
            lanes.Read(derivatives.Result, 0, matrix);
            return matrix;
        }

        // A direction in each lane: all that the lanes hold is wanted.
        var v = lanes.Values(direction);
        for (var first = 0; first < d; first += Count)
        {
            v.Clear();
            for (var l = 0; l < Math.Min(Count, d - first); l++)
            {
                v[((first + l) * Count) + l] = 1;
            }

            _ = first == 0 ? lanes.Run() : lanes.RunAgain();
            for (var l = 0; l < Math.Min(Count, d - first); l++)
            {
                lanes.Read(derivatives.Result, l, matrix.AsSpan((first + l) * d, d));
            }
        }

        return matrix;
    }

    /// <summary>Trace and squared Frobenius norm of a lane's Hessian: the first two moments of its spectrum, without the normals' κ.</summary>
    public (double Trace, double Square) Moments(int lane)
    {
        double trace = 0, square = 0;
        for (var i = 0; i < d; i++)
        {
            trace += Entries[(((i * d) + i) * Count) + lane];
        }

        for (var e = lane; e < Entries.Length; e += Count)
        {
            square += Entries[e] * Entries[e];
        }

        var kappa = kappas[lane];
        return (trace - (derivatives.Normals * kappa), square - (derivatives.Normals * kappa * kappa));
    }

    /// <summary>The moments at many points.</summary>
    public static (double Trace, double Square)[] MomentsAt(Objective objective, IReadOnlyList<double[]> points)
    {
        using var hessians = new LaneHessians(Derivatives.Of(objective), objective);
        var moments = new (double, double)[points.Count];
        for (var begin = 0; begin < points.Count; begin += hessians.Count)
        {
            for (var l = 0; l < hessians.Count; l++)
            {
                hessians.Set(l, points[Math.Min(begin + l, points.Count - 1)]);
            }

            hessians.Compute();
            for (var l = 0; l < hessians.Count && begin + l < points.Count; l++)
            {
                moments[begin + l] = hessians.Moments(l);
            }
        }

        return moments;
    }

    public void Dispose() => lanes.Dispose();
}
