namespace LandscapeGpu.Kernels;

/// <summary>The vectors of a damped Newton method, and what is computed of them: the same on lanes and devices.</summary>
/// <param name="point">Where it is.</param>
/// <param name="gradient">∇f there.</param>
/// <param name="origin">Where it began.</param>
/// <param name="direction">Newton's step p.</param>
/// <param name="trial">Where it looks next.</param>
/// <param name="d">The number of coordinates.</param>
public readonly struct NewtonVectors<TEntries>(TEntries point, TEntries gradient, TEntries origin, TEntries direction, TEntries trial, int d)
    where TEntries : struct, IEntries<Scalar, TEntries>
{
    private readonly TEntries point = point;
    private readonly TEntries gradient = gradient;
    private readonly TEntries origin = origin;
    private readonly TEntries direction = direction;
    private readonly TEntries trial = trial;
    private readonly int d = d;

    /// <summary>Whether it has come so far that what is there is not the stationary point the restart came near to.</summary>
    /// <param name="leash">How far it may come.</param>
    public bool HasStrayed(double leash)
    {
        var square = 0.0;
        for (var i = 0; i < d; i++)
        {
            double step = point[i] - origin[i];
            square += step * step;
        }

        return Math.Sqrt(square) > leash;
    }

    /// <summary>Takes the direction that was solved for.</summary>
    /// <param name="at">What is known of the point.</param>
    /// <param name="reach">What steps are short or long against.</param>
    public void Turn(ref NewtonPoint at, double reach) => Turn(ref at, reach, at.Share == 1 && at.Length > 0 ? Norm(direction) / at.Length : 0);

    /// <summary>Takes the direction that was solved for.</summary>
    /// <param name="at">What is known of the point.</param>
    /// <param name="reach">What steps are short or long against.</param>
    /// <param name="ratio">How long the step is against the one before, where that was taken whole; 0 where it was not.</param>
    public void Turn(ref NewtonPoint at, double reach, double ratio)
    {
        var slope = 0.0;
        for (var i = 0; i < d; i++)
        {
            // Where a bound holds, the slope may be infinite, and p is 0.
            double p = direction[i];
            slope += p == 0 ? 0 : p * gradient[i];
        }

        at.Turn(slope, Norm(direction), reach, ratio);
    }

    /// <summary>The next trial point: the share of the direction that is tried.</summary>
    public void Advance(double share)
    {
        for (var i = 0; i < d; i++)
        {
            trial.Set(i, point[i] + (share * direction[i]));
        }
    }

    private double Norm(TEntries v)
    {
        var square = 0.0;
        for (var i = 0; i < d; i++)
        {
            square += v[i] * v[i];
        }

        return Math.Sqrt(square);
    }
}
