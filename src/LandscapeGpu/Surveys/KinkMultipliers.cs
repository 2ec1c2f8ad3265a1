namespace LandscapeGpu.Surveys;

/// <summary>The point where some kinks' arguments are zero and multipliers hold the slope, and whether they prove that it is a minimum.</summary>
/// <remarks>
/// With weights w ≥ 0 a formula is Σ w‖u‖ beside what is smooth, and ‖u‖ ≥ σ·u for every ‖σ‖ ≤ 1: it is nowhere near below its Lagrangian, and equal to it where u = 0 or σ is the sign of u. Where the Lagrangian is stationary and curved upward along
/// what the kinks leave free it is a minimum. Point and multipliers are found by the method of multipliers, each step Newton's (D. Bertsekas: Constrained Optimization and Lagrange Multiplier Methods, 1982), which takes
/// kinks that depend on each other as they are.
/// </remarks>
/// <param name="form">The formula.</param>
/// <param name="steps">Newton steps within the region.</param>
internal sealed class KinkMultipliers(KinkForm form, FreeSteps steps)
{
    private const int MostSteps = 16;

    // What multipliers were off by is seen in the point one step later.
    private const int MostMisses = 3;

    // Newton's steps leave less than this of what was wrong.
    private const double Serves = 0.01;

    // The penalty holds kinks this much more firmly than the steepest curvature bends: each step leaves as small a share of what was wrong.
    private const double Firm = 1e4;

    // Nested kinks weigh what the multipliers of those outside make of them: so many choices of signs are tried, beside the multipliers themselves.
    private const int Signs = 15;

    private double[] hessian = [];
    private double[] slopes = [];
    private double[] lengths = [];

    /// <summary>How many directions the last minimum is level along, to second order.</summary>
    public double[][] LevelDirections { get; private set; } = [];

    /// <summary>Takes a place to the minimum at its active kinks; null where there is none.</summary>
    /// <param name="start">The point with multipliers, or the sign, of each kink.</param>
    /// <param name="isActive">The kinks whose argument is to be zero.</param>
    public KinkPlace? Solve(KinkPlace start, bool[] isActive)
    {
        var place = start with { Wide = [.. start.Wide] };
        KinkNorm[] kinks = [.. form.Kinks.Where((_, k) => isActive[k])];
        int[] active = [.. kinks.SelectMany(ComponentsOf)];
        var (wrong, last, misses) = (double.PositiveInfinity, double.PositiveInfinity, 0);
        KinkPlace? best = null;
        for (var step = 0; step < MostSteps && misses < MostMisses; step++)
        {
            var look = form.At(place)[0];
            if (step == 0)
            {
                Refresh(place);
            }

            var (face, longest) = (steps.At(place.X, look.Gradient), Longest());
            var left = Math.Max(face.Largest(look.Gradient) / longest, active.Select(k => lengths[k] > 0 ? Math.Abs(look.Weighted[k]) / lengths[k] : 0).DefaultIfEmpty(0).Max());
            if (!double.IsFinite(left))
            {
                return null;
            }

            misses = left < 0.5 * wrong ? 0 : misses + 1;
            (wrong, best) = left < wrong ? (left, place with { Wide = [.. place.Wide] }) : (wrong, best);
            // Rows that change with the point are made anew where the last ones did not serve.
            if (step > 0 && left > Serves * last)
            {
                Refresh(place);
            }

            last = left;
            Advance(place, look, active, face);
        }

        return best is { } end && wrong <= Stationarity.HalfTheDigits && IsMinimum(end, kinks) ? end : null;
    }

    private static IEnumerable<int> ComponentsOf(KinkNorm kink) => Enumerable.Range(kink.First, kink.Count);

    private void Refresh(KinkPlace place)
    {
        (hessian, slopes) = form.Rows(place);
        lengths = [.. Enumerable.Range(0, form.Components).Select(k => Inner.Norm(slopes.AsSpan(k * form.D, form.D)))];
    }

    /// <summary>What slopes are compared with: the steepest kink, or what the curvature makes of a unit.</summary>
    private double Longest() => Math.Max(lengths.Max(), Curved());

    private double Curved() => Enumerable.Range(0, form.D).Max(i => Math.Abs(hessian[(i * form.D) + i]));

