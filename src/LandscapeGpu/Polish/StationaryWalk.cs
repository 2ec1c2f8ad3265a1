using System.Runtime.CompilerServices;
using LandscapeGpu.Spectra;

namespace LandscapeGpu.Polish;

/// <summary>One start on its way to a stationary point of any index: Levenberg and Marquardt's method on ∇f, then Newton's.</summary>
/// <remarks>
/// Far away a step solves (H² + λI) p = −Hg, the damped Gauss–Newton step for ½‖∇f‖², whose Jacobian is the Hessian H; λ follows
/// the gain ratio (Nielsen 1999, Damping parameter in Marquardt's method). Near a zero of ∇f, p = −H⁺g from H's spectrum: that
/// does not square H's condition number, and leaves flat directions alone.
/// </remarks>
internal sealed class StationaryWalk(int dimension) : Walk(dimension)
{
    // Newton's method doubles the digits a step; degenerate points gain only a constant factor and need the rest.
    private const int MostSteps = 300;

    // Newton's step is trusted where it is this short against the point.
    private const double Near = 1e-3;

    private readonly double[] step = new double[dimension];
    private double damping;
    private double growth;
    private double predicted;
    private double largest;
    private double length;
    private double flatGradient;
    private bool refining;

    /// <summary>
    /// The gradient is as short as rounding of the point lets it be against the curvature there (in the far tail of a function
    /// that flattens out it is not), and Newton's step leads nowhere. Newton's step does not see the gradient along flat directions:
    /// on a tail, where slope and curvature fade together, it is what is left.
    /// </summary>
    public override bool IsStationary => Steps > 0 && flatGradient <= FlatFloor * largest * Scale && (Norm == 0
        || (length <= 1e-6 * Scale && Norm <= 1e-9 * largest * Scale)
        || (refining && length <= 1e-4 * Scale && Norm <= 1e-13 * Math.Max(1, Math.Abs(Value))));

    // A thousand times what rounding of the point leaves; along exp(-x) it is 1e-9 where curvature begins to count as zero.
    private const double FlatFloor = 1e-12;

    public override void Begin(int item, ReadOnlySpan<double> start)
    {
        base.Begin(item, start);
        (refining, damping, growth, length, flatGradient) = (false, -1, 2, double.PositiveInfinity, 0);
    }

    /// <summary>Takes the trial point if ‖∇f‖ is smaller there; true if the walk has ended.</summary>
    public override bool Judge(double value, double[] gradient)
    {
        var norm = Length(gradient);
        var finite = double.IsFinite(value) && double.IsFinite(norm);
        if (Steps == 0 && !finite)
        {
            return true;
        }

        if (Steps > 0 && !(finite && norm < Norm))
        {
            damping *= growth;
            growth *= 2;
            // Where Newton's step does not shorten the gradient any more, rounding does not let it.
            return refining || damping > 1e20 * largest * largest || ++Steps > MostSteps;
        }

        if (Steps > 0 && !refining)
        {
            var gain = 0.5 * ((Norm * Norm) - (norm * norm)) / Math.Max(predicted, double.Epsilon);
            damping *= Math.Max(1.0 / 3, 1 - Math.Pow((2 * gain) - 1, 3));
            growth = 2;
        }

        Accept(value, gradient);
        return Steps > MostSteps || norm == 0;
    }

    /// <summary>The next trial point from the Hessian at the present one; true if the walk has ended.</summary>
    public override bool Turn(double[] hessian)
    {
        largest = hessian.Max(Math.Abs);
        if (!double.IsFinite(largest) || largest == 0)
        {
            return true;
        }

        if (!refining)
        {
            Dampen(hessian);
            refining = Length(step) <= Near * Scale;
        }

        if (refining)
        {
            Refine(hessian);
            if (length > 100 * Near * Scale)
            {
                // A nearly singular Hessian promises a zero far away.
                return true;
            }
        }

        for (var i = 0; i < D; i++)
        {
            Trial[i] = Point[i] + step[i];
        }

        return length <= 1e-16 * Scale;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Dampen(double[] h)
    {
        var square = new double[D * D];
        var right = new double[D];
        for (var i = 0; i < D; i++)
        {
            for (var k = 0; k < D; k++)
            {
                var hik = h[(i * D) + k];
                right[i] -= hik * Gradient[k];
                for (var j = 0; j <= i; j++)
                {
                    square[(i * D) + j] += hik * h[(k * D) + j];
                }
            }
        }

        if (damping < 0)
        {
            damping = 1e-3 * Enumerable.Range(0, D).Max(i => square[(i * D) + i]);
        }

        while (!TrySolve(square, right))
        {
            damping = Math.Max(10 * damping, 1e-15 * largest * largest);
        }

        predicted = 0;
        for (var i = 0; i < D; i++)
        {
            predicted += 0.5 * step[i] * ((damping * step[i]) + right[i]);
        }

        length = Length(step);
    }

    /// <summary>(H² + λI) p = −Hg by Cholesky's method; false where rounding leaves no positive pivot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TrySolve(double[] square, double[] right)
    {
        var l = (double[])square.Clone();
        for (var j = 0; j < D; j++)
        {
            var pivot = l[(j * D) + j] + damping;
            for (var k = 0; k < j; k++)
            {
                pivot -= l[(j * D) + k] * l[(j * D) + k];
            }

            if (!(pivot > 0))
            {
                return false;
            }

            pivot = l[(j * D) + j] = Math.Sqrt(pivot);
            for (var i = j + 1; i < D; i++)
            {
                var sum = l[(i * D) + j];
                for (var k = 0; k < j; k++)
                {
                    sum -= l[(i * D) + k] * l[(j * D) + k];
                }

                l[(i * D) + j] = sum / pivot;
            }
        }

        for (var i = 0; i < D; i++)
        {
            step[i] = right[i];
            for (var k = 0; k < i; k++)
            {
                step[i] -= l[(i * D) + k] * step[k];
            }

            step[i] /= l[(i * D) + i];
        }

        for (var i = D - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < D; k++)
            {
                step[i] -= l[(k * D) + i] * step[k];
            }

            step[i] /= l[(i * D) + i];
        }

        return true;
    }

    private void Refine(double[] h)
    {
        var spectrum = SymmetricEigenvalues.Decompose(h, D);
        var values = spectrum.Values;
        var floor = 1e-9 * Math.Max(Math.Abs(values[0]), Math.Abs(values[^1]));
        Array.Clear(step);
        double flat = 0;
        for (var k = 0; k < D; k++)
        {
            var v = spectrum.Vector(k);
            double along = 0;
            for (var i = 0; i < D; i++)
            {
                along += v[i] * Gradient[i];
            }

            if (Math.Abs(values[k]) <= floor)
            {
                flat += along * along;
                continue;
            }

            for (var i = 0; i < D; i++)
            {
                step[i] -= along / values[k] * v[i];
            }
        }

        (length, flatGradient) = (Length(step), Math.Sqrt(flat));
    }
}
