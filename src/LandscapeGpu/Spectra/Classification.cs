namespace LandscapeGpu.Spectra;

/// <summary>What kind of stationary point a point is, decided by second-order conditions.</summary>
/// <remarks>
/// <para>
/// Inside: all λ &gt; 0 is a minimum, all λ &lt; 0 a maximum, some λ clearly negative otherwise a strict saddle, and none negative
/// but some zero degenerate (a Hessian that is identically zero among them). What is zero, <see cref="ZeroTolerance"/> says.
/// </para>
/// <para>
/// On sides of a region: the multiplier of a side with outward normal n is μ = −n·∇f, the push of descent on it. A side holds the point
/// where the push is outwards, μ &gt; 0; then its normal is struck from the Hessian of f + μc, c being what the side bounds, and the rest,
/// the reduced Hessian, decides as inside; there being nothing left is the corner where every direction is held. Where μ &lt; 0 descent
/// can leave inwards: the point is no minimum. A side without a push lets the point move inwards only: there the form has to be
/// positive on a cone (<see cref="CriticalCone"/>); J. Nocedal, S. Wright: Numerical Optimization (2nd edition, 2006), §12.5.
/// </para>
/// </remarks>
internal sealed record Classification
{
    private Classification()
    {
    }

    /// <summary>
    /// The kind. A point that a side holds, or that only sides without a push keep from falling, is a boundary minimum; one that may move
    /// along directions without curvature is degenerate, and one that may fall to second order a strict saddle.
    /// </summary>
    public required StationaryKind Kind { get; init; }

    /// <summary>The spectrum of the reduced Hessian: of the directions that no side holds.</summary>
    public required Spectrum Spectrum { get; init; }

    /// <summary>Which of the sides hold the point, by their number, ascending.</summary>
    public required IReadOnlyList<int> Held { get; init; }

    /// <summary>Sides from which descent would leave inwards, ascending: where there is one, the point is not stationary.</summary>
    public required IReadOnlyList<int> Released { get; init; }

    /// <summary>The kind of a stationary point of all space, or inside a domain.</summary>
    /// <remarks>Of extreme eigenvalues the answer is the same as of all: it needs the lowest and the highest only.</remarks>
    /// <exception cref="ArgumentException">The spectrum is that of no directions.</exception>
    public static StationaryKind Classify(Spectrum spectrum)
    {
        if (!spectrum.IsKnown)
        {
            return StationaryKind.Undecided;
        }

        if (spectrum.Eigenvalues.Count == 0)
        {
            throw new ArgumentException(
                "The spectrum has no eigenvalues; a point with every coordinate held at a bound is classified with its gradient and bounds.",
                nameof(spectrum));
        }

        if (spectrum.Index == 0)
        {
            return spectrum.FlatDirections == 0 ? StationaryKind.Minimum : StationaryKind.DegenerateMinimum;
        }

        return spectrum.Eigenvalues[^1] < -spectrum.Threshold ? StationaryKind.Maximum : StationaryKind.StrictSaddle;
    }

