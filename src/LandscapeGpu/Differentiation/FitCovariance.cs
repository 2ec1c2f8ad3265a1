using MathNet.Numerics.LinearAlgebra;

namespace LandscapeGpu.Differentiation;

/// <summary>How well a fit by least squares determines its parameters.</summary>
public static class FitCovariance
{
    /// <summary>The covariance of the parameters at a minimum of f(x) = c Σₖ rₖ(x)²: s²·(½∇²S)⁻¹ with S = Σ rₖ² and s² = S/(n − d), in which c cancels.</summary>
    /// <remarks>
    /// To first order in the noise, for independent errors of one variance: Bates and Watts (1988), Nonlinear Regression Analysis and Its Applications, §2.1.
    /// The whole Hessian is used; where residuals are small it is the JᵀJ of the textbook.
    /// </remarks>
    /// <param name="objective">A sum, or mean, of squares over n samples.</param>
    /// <param name="minimum">The parameters found, d of them.</param>
    /// <returns>d × d; the roots of its diagonal are the parameters' standard errors. Of parameters that bounds hold there is none: their rows and columns are NaN, the others' are those with these held.</returns>
    /// <exception cref="ArgumentException">f is no sum of squares over samples, there are not more samples than parameters, a side that is no bound of a coordinate holds the point, or the Hessian is not positive definite there.</exception>
    public static double[,] Covariance(this Objective objective, ReadOnlySpan<double> minimum)
    {
        ArgumentNullException.ThrowIfNull(objective);
        var d = objective.Dimension;
        if (objective.SquaredTerms is not { } n)
        {
            throw new ArgumentException($"The covariance of a fit was asked for, and {objective.Name} is no sum of squares by its formula; write it as Sum(n, k => Square(…)), or its Mean.");
        }

        if (objective.Region.HeldCoordinates(minimum, objective.Gradient(minimum)) is not { } held)
        {
            throw new ArgumentException($"The covariance of a fit was asked for at a point of {objective.Name} that a curved side of its region holds; parameters have errors of their own inside, or at bounds of their own.");
        }

        int[] free = [.. Enumerable.Range(0, d).Except(held)];
        if (n <= free.Length)
        {
            throw new ArgumentException($"{objective.Name} has {n} squares and {free.Length} parameters; the variance of the noise is estimated from more squares than parameters.");
        }

        var hessian = objective.Hessian(minimum);
        var form = Matrix<double>.Build.Dense(free.Length, free.Length, (i, j) => (hessian[free[i], free[j]] + hessian[free[j], free[i]]) / 2);
        try
        {
            var found = 2 * objective.Evaluate(minimum) / (n - free.Length) * form.Cholesky().Solve(Matrix<double>.Build.DenseIdentity(free.Length));
            var all = Matrix<double>.Build.Dense(d, d, double.NaN);
            found.EnumerateIndexed().ToList().ForEach(e => all[free[e.Item1], free[e.Item2]] = e.Item3);
            return all.ToArray();
        }
        catch (ArgumentException)
        {
            throw new ArgumentException($"The Hessian of {objective.Name} is not positive definite there: some combination of the parameters is not determined by the data, or the point is no minimum.");
        }
    }
}
