namespace LandscapeGpu.Descent;

/// <summary>What an update rule is written in terms of: the point, the objective there and elsewhere, and what is kept between steps.</summary>
public sealed class StepContext
{
    /// <summary>The step size, among the numbers that rules can tune.</summary>
    public const string StepName = "step";

    /// <summary>The value of a restart that has not been evaluated yet.</summary>
    internal const double Unknown = 1e30;

    // √2⁻²⁴.
    private const double SingleHalfTheDigits = 2.44140625e-4;

    private readonly Objective objective;
    private readonly DescentOptions options;
    private readonly IReadOnlyList<Parameter> numbers;
    private readonly Real value;
    private readonly Vector raw;
    private readonly VectorForm form;
    private readonly Region region;

    internal StepContext(Objective objective, DescentOptions options, Real value, Vector gradient)
    {
        this.objective = objective;
        this.options = options;
        numbers = options.Numbers;
        this.value = value;
        raw = gradient;
        form = VectorForm.Of(gradient);
        // Speed is measured without sides; a surface is part of the formula.
        region = options.Stop.OnlyIterations && objective.Surface is null ? Region.WholeSpace : objective.Region;
        Ending = new(this, objective, options, gradient);
        Steps = Scalar("steps", 0);
    }

    /// <summary>The number of coordinates.</summary>
    public int Dimension => objective.Dimension;

    /// <summary>The point.</summary>
    public Point X => objective.Point;

    /// <summary>The gradient at the point, shortened if it is to be clipped.</summary>
    public Vector Gradient
    {
        get
        {
            var own = WithEnds(Tangent(raw, X), Each(_ => 0), X);
            Ending.Tested ??= (own, X, null);
            return clipped ??= Clipped(own);
        }
    }

    /// <summary>The mean width of a bounded box; null where there is none.</summary>
    public double? Width => objective.Region.Width;

    /// <summary>How far a step may go where nothing but the set says how far.</summary>
    internal double Reach => objective.Region.LongestStep;

    /// <summary>A number so small that only a division by zero could have asked for it, and so far above the least that dividing by it overflows nothing ordinary.</summary>
    public double Tiny => options.IsDouble ? 1e-280 : 1e-30;

    /// <summary>The square of a gradient that is nearly as long as numbers go: the next step overflows.</summary>
    internal double LongestSquare => options.IsDouble ? 1e300 : 1e38;

    /// <summary>What the rule says of how the restart ends, and what follows from it.</summary>
    internal StepEnding Ending { get; }

    internal List<(Point Slot, double Initial)> Slots { get; } = [];

    internal List<(Point Slot, Index At, Vector Value)> Kept { get; } = [];

    /// <summary>How many steps the restart has made.</summary>
    public ScalarSlot Steps { get; }

    /// <summary>Noise to be filled in by the device before each step, if the options ask for it.</summary>
    internal Point? Noise { get; private set; }

    /// <summary>How many slots of the circular memory there are; 0 for none.</summary>
    internal int Turns { get; private set; }

    private Vector? clipped;
    private Real? stepSize;
    private Real? factor;

    /// <summary>A vector made coordinate by coordinate.</summary>
    public Vector Each(Func<Index, Real> coordinate) => form.Each(Dimension, coordinate);

    /// <summary>Σ over coordinates.</summary>
    public Real Total(Func<Index, Real> term) => form.Total(Dimension, term);

    /// <summary>The scheduled step size, of a rule that has one.</summary>
    public Real StepSize() => stepSize = Scheduled(Number(StepName));

    /// <summary>A step size times the schedule's factor.</summary>
    public Real Scheduled(Real step) => options.Schedule == Schedule.Constant ? step : step * (factor ??= options.Schedule.Factor(this));

    /// <summary>A number that is read when the program runs, so that changing it compiles nothing: one that the rule, schedule or stop rule names as tunable.</summary>
    public Real Number(string name) => numbers.Single(n => n.Name == DescentOptions.Prefix + name);

    /// <summary>Value and gradient at another point.</summary>
    public (Real Value, Vector Gradient) At(Vector point)
    {
        RequireUnclipped();
        var there = new Rewriting(vectors: new() { [X] = point });
        return (there.Apply(value), Tangent(there.Apply(raw), point));
    }

    /// <summary>The value at the point.</summary>
    public Real Value => value;

    /// <summary>The Hessian at the point times a vector; on a surface the Riemannian one, of a tangent vector.</summary>
    public Vector Product(Vector v)
    {
        RequireUnclipped();
        return Tangent(ForwardMode.Along(Tangent(raw, X), X, v) ?? Each(_ => 0), X);
    }

    /// <summary>√u of the precision that the step is made in: what is smaller than this share of what it is compared with has lost half its digits.</summary>
    public double HalfTheDigits => options.IsDouble ? Stationarity.HalfTheDigits : SingleHalfTheDigits;

    /// <summary>⁴√u of that precision: a Newton step this short against 1 + ‖x‖ has begun to double the digits.</summary>
    public double QuarterOfTheDigits => Math.Sqrt(HalfTheDigits);

    /// <summary>A vector of normal numbers, others in each step of each restart.</summary>
    public Vector Normal() => options.Temperature == 0
        ? Noise ??= new Point("noise", Dimension)
        : throw new ArgumentException($"Noise was asked for, and {options.Rule.Name} draws its own; leave the temperature out.");

