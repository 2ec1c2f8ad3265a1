namespace LandscapeGpu.Kernels;

/// <summary>What the damped Newton method knows at the point it has come to, and what it decides by that.</summary>
/// <remarks>
/// One code for lanes and kernels, so that they agree on what is stationary.
/// J. Nocedal, S. Wright: Numerical Optimization (2nd edition, 2006), §3.1 (sufficient decrease) and §3.4 (modified Hessians).
/// </remarks>
public struct NewtonPoint
{
    // A hundred steps are enough for flat minima, where Newton's method gains only a constant factor a step.
    private const int MostSteps = 100;

    // Raised pivots find most minima in a handful of steps; where many directions are flat, as in networks with more weights than data ask for,
    // they bend the step too far, and a multiple of the identity is added instead.
    private const int RaisedSteps = 8;

    // Twenty halvings: what is left of a step is less than its millionth.
    private const double LeastShare = 1e-6;

    /// <summary>Of <see cref="StepLengths.Reach"/>: endpoints are near their stationary points, and a longer step would lead to another one.</summary>
    public const double LongestStep = 0.1;

    /// <summary>A step that is halved so often is shorter than a rounding of where it leads.</summary>
    public const int MostHalvings = 64;

    /// <summary>Of a trial point: it was better, and a new direction is needed.</summary>
    public const int Taken = 0;

    /// <summary>It was not, and half as much of the direction is tried.</summary>
    public const int Refused = 1;

    /// <summary>It was not, and no share of the direction is, or there is no direction yet.</summary>
    public const int Exhausted = 2;

    /// <summary>Coordinates that the step would carry over a side which the gradient pushes them to are put onto it, and the others stay.</summary>
    public const int OntoSides = 1;

    /// <summary>The step is made up to the first side that it meets.</summary>
    public const int ToFirstSide = 3;

    /// <summary>Whether a trial at the sides is under way.</summary>
    public readonly bool IsAtSides => SideTrial is OntoSides or ToFirstSide;

    /// <summary>Points accepted so far, the first among them.</summary>
    public int Steps { get; set; }

    public double Value { get; set; }

    /// <summary>A bound of the value's rounding.</summary>
    public double Rounding { get; set; }

    /// <summary>‖∇f‖ of the coordinates that can move.</summary>
    public double Norm { get; set; }

    /// <summary>∇f·p of the direction p.</summary>
    public double Slope { get; set; }

    /// <summary>The share of the direction that is tried.</summary>
    public double Share { get; set; }

    /// <summary>‖p‖, the length of Newton's step.</summary>
    public double Length { get; set; }

    /// <summary>The length of the last step over that of the one before, both taken whole; 0 where they were not.</summary>
    public double Ratio { get; set; }

    /// <summary>How far Newton's step leads for each unit of the gradient, as the last step told that had any.</summary>
    public double Softness { get; set; }

    /// <summary>No step is made longer than Newton's: a longer one has led across something, or nobody could take it back, as on devices.</summary>
    public bool IsPlain { get; set; }

    public readonly bool IsShifted => Steps > RaisedSteps && Steps > RaisedUntil;

    /// <summary>
    /// Up to this step pivots are raised: whole steps that shrink by a share are on their way to a minimum where several derivatives vanish, and need more of them, all the more where
    /// they vanish in several orders along several directions. Plain walks never set it.
    /// </summary>
    public int RaisedUntil { get; set; }

    /// <summary>
    /// What was tried along this direction where the region's sides cut it off: <see cref="OntoSides"/> and <see cref="ToFirstSide"/>, in this order, and 0 before. A step that is cut
    /// off is no step along the direction any more: what f was to fall by may be gone, and out of a valley it leads uphill.
    /// </summary>
    public int SideTrial { get; set; }

    /// <summary>The share to go on with when a trial at the sides is no better.</summary>
    public double ShareAfterSides { get; set; }

    /// <summary>After a trial was refused: the last share along the direction that was.</summary>
    public readonly double Refusal => 2 * Share;

    /// <summary>
    /// The least share that is tried: of a whole step; of the first share, where sides cut that off. Along a valley steps are long, and what is left of one behind the sides may lead
    /// across the valley, where a short one is enough.
    /// </summary>
    public double Least { get; set; }

    /// <summary>The share has become so small that no decrease will be found.</summary>
    public readonly bool IsExhausted => Share < Least;

    /// <summary>A point that nothing is known about yet.</summary>
    public static NewtonPoint Unknown() => new() { Value = double.NaN, Norm = double.NaN };

    /// <summary>No share of a step by raised pivots is better: flat directions have made it too long.</summary>
    public readonly bool NeedsShift => IsExhausted && !IsShifted;

    /// <summary>From here on the Hessian is shifted.</summary>
    public void Shift()
    {
        RaisedUntil = 0;
        if (Steps <= RaisedSteps)
        {
            Steps = RaisedSteps + 1;
        }
    }

    public static bool IsFinite(double x) => Math.Abs(x) <= double.MaxValue;

    /// <summary>Takes a trial point that is better or halves the share: a value that falls is better, or one that is the same to its rounding with a shorter gradient.</summary>
    /// <returns><see cref="Taken"/>, <see cref="Refused"/> or <see cref="Exhausted"/>.</returns>
    public int Judge(double value, double rounding, double norm) => Judge(value, rounding, norm, norm < Norm);