    /// <summary>The kind of a stationary point on sides of a region.</summary>
    /// <param name="hessian">d × d, row by row; entries of coordinates that a bound holds may be anything.</param>
    /// <param name="gradient">∇f, d entries; infinite where a bound holds, if need be.</param>
    /// <param name="sides">The sides that the point lies on.</param>
    /// <param name="tolerance">Which eigenvalues are zero.</param>
    /// <param name="gradientTolerance">
    /// A bound of the rounding of multipliers: one up to this magnitude is zero, and so is one up to twice the largest free component of the gradient, which
    /// would be zero at an exact stationary point.
    /// </param>
    /// <param name="roundings">The same of each side's own multiplier, where they are of different sizes: beyond it a side holds. None lets go for less than the largest, as the point may not be quite stationary. Null for all the same.</param>
    /// <remarks>Where a slope or a curvature is not finite that no bound strikes out there is no spectrum, and the kind is undecided.</remarks>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static Classification OnSides(
        ReadOnlySpan<double> hessian,
        ReadOnlySpan<double> gradient,
        IReadOnlyList<ActiveConstraint> sides,
        ZeroTolerance? tolerance = null,
        double gradientTolerance = 0,
        double[]? roundings = null)
    {
        Require(hessian, gradient, sides);
        var d = gradient.Length;
        double[] free = [.. gradient];
        foreach (var side in sides)
        {
            side.Remove(free);
        }

        var largest = Math.Max(gradientTolerance, 2 * free.Max(Math.Abs));
        var (held, released) = (new List<int>(), new List<int>());
        var (struck, inward) = (new bool[d], new int[d]);
        var form = hessian.ToArray();
        for (var k = 0; k < sides.Count; k++)
        {
            var (side, threshold) = (sides[k], roundings?[k] ?? largest);
            var multiplier = side.Multiplier(gradient);
            AddCurvature(form, d, side, multiplier);
            var outward = Turn(form, d, side);
            struck[side.First] = side.IsFixed || multiplier > threshold;
            inward[side.First] = struck[side.First] ? 0 : -outward;
            if (!side.IsFixed && multiplier > threshold)
            {
                held.Add(k);
            }

            if (!side.IsFixed && multiplier < -largest)
            {
                released.Add(k);
            }
        }

        int[] left = [.. Enumerable.Range(0, d).Where(i => !struck[i])];
        var reduced = new double[left.Length * left.Length];
        for (var i = 0; i < left.Length; i++)
        {
            for (var j = 0; j < left.Length; j++)
            {
                reduced[i * left.Length + j] = form[left[i] * d + left[j]];
            }
        }

        double[] slopes = [.. gradient];
        var isKnown = left.All(i => !double.IsNaN(slopes[i]) && (double.IsFinite(slopes[i]) || sides.Any(s => s.Coordinate == i)));
        var spectrum = isKnown ? Spectrum.OfHessian(reduced, left.Length, tolerance) : Spectrum.Unknown(left.Length);
        var kind = KindOf(spectrum, held.Count, released.Count);
        if (released.Count == 0 && left.Any(i => inward[i] != 0) && kind is StationaryKind.StrictSaddle or StationaryKind.Maximum or StationaryKind.DegenerateMinimum)
        {
            kind = KindOn(reduced, [.. left.Select(i => inward[i])], tolerance ?? ZeroTolerance.Default);
            kind = kind == StationaryKind.StrictSaddle && spectrum.Index == 0 ? StationaryKind.Undecided : kind;
        }

        return new Classification { Kind = kind, Spectrum = spectrum, Held = held, Released = released };
    }

    /// <summary>The second-order condition where some directions are one-sided.</summary>
    private static StationaryKind KindOn(double[] form, int[] inward, ZeroTolerance tolerance)
    {
        var n = inward.Length;
        var signs = inward.Select(s => s == 0 ? 1 : s).ToArray();
        double[] turned = [.. form.Select((e, k) => e * signs[k / n] * signs[k % n])];
        return CriticalCone.SignOf(turned, [.. inward.Select(s => s != 0)], tolerance) switch
        {
            ConeSign.Positive => StationaryKind.BoundaryMinimum,
            ConeSign.Zero => StationaryKind.DegenerateMinimum,
            ConeSign.Negative => StationaryKind.StrictSaddle,
            _ => StationaryKind.Undecided,
        };
    }

    /// <summary>Makes a Hessian that of f along a side, with a curvature above all others across it.</summary>
    public static void KeepAlong(double[] form, int d, ActiveConstraint side, double multiplier)
    {
        var largest = form.Max(Math.Abs) + Math.Abs(multiplier * side.Curvature);
        AddCurvature(form, d, side, multiplier);
        Inner.OnBothSides(form, d, side.Remove);
        for (var i = 0; i < side.Normal.Length; i++)
        {
            for (var j = 0; j < side.Normal.Length; j++)
            {
                form[((side.First + i) * d) + side.First + j] += 2 * d * largest * side.Normal[i] * side.Normal[j];
            }
        }
    }

    /// <summary>H + μκI on the side's coordinates.</summary>
    private static void AddCurvature(double[] form, int d, ActiveConstraint side, double multiplier)
    {
        for (var i = side.First; side.Curvature != 0 && i < side.First + side.Normal.Length; i++)
        {
            form[i * d + i] += multiplier * side.Curvature;
        }
    }

    /// <summary>Turns coordinates, by Householder's reflection, so that the normal is along the first of them; returns whether outwards is up or down along it.</summary>
    private static int Turn(double[] form, int d, ActiveConstraint side)
    {
        var (n, first) = (side.Normal, side.First);
        var sign = n[0] < 0 ? -1 : 1;
        if (n.Length == 1)
        {
            return sign;
        }

        // (I − 2wwᵀ/wᵀw)n = −sign·e₀ with w = n + sign·e₀.
        double[] w = [n[0] + sign, .. n[1..]];
        var factor = 2 / w.Sum(e => e * e);
        foreach (var (row, step) in new[] { (d, 1), (1, d) })
        {
            for (var i = 0; i < d; i++)
            {
                double along = 0;
                for (var k = 0; k < w.Length; k++)
                {
                    along += w[k] * form[i * row + (first + k) * step];
                }

                for (var k = 0; k < w.Length; k++)
                {
                    form[i * row + (first + k) * step] -= factor * along * w[k];
                }
            }
        }

        return -sign;
    }

    internal static StationaryKind KindOf(Spectrum spectrum, int held, int released)
    {
        if (released > 0)
        {
            // Polish holds a point for stationary that descent would leave inwards where rounding of the coordinates hides the push: without a direction that f falls along nothing says what it is.
            return spectrum.Index > 0 ? StationaryKind.StrictSaddle : StationaryKind.Undecided;
        }

        if (spectrum.Dimension == 0)
        {
            return StationaryKind.BoundaryMinimum;
        }

        return held == 0 ? Classify(spectrum) : OnFace(Classify(spectrum));
    }

    /// <summary>What a point is that sides hold, by what it is inside the face: across it f rises.</summary>
    internal static StationaryKind OnFace(StationaryKind inside) => inside switch
    {
        StationaryKind.Minimum => StationaryKind.BoundaryMinimum,
        StationaryKind.Maximum => StationaryKind.StrictSaddle,
        _ => inside,
    };

    private static void Require(ReadOnlySpan<double> hessian, ReadOnlySpan<double> gradient, IReadOnlyList<ActiveConstraint> sides)
    {
        var d = gradient.Length;
        if (d == 0)
        {
            throw new ArgumentException("The gradient has no entries; a point has at least one coordinate.", nameof(gradient));
        }

        if (hessian.Length != d * d)
        {
            throw new ArgumentException($"The gradient has {d} entries and the Hessian {hessian.Length}; it must have {d} x {d}.", nameof(hessian));
        }

        if (sides.FirstOrDefault(s => s.First < 0 || s.First + s.Normal.Length > d) is { } beyond)
        {
            throw new ArgumentException($"The gradient has {d} entries and a side was given whose normal ends at {beyond.First + beyond.Normal.Length}.", nameof(sides));
        }
    }
}
