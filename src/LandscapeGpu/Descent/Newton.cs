namespace LandscapeGpu.Descent;

/// <summary>Newton's method: x′ = x − ηH⁻¹g, wherever that leads: minima, saddles and maxima attract it alike.</summary>
/// <remarks>
/// <para>
/// The linear system is solved by MINRES, which needs no positive curvature: one product of the Hessian with a vector an iteration, d of them a step, or a few
/// more where rounding costs some. Paige and Saunders (1975), Solution of sparse indefinite systems of linear equations, SIAM J. Numer. Anal. 12, 617.
/// </para>
/// <para>
/// Where H is singular, iterations end when what is left of the system, r, is in its kernel: ‖Hr‖ is below half the digits of ‖H‖‖r‖. The step then is the
/// least-squares solution in the space of g, Hg, H²g …: −H⁺g, and along the kernel −(Σ 1/λ)g over the eigenvalues λ ≠ 0 that g has a part of. Where no curvature
/// is seen at all, as on a plane, the step goes down the gradient by a twentieth of the box's mean width, or by 1 without a box. Choi, Paige and Saunders (2011), MINRES-QLP:
/// a Krylov subspace method for indefinite or singular symmetric systems, SIAM J. Sci. Comput. 33, 1810, has this test.
/// </para>
/// </remarks>
public sealed record Newton : UpdateRule
{
    /// <inheritdoc/>
    public override string Name => "newton";

    /// <summary>η: the share of Newton's step that is taken; 1 is the method itself.</summary>
    public double Share { get; init; } = 1;

    internal override bool IsScaleFree => true;

    /// <inheritdoc/>
    public override string ToString() => Share == 1 ? Name : FormattableString.Invariant($"{Name} (share {Share})");

    /// <inheritdoc/>
    public override IEnumerable<(string Name, double Value)> Tunable => [(StepContext.StepName, RuleNumbers.Positive(Share, "The share of Newton's step"))];

    /// <inheritdoc/>
    public override UpdateRule Shape => this with { Share = 1 };

    /// <inheritdoc/>
    public override Vector Write(StepContext step)
    {
        var x = step.X;
        var slope = step.Free(step.Gradient, step.Gradient, x);
        var count = step.Scalar("count", 0);
        var (s, r1, r2, w1, w2) = (step.Slot("s"), step.Slot("r1"), step.Slot("r2"), step.Slot("w1"), step.Slot("w2"));
        var (oldBeta, oldBeta2, dbar, epsilon) = (step.Scalar("beta", 0), step.Scalar("last beta", 0), step.Scalar("dbar", 0), step.Scalar("epsilon", 0));
        var (phibar, cs, sn, size) = (step.Scalar("phibar", 0), step.Scalar("cs", -1), step.Scalar("sn", 0), step.Scalar("size", 0));

        // The first iteration of a step begins the Lanczos vectors with −g.
        var isFirst = count.Value <= 0;
        Vector Begun(Point slot, Vector first) => step.Each(i => Select(isFirst, first[i], slot[i]));
        var (minus, none) = (step.Each(i => -slope[i]), step.Each(_ => 0));
        var beta1 = Sqrt(step.Total(i => Square(slope[i])));
        var (now, before) = (Begun(r2, minus), Begun(r1, minus));
        var beta = Select(isFirst, beta1, oldBeta.Value);
        var v = step.Each(i => now[i] / Max(beta, step.Tiny));
        var turned = step.Product(v);
        var free = step.Free(turned, step.Gradient, x);
        // The largest ‖Hv‖ seen: a lower bound of ‖H‖. A step begins with what the step before has seen: on flat ground all that is seen is rounding.
        var seen = Sqrt(step.Total(i => Square(free[i])));
        var largest = Select(isFirst, seen, Max(size.Value, seen));
        var ratio = Select(isFirst, 0, beta / Max(oldBeta2.Value, step.Tiny));
        var past = step.Each(i => free[i] - (ratio * before[i]));
        var alpha = step.Total(i => v[i] * past[i]);
        var next = step.Each(i => past[i] - (alpha * v[i]));
        var nextBeta = Sqrt(step.Total(i => Square(next[i])));

        // The rotation that keeps the tridiagonal system triangular.
        var (c, z) = (Select(isFirst, -1, cs.Value), Select(isFirst, 0, sn.Value));
        var (d, e) = (Select(isFirst, 0, dbar.Value), Select(isFirst, 0, epsilon.Value));
        var delta = (c * d) + (z * alpha);
        var gbar = (z * d) - (c * alpha);
        var gamma = Max(Sqrt(Square(gbar) + Square(nextBeta)), step.Tiny);
        var (nextC, nextZ) = (gbar / gamma, nextBeta / gamma);
        var height = Select(isFirst, beta1, phibar.Value);
        var phi = nextC * height;
        var left = nextZ * height;
        // What is left has ‖Hr‖ = ‖r‖·√(ḡ² + …): where that is rounding, nothing more can be solved, and this rotation divides by it.
        // Recurrences keep half the digits; a small curvature that this leaves out is the largest that the next step sees.
        var isSingular = Sqrt(Square(gbar) + Square(c * nextBeta)) <= Select(isFirst, step.Slack(Max(seen, size.Value)), step.HalfTheDigits * largest);
        var (lastW, olderW, sum) = (Begun(w2, none), Begun(w1, none), Begun(s, none));
        var w = step.Each(i => (v[i] - (e * olderW[i]) - (delta * lastW[i])) / gamma);
        var solution = step.Each(i => sum[i] + Select(isSingular, 0, phi * w[i]));

        // Solved to half the digits; twice the dimension is enough where rounding has cost the Lanczos vectors their right angles.
        var made = Select(isFirst, 1, count.Value + 1);
        var isDone = isSingular | (left <= step.HalfTheDigits * beta1) | (made >= (2.0 * step.Dimension) + 2);
        var square = step.Total(i => Square(solution[i]));
        var isFlat = square <= 0;
        // Arrived where the step that is left is below half the digits: at a saddle, whoever goes on from a place a little off goes away.
        step.SettlesWhen(isDone & step.IsShort(slope) & (square <= Square(step.HalfTheDigits * (1 + Sqrt(step.Total(i => Square(x[i])))))));
        var eta = step.Number(StepContext.StepName);
        step.Keep(s, solution);
        step.Keep(r1, now);
        step.Keep(r2, next);
        step.Keep(w1, lastW);
        step.Keep(w2, w);
        step.Keep(oldBeta, nextBeta);
        step.Keep(oldBeta2, beta);
        step.Keep(dbar, -(c * nextBeta));
        step.Keep(epsilon, z * nextBeta);
        step.Keep(phibar, left);
        step.Keep(cs, nextC);
        step.Keep(sn, nextZ);
        step.Keep(size, Select(isFirst & isSingular, Max(seen, step.HalfTheDigits * size.Value), largest));
        step.Keep(count, Select(isDone, 0, made));
        var down = step.Reach / Max(beta1, step.Tiny);
        return step.Each(i => x[i] + Select(isDone, eta * Select(isFlat, down * minus[i], solution[i]), 0));
    }
}
