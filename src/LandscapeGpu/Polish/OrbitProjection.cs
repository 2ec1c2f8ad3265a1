namespace LandscapeGpu.Polish;

/// <summary>Takes out of a Hessian the directions along which a continuous symmetry moves the point: away from stationary points they are no zero modes by themselves.</summary>
internal sealed class OrbitProjection(Symmetry? symmetry)
{
    /// <summary>H ← (I − QQᵀ) H (I − QQᵀ), with Q an orthonormal basis of the orbit's tangent space at a point.</summary>
    public void Project(Span<double> hessian, ReadOnlySpan<double> point)
    {
        if (symmetry is null)
        {
            return;
        }

        foreach (var q in Basis(symmetry.Velocities(point)))
        {
            Project(hessian, q);
        }
    }

    /// <summary>H ← (I − qqᵀ) H (I − qqᵀ), q of length one.</summary>
    public static void Project(Span<double> hessian, double[] q)
    {
        // H − q(Hq)ᵀ − (Hq)qᵀ + (qᵀHq)qqᵀ
        var d = q.Length;
        var (product, inner) = (new double[d], 0.0);
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < d; j++)
            {
                product[i] += hessian[(i * d) + j] * q[j];
            }

            inner += q[i] * product[i];
        }

        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < d; j++)
            {
                hessian[(i * d) + j] += (inner * q[i] * q[j]) - (q[i] * product[j]) - (product[i] * q[j]);
            }
        }
    }

    /// <summary>An orthonormal basis of what vectors span.</summary>
    public static List<double[]> Basis(IReadOnlyList<double[]> vectors)
    {
        var basis = new List<double[]>();
        var longest = vectors.Select(v => Math.Sqrt(Orthonormal.Dot(v, v))).DefaultIfEmpty(0).Max();
        foreach (var v in vectors)
        {
            var rest = Orthonormal.Across(basis, v);
            var left = Math.Sqrt(Orthonormal.Dot(rest, rest));
            // What rounding leaves of a vector that depends on those before it is no direction: half the digits.
            if (left > Kernels.Stationarity.HalfTheDigits * longest)
            {
                basis.Add([.. rest.Select(e => e / left)]);
            }
        }

        return basis;
    }
}