    /// <summary>A vector kept between steps, zero at the start.</summary>
    public Point Slot(string name, int? length = null)
    {
        var slot = new Point(name, length ?? Dimension);
        Slots.Add((slot, 0));
        return slot;
    }

    /// <summary>A number kept between steps.</summary>
    public ScalarSlot Scalar(string name, double initial)
    {
        var slot = new Point(name, 1);
        Slots.Add((slot, initial));
        return new(slot);
    }

    /// <summary>The place of a circular memory that is overwritten in this step: 0, 1, …, n−1, 0, …</summary>
    public Index Turn(int n)
    {
        Turns = n;
        return n == 1 ? 0 : Index.Slot(0, n);
    }

    /// <summary>What a slot holds after this step.</summary>
    public void Keep(Point slot, Vector next) => Kept.Add((slot, 0, next));

    /// <summary>What a number is after this step.</summary>
    public void Keep(ScalarSlot slot, Real next) => Kept.Add((slot.Point, 0, One(next)));

    /// <summary>What elements of a slot hold after this step, from an index on.</summary>
    public void KeepAt(Point slot, Index at, Vector next) => Kept.Add((slot, at, next));

    internal static Vector One(Real r) => new ComponentVector([r]);

    /// <summary>The nearest point of the region, or the point of the surface that one near it is taken to.</summary>
    public Vector Project(Vector v) => region.Project(v, form);

    /// <summary>The part of a vector that is tangent to the surface at a point; all of it where the region has an inside.</summary>
    public Vector Tangent(Vector v, Vector at) => region.Tangent(v, at, form);

    /// <summary>The part of a vector that the region's sides leave free at a point, given the gradient there.</summary>
    public Vector Free(Vector v, Vector gradient, Vector at) => region.Free(v, gradient, at, form);

    /// <summary>A gradient with what it was before where it is infinite and pushes against a side, as that of √x at 0 does: products with it are numbers, and the side holds the coordinate all the same.</summary>
    internal Vector WithEnds(Vector gradient, Vector before, Vector at)
    {
        if (region.Sides is null || !Smoothness.MayBeSteep(value))
        {
            return gradient;
        }

        var free = Free(Each(_ => 1), gradient, at);
        return Each(i => Select(Equal(free[i], 0) & !(Square(gradient[i]) < LongestSquare), before[i], gradient[i]));
    }

    /// <summary>What the gradient changes by over a step, with the curvature of a side that holds both ends.</summary>
    public Vector Change((Vector Gradient, Vector At) from, (Vector Gradient, Vector At) to) => region.Change(from, to, form);

    /// <summary>How much a value may seem to rise by rounding alone: ninety roundings in double precision, of a sum of many terms; in single, where more is lost to, seventeen.</summary>
    public Real Slack(Real f) => (options.IsDouble ? 1e-14 : 1e-6) * Abs(f);

    /// <summary>Names the gradient that convergence is decided by, where it was taken, and the value there if it is known.</summary>
    public void Tests(Vector gradient, Vector at, Real? known = null) => Ending.Tested = (gradient, at, known);

    /// <summary>The restart ends as not finite.</summary>
    public void FailsWhen(Condition condition) => Ending.Fails = condition;

    /// <summary>The restart has converged when this is so, in place of when the gradient is short.</summary>
    public void SettlesWhen(Condition condition) => Ending.Settles = condition;

    /// <summary>The restart ends as stalled where this is so: the rule can go no further.</summary>
    public void StallsWhen(Condition condition) => Ending.Stalls = condition;

    /// <summary>The square of the longest gradient of a restart that has converged.</summary>
    public Real ToleratedSquare => Number("stop.tolerance²");

    /// <summary>Whether a vector is no longer than that.</summary>
    public Condition IsShort(Vector gradient) => Total(i => Square(gradient[i])) <= ToleratedSquare;

    /// <summary>The next point with noise and the region's projection, if they apply.</summary>
    internal Vector Finish(Vector next)
    {
        if (options.Temperature > 0)
        {
            var eta = stepSize ?? throw new ArgumentException(
                $"Noise was asked for, and {options.Rule.Name} has no step size for it to follow; use gradient-descent, momentum or another rule with a step size.");
            var noise = Noise = new Point("noise", Dimension);
            var spread = Sqrt(2 * Number("temperature") * eta);
            var still = next;
            next = Each(i => still[i] + (spread * noise[i]));
        }

        return options.Rule.StaysInRegion ? next : Project(next);
    }

    /// <summary>Refuses clipping, for a rule that reads the gradient's length.</summary>
    /// <exception cref="ArgumentException">Gradients are to be clipped.</exception>
    public void RequireUnclipped()
    {
        if (options.Clip is not null)
        {
            throw new ArgumentException($"Gradients are clipped, and {options.Rule.Name} decides by the gradient's true length; leave out clipping, or use another rule.");
        }
    }

    private Vector Clipped(Vector gradient)
    {
        if (options.Clip is null)
        {
            return gradient;
        }

        var factor = Min(1, Number("clip") / Sqrt(Max(Total(i => Square(gradient[i])), Tiny)));
        return Each(i => factor * gradient[i]);
    }
}
