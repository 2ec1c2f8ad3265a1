namespace LandscapeGpu.Kernels;

/// <summary>Rows, one for each eigenvalue, that turn as a rotation of neighbouring eigenvectors turns them: the eigenvectors, or single entries of each.</summary>
public interface ITurnedRows
{
    /// <summary>(rowᵢ, rowᵢ₊₁) ← (c·rowᵢ − s·rowᵢ₊₁, s·rowᵢ + c·rowᵢ₊₁).</summary>
    void Turn(int i, double c, double s);
}
