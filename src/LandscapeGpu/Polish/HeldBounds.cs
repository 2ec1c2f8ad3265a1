using LandscapeGpu.Objectives;

namespace LandscapeGpu.Polish;

/// <summary>The bounds of a box, and which coordinates the gradient holds at one; without a box none.</summary>
internal sealed class HeldBounds(Domain domain)
{
    private readonly double[]? lower = (domain as Domain.BoxDomain)?.Lower.ToArray();
    private readonly double[]? upper = (domain as Domain.BoxDomain)?.Upper.ToArray();

    /// <summary>Whether descent would leave the box along coordinate i.</summary>
    public bool IsHeld(int i, double[] point, double[] gradient) =>
        lower is not null && ((point[i] <= lower[i] && gradient[i] > 0) || (point[i] >= upper![i] && gradient[i] < 0));

    /// <summary>The length of the gradient without the coordinates that are held.</summary>
    public double FreeNorm(double[] point, double[] gradient)
    {
        double square = 0;
        for (var i = 0; i < gradient.Length; i++)
        {
            square += IsHeld(i, point, gradient) ? 0 : gradient[i] * gradient[i];
        }

        return Math.Sqrt(square);
    }

    /// <summary>The nearest point of the box, in place.</summary>
    public void Clamp(double[] point)
    {
        for (var i = 0; lower is not null && i < point.Length; i++)
        {
            point[i] = Math.Clamp(point[i], lower[i], upper![i]);
        }
    }
}
