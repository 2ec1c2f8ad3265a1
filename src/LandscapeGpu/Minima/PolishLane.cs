namespace LandscapeGpu.Minima;

/// <summary>One point on its way to stationarity.</summary>
internal sealed class PolishLane(int d)
{
    // Raised pivots find most minima in a handful of steps; where many directions are flat, as in networks with more weights than data ask for,
    // they bend the step too far, and a multiple of the identity is added instead.
    private const int RaisedSteps = 8;

    public int Item { get; set; } = -1;

    public int Steps { get; private set; }

    public double[] Point { get; } = new double[d];

    public double[] Gradient { get; private set; } = new double[d];

    /// <summary>Where it began.</summary>
    public double[] Origin { get; } = new double[d];

    public double[] Trial { get; } = new double[d];

    public double[] TrialGradient { get; private set; } = new double[d];

    public double[] Direction { get; } = new double[d];

    public double Value { get; private set; }

    public double Norm { get; private set; }

    public double Slope { get; set; }

    /// <summary>The share of the direction that is tried.</summary>
    public double Share { get; set; }

    /// <summary>The largest |Hᵢᵢ|.</summary>
    public double Largest { get; set; }

    /// <summary>The length of Newton's step.</summary>
    public double Length { get; set; }

    public bool Turning { get; set; }

    /// <summary>The direction comes from the Hessian plus a multiple of the identity, no longer from raised pivots.</summary>
    public bool IsShifted => Steps > RaisedSteps;

    /// <summary>1 + ‖x‖: distances are short or long against it.</summary>
    public double Reach => 1 + Euclidean(Point);

    /// <summary>Newton's model promises a decrease that the value cannot show. On a plateau it does as well, but its minimum is far away.</summary>
    public bool IsPromised => Math.Abs(Slope) <= 1e-24 * Math.Max(1, Math.Abs(Value)) && Length <= 1e-4 * Reach;

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

    /// <summary>The gradient is as short as rounding of the point lets it be, and Newton's step no longer leads anywhere.</summary>
    public bool IsAtFloor
    {
        get
        {
            var (reach, value) = (Reach, Math.Max(1, Math.Abs(Value)));
            // Where rounding of the point alone moves the value visibly, double precision cannot tell what is stationary.
            var decidable = 1e-16 * Largest * reach * reach <= 1e-6 * value;
            return decidable
                && Length <= 1e-6 * reach
                && Math.Abs(Slope) <= 1e-10 * value
                && Norm <= 1e-9 * Math.Max(Largest, 1e-300) * reach
                && Norm <= 1e-5 * value;
        }
    }

    public void Begin(int item)
    {
        (Item, Steps, Turning, Norm, Value) = (item, 0, false, double.NaN, double.NaN);
    }

    /// <summary>Raised pivots lead nowhere from here: flat directions make their step so long that no share of it falls.</summary>
    public void GiveUpRaised() => Steps = RaisedSteps + 1;

    public void Accept(double value, double norm)
    {
        Steps++;
        (Value, Norm) = (value, norm);
        Trial.CopyTo(Point, 0);
        (Gradient, TrialGradient) = (TrialGradient, Gradient);
    }

    public void Advance()
    {
        for (var i = 0; i < Point.Length; i++)
        {
            Trial[i] = Point[i] + (Share * Direction[i]);
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
