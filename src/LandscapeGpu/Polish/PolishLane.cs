using LandscapeGpu.Kernels;

namespace LandscapeGpu.Polish;

/// <summary>One point on its way to stationarity.</summary>
internal sealed class PolishLane(int d)
{
    private NewtonPoint at;

    public int Item { get; set; } = -1;

    public double[] Point { get; } = new double[d];

    public double[] Gradient { get; private set; } = new double[d];

    /// <summary>Where it began.</summary>
    public double[] Origin { get; } = new double[d];

    public double[] Trial { get; } = new double[d];

    public double[] TrialGradient { get; private set; } = new double[d];

    public double[] Direction { get; } = new double[d];

    /// <summary>What is known at the point, and what is decided by it.</summary>
    public NewtonPoint At => at;

    public bool Turning { get; set; }

    /// <summary>1 + ‖x‖: distances are short or long against it.</summary>
    public double Reach => 1 + Euclidean(Point);

    /// <summary>What is as far away as the origin is not the stationary point the restart came near to.</summary>
    public bool HasStrayed
    {
        get
        {
            double square = 0;
            for (var i = 0; i < Point.Length; i++)
            {
                square += (Point[i] - Origin[i]) * (Point[i] - Origin[i]);
            }

            return Math.Sqrt(square) > 1 + Euclidean(Origin);
        }
    }

    public void Begin(int item) => (Item, Turning, at) = (item, false, NewtonPoint.Unknown());

    public void Accept(double value, double norm)
    {
        at.Accept(value, norm);
        Trial.CopyTo(Point, 0);
        (Gradient, TrialGradient) = (TrialGradient, Gradient);
    }

    /// <summary>Takes the direction that was solved for.</summary>
    /// <param name="largest">The largest |Hᵢᵢ|.</param>
    public void Turn(double largest)
    {
        Turning = false;
        double slope = 0, square = 0;
        for (var i = 0; i < Direction.Length; i++)
        {
            // Where a bound holds, the slope may be infinite.
            slope += Direction[i] == 0 ? 0 : Direction[i] * Gradient[i];
            square += Direction[i] * Direction[i];
        }

        at.Turn(slope, Math.Sqrt(square), largest, Reach);
    }

    /// <summary>Asks for another direction, from the Hessian plus a multiple of the identity.</summary>
    public void Shift()
    {
        at.Shift();
        Turning = true;
    }

    /// <summary>Tries half as much of the direction.</summary>
    public void Halve() => at.Share *= 0.5;

    public void Advance()
    {
        for (var i = 0; i < Point.Length; i++)
        {
            Trial[i] = Point[i] + (at.Share * Direction[i]);
        }
    }

    private static double Euclidean(double[] v)
    {
        double square = 0;
        foreach (var e in v)
        {
            square += e * e;
        }

        return Math.Sqrt(square);
    }
}