    private double Penalty() => Math.Max(Firm * Curved(), lengths.Max());

    private void Advance(KinkPlace place, KinkLook look, int[] active, FreeFace face)
    {
        var (d, penalty) = (form.D, Penalty());
        var gradient = (double[])look.Gradient.Clone();
        foreach (var k in active.Where(k => lengths[k] > 0))
        {
            Inner.Add(penalty * look.Weighted[k] / (lengths[k] * lengths[k]), slopes.AsSpan(k * d, d), gradient);
        }

        var way = face.Step(Firmed(active, penalty), gradient);
        steps.Ahead(place.X, way, 1, place.X);
        foreach (var k in active.Where(k => lengths[k] > 0))
        {
            place.Sigma[k] += penalty * (look.Weighted[k] + Inner.Product(slopes.AsSpan(k * d, d), way)) / (lengths[k] * lengths[k]);
        }
    }

    /// <summary>The Lagrangian's Hessian with a penalty across active kinks.</summary>
    private double[] Firmed(IEnumerable<int> active, double penalty)
    {
        var d = form.D;
        var matrix = (double[])hessian.Clone();
        foreach (var k in active.Where(k => lengths[k] > 0))
        {
            var slope = slopes.AsSpan(k * d, d);
            var factor = penalty / (lengths[k] * lengths[k]);
            for (var i = 0; i < d; i++)
            {
                if (slope[i] != 0)
                {
                    Inner.Add(factor * slope[i], slope, matrix.AsSpan(i * d, d));
                }
            }
        }

        return matrix;
    }

    private bool IsMinimum(KinkPlace end, KinkNorm[] active)
    {
        const double Slack = Stationarity.HalfTheDigits;
        var look = form.At(end)[0];
        var sigma = end.Sigma.ToArray();
        // Multipliers beyond one: the slope across a kink pulls the point off it. A piece that is not the one the point lies on proves nothing.
        if (active.Any(kink => !(Pull(kink) <= 1 + Slack)) || form.Kinks.Except(active).Any(kink => !(sigma[kink.First] * look.Weighted[kink.First] * Math.Sign(look.Weight(kink)) >= 0)))
        {
            return false;
        }

        if (!HasPositiveWeights(end, active))
        {
            return false;
        }

        Refresh(end);
        var face = steps.At(end.X, look.Gradient);
        // Kinks that the point may leave to one side without a slope hold nothing.
        var matrix = face.Part(Firmed(active.Where(kink => Pull(kink) < 1 - Slack).SelectMany(ComponentsOf), Penalty()));
        var pivots = new double[face.Count];
        var factors = ArrayFactors.Of(matrix, new double[matrix.Length], pivots);
        LevelDirections = [];
        if (factors.TryFactor(0) && factors.AreClear(Slack))
        {
            return true;
        }

        var spectrum = SymmetricEigenvalues.Decompose(matrix, face.Count);
        var nothing = Slack * Inner.Largest(spectrum.Values);
        LevelDirections = [.. Enumerable.Range(0, face.Count).Where(k => spectrum.Values[k] <= nothing).Select(k => face.Whole(spectrum.Vector(k)))];
        return Enumerable.Range(0, face.Count).All(k => spectrum.Values[k] >= -nothing);

        double Pull(KinkNorm kink) => Inner.Norm(sigma.AsSpan(kink.First, kink.Count));
    }

    private bool HasPositiveWeights(KinkPlace end, KinkNorm[] active)
    {
        var places = new KinkPlace[Signs + 1];
        for (var turn = 0; turn <= Signs; turn++)
        {
            places[turn] = end with { Wide = [.. end.Wide] };
            // Whether the bits of turn and kink have an odd number in common: every two kinks have both signs alike and unlike.
            for (var k = 0; k < active.Length && turn > 0; k++)
            {
                var sign = System.Numerics.BitOperations.PopCount((uint)(turn & (k + 1 + (k / 15)))) % 2 == 0 ? 1 : -1;
                places[turn].Sigma.Slice(active[k].First, active[k].Count).Fill(sign / Math.Sqrt(active[k].Count));
            }
        }

        return form.At(places).All(look => active.All(kink => ComponentsOf(kink).All(c => lengths[c] == 0) || look.Weight(kink) >= 0));
    }
}