    /// <summary>Takes a trial point that is better or halves the share: a value that falls is better, or one that is the same to its rounding at a point that is nearer to where the gradient is zero.</summary>
    /// <param name="value">f there.</param>
    /// <param name="rounding">A bound of its rounding.</param>
    /// <param name="norm">‖∇f‖ there.</param>
    /// <param name="isNearer">Whether the gradient says that the point is nearer.</param>
    public int Judge(double value, double rounding, double norm, bool isNearer)
    {
        var slack = Stationarity.Margin * (Rounding + rounding);
        if (IsFinite(value) && IsFinite(norm)
            && (Steps == 0 || value <= Value + (Stationarity.SufficientDecrease * Share * Slope) || (value <= Value + slack && isNearer)))
        {
            Accept(value, rounding, norm);
            return Taken;
        }

        Share = IsAtSides ? ShareAfterSides : 0.5 * Share;
        SideTrial += IsAtSides ? 1 : 0;
        return Steps == 0 || IsExhausted ? Exhausted : Refused;
    }

    /// <summary>Notes that sides cut off a share that was refused; answers how it goes on.</summary>
    /// <param name="share">That share.</param>
    public int GoOnAlongSides(double share)
    {
        Least = Math.Min(Least, LeastShare * share);
        return IsExhausted ? Exhausted : Refused;
    }

    /// <summary>The share of a step that takes a coordinate to the bound ahead; infinite where there is none, or the coordinate is at it.</summary>
    /// <param name="x">The coordinate.</param>
    /// <param name="p">The whole step along it.</param>
    /// <param name="lower">The lower bound.</param>
    /// <param name="upper">The upper bound.</param>
    public static double ShareToBound(double x, double p, double lower, double upper)
    {
        var apart = p < 0 ? x - lower : upper - x;
        // A few roundings farther: what is cut off there is at the bound, and not beside it, where a formula may have no bound of its rounding.
        return p == 0 || !(apart > Stationarity.BesideSide(upper - lower)) ? double.PositiveInfinity : apart / Math.Abs(p) * (1 + (8 * Stationarity.UnitRoundoff));
    }

    /// <summary>Tries something at the sides next.</summary>
    /// <param name="trial">Which of the two.</param>
    /// <param name="share">The share of the direction that it is.</param>
    public void TryAtSides(int trial, double share)
    {
        ShareAfterSides = Share;
        SideTrial = trial;
        Share = share;
    }

    /// <summary>Makes a point the one that is known.</summary>
    public void Accept(double value, double rounding, double norm)
    {
        Steps++;
        Value = value;
        Rounding = rounding;
        Norm = norm;
    }

    /// <summary>Takes a direction and the share of it to try first.</summary>
    /// <remarks>
    /// Where n derivatives vanish at a minimum, Newton's steps shrink by n/(n + 1) and no faster. Two whole steps that shrink alike tell n, and the next is
    /// n + 1 times as long: L. Rall, Convergence of the Newton process to multiple solutions (Numerische Mathematik 9, 1966).
    /// </remarks>
    /// <param name="slope">∇f·p.</param>
    /// <param name="length">‖p‖.</param>
    /// <param name="reach">What steps are short or long against: <see cref="StepLengths.Reach"/>.</param>
    /// <param name="ratio">How long the step is against the one before, where that was taken whole; 0 where it was not.</param>
    public void Turn(double slope, double length, double reach, double ratio)
    {
        var isShrinking = !IsPlain && ratio > 0.4 && ratio < 0.98;
        var isAlike = isShrinking && Math.Abs(ratio - Ratio) < 0.05 * (1 - ratio);
        var isMultiple = isAlike && length < 0.01 * reach;
        RaisedUntil = isShrinking && !IsShifted ? Steps + RaisedSteps : RaisedUntil;
        SideTrial = 0;
        Least = LeastShare;
        Ratio = ratio;
        Slope = slope;
        Length = length;
        Softness = Norm > 0 && length > 0 ? length / Norm : Softness;
        Share = Math.Min(isMultiple ? 1 / (1 - ratio) : 1, LongestStep * reach / length);
    }

    /// <summary>
    /// How far the stationary point may be: Newton's step, and as much again for the share of the gradient that is rounding. Along flat directions nothing holds a
    /// point, and that is no uncertainty of where it is across them: no more is said than a short step. A gradient that rounding has made 0 is known no better than others;
    /// NaN where no step has told how far that leads.
    /// </summary>
    /// <param name="error">‖bounds of the gradient's rounding‖.</param>
    /// <param name="reach">What steps are short or long against: <see cref="StepLengths.Reach"/>.</param>
    public readonly double UncertaintyFrom(double error, double reach) =>
        Norm > 0 || Softness > 0 || !(error > 0) ? Math.Min(Stationarity.QuarterOfTheDigits * reach, Norm > 0 ? Length * (1 + (error / Norm)) : Softness * error) : double.NaN;

    /// <summary>How far the value here may be from that of the stationary point, but for the slope that was seen: its own rounding, and the gradient's over the way there.</summary>
    /// <param name="error">‖bounds of the gradient's rounding‖.</param>
    /// <param name="uncertainty">How far the stationary point may be.</param>
    public readonly double DoubtFrom(double error, double uncertainty) => uncertainty >= 0 ? Rounding + (error * uncertainty) : Rounding;

    /// <summary>Newton's step is short, as it is not on a plateau, and promises no decrease that the value can show.</summary>
    public readonly bool PromisesNothing(double reach) => Stationarity.IsHidden(Slope, Rounding) && Length <= Stationarity.QuarterOfTheDigits * reach;

    /// <summary>The walk ends whatever it has found.</summary>
    public readonly bool IsOver => !IsFinite(Slope) || Steps > MostSteps;
}
