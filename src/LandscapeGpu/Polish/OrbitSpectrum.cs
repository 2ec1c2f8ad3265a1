namespace LandscapeGpu.Polish;

/// <summary>Eigenvalues and eigenvectors of the Hessian where a walk stands, without the directions along which a symmetry keeps the value.</summary>
internal sealed class OrbitSpectrum(int d, Symmetry? symmetry)
{
    private readonly OrbitProjection orbit = new(d, symmetry);
    private SymmetricEigenvectors spectrum = new([], []);
    private bool isStale = true;

    /// <summary>In ascending order.</summary>
    public double[] Values => spectrum.Values;

    /// <summary>The eigenvector of an eigenvalue.</summary>
    public ReadOnlySpan<double> Vector(int k) => spectrum.Vector(k);

    /// <summary>The walk has moved: what is known belongs to another point.</summary>
    public void Forget() => isStale = true;

    /// <summary>Decomposes the Hessian, in place, unless that of this point is known; false where it is not finite.</summary>
    public bool TryKnow(double[] hessian, double[] point)
    {
        if (!isStale)
        {
            return true;
        }

        if (!hessian.All(double.IsFinite))
        {
            return false;
        }

        orbit.Project(hessian, point);
        spectrum = SymmetricEigenvalues.Decompose(hessian, d);
        isStale = false;
        return true;
    }
}
