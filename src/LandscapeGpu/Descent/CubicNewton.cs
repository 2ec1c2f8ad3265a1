namespace LandscapeGpu.Descent;

/// <summary>Newton's method with cubic regularisation: s minimises ⟨g, s⟩ + ½⟨s, Hs⟩ + (M/6)‖s‖³, and M follows how well that foretold f.</summary>
/// <remarks>
/// The model is minimised by conjugate gradients on it, one product of the Hessian with a vector an iteration; each step's length is where a bound of the
/// model from above is least, so the model falls at every one. Inner iterations end when the model's gradient is below a tenth of M‖s‖²; then x + s is
/// tried: by its value, and where it is so near that rounding may be all that values differ by, by its gradient too. Negative curvature is followed as far as M lets it, however short the gradient: so saddles are left.
/// Nesterov and Polyak (2006), Cubic regularization of Newton method and its global performance; Cartis, Gould and Toint (2011), Adaptive cubic
/// regularisation methods, Mathematical Programming 127, 245.
/// </remarks>
public sealed record CubicNewton : UpdateRule
{
    // Of the model's M‖s‖², and of the fall foretold: Cartis, Gould and Toint.
    private const double Inexactness = 0.1;
    private const double Good = 0.1;
    private const double VeryGood = 0.9;

    // Conjugate gradients need d products on a quadratic; the cubic term changes its matrix as s grows, and rounding costs some: three times that, and ten more where d is small.
    private const double ProductsOfEach = 3;
    private const double MoreProducts = 10;

    // The model's gradient is a sum of g, Hs and M‖s‖s/2, and Hs one over the iterations: a hundred times what a value may be wrong by is its rounding.
    private const double RoundingOfModel = 100;

    // After a step that was no good; after a very good one M is halved.
    private const double Stiffer = 10;

    /// <inheritdoc/>
    public override string Name => "cubic";

    /// <summary>How long the first step is where curvature is negative: M begins as the curvature seen over this length. Null for a twentieth of the box's mean width, or without a box 1.</summary>
    public double? FirstLength { get; init; }

    internal override bool IsScaleFree => FirstLength is null;

    /// <inheritdoc/>
    public override string ToString() => FirstLength is { } length ? FormattableString.Invariant($"{Name} (first length {length})") : Name;

    /// <inheritdoc/>
    public override IEnumerable<(string Name, double Value)> Tunable => FirstLength is { } given ? [(StepContext.StepName, RuleNumbers.Positive(given, "The first length of cubic regularisation"))] : [];

    /// <inheritdoc/>
    public override UpdateRule Shape => FirstLength is null ? this : this with { FirstLength = 1 };

    /// <inheritdoc/>
    public override bool StaysInRegion => true;

    /// <inheritdoc/>
    public override Vector Write(StepContext step)
    {
        var x = step.X;
        var slope = step.Free(step.Gradient, step.Gradient, x);
        var (s, hs, last, p) = (step.Slot("s"), step.Slot("Hs"), step.Slot("last"), step.Slot("p"));
        var (count, weight) = (step.Scalar("count", 0), step.Scalar("M", 0));
        Real Dot(Vector a, Vector b) => step.Total(i => a[i] * b[i]);
        Real Length(Vector a) => Sqrt(Dot(a, a));
        Vector Free(Vector v) => step.Free(v, step.Gradient, x);

        // The model's gradient at s.
        var length = Length(s);
        var bend = 0.5 * weight.Value * length;
        var gradient = step.Each(i => slope[i] + hs[i] + (bend * s[i]));
        var steep = Length(slope);
        var isDone = (count.Value >= 1) & ((Length(gradient) <= (Inexactness * weight.Value * Square(length)) + (RoundingOfModel * step.Slack(steep))) | (count.Value >= (ProductsOfEach * step.Dimension) + MoreProducts));

        // Where the model is minimised, x + s is tried.
        var trial = step.Project(step.Each(i => x[i] + Select(isDone, s[i], 0)));
        var (value, there) = step.At(trial);
        var foretold = -(Dot(slope, s) + (0.5 * Dot(s, hs)) + (weight.Value / 6 * length * Square(length)));
        // Where a formula cancels, values may be rounding long before gradients are: of a short step slopes at both ends say how far f falls, up to a term of the third order.
        var bySlopes = -0.5 * step.Total(i => (slope[i] + there[i]) * (trial[i] - x[i]));
        var isShort = length <= step.QuarterOfTheDigits * (1 + Length(x));
        var byValues = step.Value - value + step.Slack(step.Value);
        var fall = Select(isShort, Max(byValues, bySlopes), byValues);
        // Arrived where the gradient is short and curvature leads nowhere either: the step that is left is below half the digits.
        step.SettlesWhen(isDone & step.IsShort(slope) & (length <= step.HalfTheDigits * (1 + Length(x))));
        var isTaken = isDone & (fall >= Good * foretold);
        // A step that is less than a rounding of the point, and no good: rounding lets nothing more be found.
        step.StallsWhen(isDone & !isTaken & (length <= Square(step.HalfTheDigits) * (1 + Length(x))));

        // Polak and Ribière's direction, or the gradient's where that leads up.
        var lastSquare = Dot(last, last);
        var changed = step.Total(i => gradient[i] * (gradient[i] - last[i]));
        var beta = Select((count.Value >= 1) & (lastSquare > 0), Max(0, changed / Max(lastSquare, step.Tiny)), 0);
        var conjugate = step.Each(i => (beta * p[i]) - gradient[i]);
        var isDown = Dot(conjugate, gradient) < 0;
        var direction = step.Each(i => Select(isDown, conjugate[i], -gradient[i]));
        var turned = Free(step.Product(direction));
        var square = Dot(direction, direction);
        var size = Max(Sqrt(square), step.Tiny);
        var reach = FirstLength is not null ? step.Number(StepContext.StepName) : Real.Constant(step.Reach);
        var m = Select(weight.Value > 0, weight.Value, Max(((Length(turned) / size) + (steep / reach)) / reach, step.Tiny));

        // ‖·‖³'s second derivative is at most 6(‖s‖ + t‖p‖)‖p‖²: the bound's slope is b + ct + ½at², and t its positive zero.
        var b = -Dot(direction, gradient);
        var c = Dot(direction, turned) + (m * length * square);
        var a = m * square * size;
        var root = Sqrt(Square(c) + (2 * a * b));
        var t = Select(c > 0, 2 * b / Max(c + root, step.Tiny), (root - c) / Max(a, step.Tiny));

        step.Keep(s, step.Each(i => Select(isDone, 0, s[i] + (t * direction[i]))));
        step.Keep(hs, step.Each(i => Select(isDone, 0, hs[i] + (t * turned[i]))));
        step.Keep(last, step.Each(i => gradient[i]));
        step.Keep(p, step.Each(i => direction[i]));
        step.Keep(count, Select(isDone, 0, count.Value + 1));
        step.Keep(weight, Select(isDone, Select(!isTaken, Stiffer * m, Select(fall >= VeryGood * foretold, 0.5 * m, m)), m));
        return step.Each(i => Select(isTaken, trial[i], x[i]));
    }
}
