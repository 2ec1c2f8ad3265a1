namespace LandscapeGpu.Kernels;

/// <summary>What the damped Newton method knows at the point it has come to, and what it decides by that.</summary>
/// <remarks>
/// Lanes and kernels walk in their own ways; these decisions are one code for both, so that they agree on what is stationary.
/// J. Nocedal, S. Wright: Numerical Optimization (2nd edition, 2006), §3.1 (sufficient decrease) and §3.4 (modified Hessians).
/// </remarks>
public struct NewtonPoint
{
    // A hundred steps are enough for flat minima, where Newton's method gains only a constant factor a step.
    private const int MostSteps = 100;

    // Raised pivots find most minima in a handful of steps; where many directions are flat, as in networks with more weights than data ask for,
    // they bend the step too far, and a multiple of the identity is added instead.
    private const int RaisedSteps = 8;

    private const double LeastShare = 1e-6;

    /// <summary>Points accepted so far, the first among them.</summary>
    public int Steps { get; set; }

    public double Value { get; set; }

    /// <summary>‖∇f‖ of the coordinates that can move.</summary>
    public double Norm { get; set; }

    /// <summary>∇f·p of the direction p.</summary>
    public double Slope { get; set; }

    /// <summary>The share of the direction that is tried.</summary>
    public double Share { get; set; }

    /// <summary>The largest |Hᵢᵢ|.</summary>
    public double Largest { get; set; }

    /// <summary>‖p‖, the length of Newton's step.</summary>
    public double Length { get; set; }

    public readonly bool IsShifted => Steps > RaisedSteps;

    /// <summary>The share has become so small that no decrease will be found.</summary>
    public readonly bool IsExhausted => Share < LeastShare;

    /// <summary>A point that nothing is known about yet.</summary>
    public static NewtonPoint Unknown() => new() { Value = double.NaN, Norm = double.NaN };

    /// <summary>No share of a step by raised pivots falls, far from the floor of rounding: flat directions have made it too long.</summary>
    public readonly bool NeedsShift(double reach) => IsExhausted && !IsShifted && !IsAtFloor(reach);

    /// <summary>From here on the Hessian is shifted.</summary>
    public void Shift() => Steps = RaisedSteps + 1;

    public static bool IsFinite(double x) => Math.Abs(x) <= double.MaxValue;

    /// <summary>Whether a trial point is better.</summary>
    public readonly bool Accepts(double value, double norm)
    {
        // Near the floor of rounding the value says nothing any more; then a shorter gradient is progress.
        var slack = 1e-13 * Math.Abs(Value);
        return IsFinite(value) && IsFinite(norm)
            && (Steps == 0 || value <= Value + (1e-4 * Share * Slope) || (value <= Value + slack && norm < Norm));
    }

    public void Accept(double value, double norm)
    {
        Steps++;
        Value = value;
        Norm = norm;
    }

    /// <summary>Takes a direction and the share of it to try first.</summary>
    /// <param name="slope">∇f·p.</param>
    /// <param name="length">‖p‖.</param>
    /// <param name="largest">The largest |Hᵢᵢ|.</param>
    /// <param name="reach">1 + ‖x‖.</param>
    public void Turn(double slope, double length, double largest, double reach)
    {
        Slope = slope;
        Length = length;
        Largest = largest;
        // Endpoints are near their stationary points: a long step would lead to another one.
        Share = Math.Min(1, 0.1 * reach / length);
    }

    /// <summary>Newton's model promises no decrease that the value can show.</summary>
    public readonly bool PromisesNothing(double reach) =>
        // On a plateau the model promises next to nothing as well, but its minimum is far away.
        Math.Abs(Slope) <= 1e-24 * Math.Max(1, Math.Abs(Value)) && Length <= 1e-4 * reach;

    /// <summary>The walk ends whatever it has found.</summary>
    public readonly bool IsOver => !IsFinite(Slope) || Steps > MostSteps;

    /// <summary>The gradient is as short as rounding of the point lets it be, and Newton's step no longer leads anywhere.</summary>
    public readonly bool IsAtFloor(double reach)
    {
        var value = Math.Max(1, Math.Abs(Value));
        // Where rounding of the point alone moves the value visibly, double precision cannot tell what is stationary.
        return 1e-16 * Largest * reach * reach <= 1e-6 * value
            && Length <= 1e-6 * reach
            && Math.Abs(Slope) <= 1e-10 * value
            && Norm <= 1e-9 * Math.Max(Largest, 1e-300) * reach
            && Norm <= 1e-5 * value;
    }
}
