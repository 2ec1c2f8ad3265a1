namespace LandscapeGpu.Pathways;

/// <summary>How a walk downhill ended.</summary>
internal enum DownhillEnd
{
    /// <summary>It is still falling: the steps were used up.</summary>
    Lost,

    /// <summary>It came to where Newton's step leads to the minimum.</summary>
    Arrived,

    /// <summary>It came to a side of the region.</summary>
    AtSide,

    /// <summary>It ran out of reach: downhill there is no minimum.</summary>
    Endless,

    /// <summary>However short a step, f is not what its gradient foretells: a jump, a kink, or f is not finite ahead.</summary>
    Blocked,
}

/// <summary>The path that a walk downhill took.</summary>
internal sealed class DownhillPath
{
    /// <summary>How it ended.</summary>
    public DownhillEnd End { get; set; }

    /// <summary>The points, from the saddle on.</summary>
    public List<double[]> Points { get; } = [];

    /// <summary>f at them.</summary>
    public List<double> Values { get; } = [];

    /// <summary>Goes on by another, from where this one ended.</summary>
    public void Append(DownhillPath further)
    {
        Points.AddRange(further.Points);
        Values.AddRange(further.Values);
        End = further.End;
    }
}

/// <summary>Steepest descent from a saddle of index 1, along one of its two downhill directions: the intrinsic reaction coordinate.</summary>
/// <param name="objective">The landscape.</param>
/// <param name="away">Of a walk, the unit vector of its downhill direction.</param>
/// <param name="path">Where a walk's path is written.</param>
/// <remarks>
/// Each step follows the exact curve of steepest descent of the local quadratic, x(t) = −Σ vᵢ gᵢ(1 − e^(−λᵢt))/λᵢ: M. Page and J. W. McIver (1988), Journal of
/// Chemical Physics 88, 922, on the modes that products with the Hessian show from the gradient on. It is as long as the gradient at its end agrees with what the quadratic foretold.
/// </remarks>
internal sealed class DownhillWalk(Objective objective, Func<int, double[]> away, Func<int, DownhillPath> path) : ModeWalk(objective)
{
    private const int MostSteps = 3_000;

    // How far the first step leads away from the saddle, in units of the landscape's own: so short that leaving along the eigenvector bends by its square.
    private const double FirstRadius = 1.0 / 64;

    // The gradient's error at the end of a step, as a share of the gradient: taken back beyond the first, lengthened below the second. The path is off by
    // the cube of a step where the gradient is off by its square.
    private const double Wrong = 1.0 / 32;
    private const double Right = 1.0 / 256;

    private readonly double[] foretold = new double[objective.Dimension];
    private readonly double[] along = new double[objective.Dimension];
    private double radius;
    private double length;
    private double leftOut;
    private bool isNewton;
    private bool hasLeft;

    public override bool IsStationary => path(Item).End is DownhillEnd.Arrived or DownhillEnd.AtSide;

    public override void Begin(int item, ReadOnlySpan<double> start)
    {
        base.Begin(item, start);
        (radius, isNewton, hasLeft, leftOut) = (FirstRadius, false, false, 0);
    }

    protected override IEnumerable<double[]> Guides() => hasLeft ? [Gradient] : [away(Item)];

    protected override bool EndsAt(Trial trial)
    {
        if (Steps == 0)
        {
            return !Take(trial);
        }

        FreeAhead(foretold);
        var (error, size) = (0.0, 0.0);
        for (var i = 0; i < D; i++)
        {
            error += (trial.Gradient[i] - foretold[i]) * (trial.Gradient[i] - foretold[i]);
            size = Math.Max(size, Math.Max(Math.Abs(foretold[i]), Math.Abs(Gradient[i])));
        }

        // Newton's step foretells nothing but a shorter gradient.
        error = Math.Sqrt(error) / Math.Max(size, double.Epsilon);
        var noise = trial.Errors.Where(double.IsFinite).Sum() / Math.Max(size, double.Epsilon);
        var isFinite = double.IsFinite(trial.Value) && double.IsFinite(error);
        if (!isFinite || (error > Wrong + noise) || trial.Value > Value + (Stationarity.Margin * (trial.Rounding + Rounding)))
        {
            radius = Math.Min(radius, length) / 2;
            isNewton = false;
            if (radius > Stationarity.UnitRoundoff * Scale)
            {
                return ++Steps > MostSteps || (hasLeft && IsZero && Arrive());
            }

            path(Item).End = DownhillEnd.Blocked;
            return true;
        }

        radius = error <= Right ? Math.Max(radius, 2 * Math.Min(radius, length)) : radius;
        hasLeft = true;
        if (!Take(trial))
        {
            return true;
        }

        if (Region!.IsBeyondSides(Point))
        {
            _ = Region.TryProject(Point);
            path(Item).End = DownhillEnd.AtSide;
            return true;
        }

        if (HasEscaped)
        {
            path(Item).End = DownhillEnd.Endless;
            return true;
        }

        return Steps > MostSteps || (isNewton && length <= Stationarity.QuarterOfTheDigits * Scale && Arrive());
    }

    public override bool Turn()
    {
        if (!Modes.TrySolve())
        {
            // Where every direction is held there is none to go.
            return !IsZero || Arrive();
        }

        if (!hasLeft)
        {
            // The saddle's own mode, of which the space holds the direction itself.
            var curvature = Inner.Product(Modes.Along(away(Item)), [.. Modes.Values.Zip(Modes.Along(away(Item)), (l, a) => l * a)]);
            for (var i = 0; i < D; i++)
            {
                along[i] = radius * away(Item)[i];
                foretold[i] = curvature * along[i];
            }
        }
        else
        {
            Follow();
        }

        leftOut = Modes.Outside(along);
        var whole = Length(along);
        if (AdvanceWithin(along))
        {
            // Where a side cuts it, it is no Newton's step.
            isNewton &= Math.Abs(Length(along) - whole) <= Right * whole;
            Modes.ProductWith(along).CopyTo(foretold, 0);
            Inner.Add(1, Gradient, foretold);
        }

        length = Length(along);

        if (length > Stationarity.UnitRoundoff * Scale)
        {
            return false;
        }

        return !hasLeft || Arrive();
    }

    private void Follow()
    {
        var values = Modes.Values;
        var floor = Stationarity.HalfTheDigits * Math.Max(Math.Abs(values[0]), Math.Abs(values[^1]));
        var slopes = Modes.Along(Gradient);

        // In units of the stiffest mode's time the step is found by halving.
        var (low, high) = (0.0, 1 / Math.Max(Math.Abs(values[0]), Math.Abs(values[^1])));
        isNewton = values[0] > -floor && Far(double.PositiveInfinity) <= radius;
        if (isNewton)
        {
            low = double.PositiveInfinity;
        }
        else
        {
            while (Far(high) < radius && high < double.MaxValue / 4)
            {
                (low, high) = (high, 2 * high);
            }

            for (var halving = 0; halving < 40; halving++)
            {
                var middle = 0.5 * (low + high);
                (low, high) = Far(middle) < radius ? (middle, high) : (low, middle);
            }
        }

        Modes.Combine([.. values.Select((l, k) => -slopes[k] * Reach(l, low))], along);
        Modes.Combine([.. values.Select((l, k) => slopes[k] * Left(l, low))], foretold);

        double Far(double t)
        {
            double square = 0;
            for (var k = 0; k < values.Length; k++)
            {
                var far = slopes[k] * Reach(values[k], t);
                square += far * far;
            }

            return Math.Sqrt(square);
        }

        // (1 − e^(−λt))/λ; along what is flat, nothing once the walk is near the minimum.
        double Reach(double curvature, double t) => Math.Abs(curvature) <= floor ? (double.IsInfinity(t) ? 0 : t)
            : double.IsInfinity(t) ? 1 / curvature
            : -Expm1(-curvature * t) / curvature;

        double Left(double curvature, double t) => Math.Abs(curvature) <= floor ? 1 : double.IsInfinity(t) ? 0 : Math.Exp(-curvature * t);
    }

    private bool Take(Trial trial)
    {
        if (!double.IsFinite(trial.Value))
        {
            return false;
        }

        Accept(trial);
        Fit(leftOut);
        Modes.Forget();
        path(Item).Points.Add([.. Point]);
        path(Item).Values.Add(Value);
        return true;
    }

    private bool Arrive()
    {
        path(Item).End = DownhillEnd.Arrived;
        return true;
    }

    // eˣ − 1; below the first bound the next term of the series is a rounding.
    private static double Expm1(double x) => Math.Abs(x) < Stationarity.HalfTheDigits ? x : Math.Exp(x) - 1;
}
