namespace LandscapeGpu.Spectra;

/// <summary>What kind of stationary point a point is, decided by second-order conditions.</summary>
/// <remarks>
/// <para>
/// Inside: all λ &gt; 0 is a minimum, all λ &lt; 0 a maximum, some λ clearly negative otherwise a strict saddle, and none negative
/// but some zero degenerate (a Hessian that is identically zero among them). What is zero, <see cref="ZeroTolerance"/> says.
/// </para>
/// <para>
/// In a box: the multiplier of coordinate i is μᵢ = −∂f/∂xᵢ, the push of descent on it. A bound holds a coordinate when the push
/// is outwards, μᵢ &lt; 0 at a lower bound and μᵢ &gt; 0 at an upper one. Held coordinates are struck from the Hessian, and the
/// rest, the reduced Hessian, decides as inside; there being nothing left is the corner where every coordinate is held. A
/// coordinate that is at a bound and pushed inwards can leave: the point is no minimum. One that is at a bound without a push
/// stays in the Hessian, where it belongs at second order; J. Nocedal, S. Wright: Numerical Optimization (2nd edition, 2006), §12.5.
/// With one such coordinate that is exact. With several, a negative eigenvalue may have an eigenvector that the bounds forbid
/// both ways, and a minimum would be called a saddle.
/// </para>
/// </remarks>
public sealed record Classification
{
    private Classification()
    {
    }

    /// <summary>
    /// The kind. A point that a held coordinate keeps at the boundary is a boundary minimum if the reduced Hessian has only
    /// positive eigenvalues, degenerate if it has zeros but no negative one, and a strict saddle otherwise.
    /// </summary>
    public required StationaryKind Kind { get; init; }

    /// <summary>The spectrum of the reduced Hessian: of the coordinates that no bound holds.</summary>
    public required Spectrum Spectrum { get; init; }

    /// <summary>The coordinates held at a bound, ascending.</summary>
    public required IReadOnlyList<int> Held { get; init; }

    /// <summary>The coordinates at a bound that descent would push inwards, ascending: where there is one, the point is not stationary.</summary>
    public required IReadOnlyList<int> Released { get; init; }

    /// <summary>The kind of a stationary point of all space, or inside a domain.</summary>
    /// <remarks>Of extreme eigenvalues the answer is the same as of all: it needs the lowest and the highest only.</remarks>
    /// <exception cref="ArgumentException">The spectrum is empty.</exception>
    public static StationaryKind Classify(Spectrum spectrum)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        if (spectrum.Eigenvalues.Count == 0)
        {
            throw new ArgumentException(
                "The spectrum has no eigenvalues; a point with every coordinate held at a bound is classified with its gradient and bounds.",
                nameof(spectrum));
        }

        if (spectrum.Index == 0)
            return spectrum.FlatDirections == 0 ? StationaryKind.Minimum : StationaryKind.DegenerateMinimum;

        return spectrum.Eigenvalues[^1] < -spectrum.Threshold ? StationaryKind.Maximum : StationaryKind.StrictSaddle;
    }

    /// <summary>The kind of a stationary point of a box.</summary>
    /// <param name="hessian">d × d, row by row.</param>
    /// <param name="gradient">∂f/∂xᵢ, d entries.</param>
    /// <param name="bounds">Which coordinates are at a bound, d entries.</param>
    /// <param name="tolerance">Which eigenvalues are zero.</param>
    /// <param name="gradientTolerance">
    /// A multiplier up to this magnitude is zero, and so is one up to twice the largest free component of the gradient, which
    /// would be zero at an exact stationary point.
    /// </param>
    /// <exception cref="ArgumentException">Lengths differ, or an entry is not finite.</exception>
    public static Classification OfBoxPoint(
        ReadOnlySpan<double> hessian,
        ReadOnlySpan<double> gradient,
        ReadOnlySpan<Bound> bounds,
        ZeroTolerance? tolerance = null,
        double gradientTolerance = 1e-10)
    {
        Require(hessian, gradient, bounds);
        var threshold = gradientTolerance;
        for (var i = 0; i < gradient.Length; i++)
            if (bounds[i] == Bound.None)
                threshold = Math.Max(threshold, 2 * Math.Abs(gradient[i]));

        var (free, held, released) = (new List<int>(), new List<int>(), new List<int>());
        for (var i = 0; i < gradient.Length; i++)
        {
            var multiplier = -gradient[i];
            var outwards = bounds[i] switch { Bound.Lower => -multiplier, Bound.Upper => multiplier, _ => 0 };
            (outwards > threshold ? held : free).Add(i);
            if (outwards < -threshold)
                released.Add(i);
        }

        var reduced = new double[free.Count * free.Count];
        for (var i = 0; i < free.Count; i++)
            for (var j = 0; j < free.Count; j++)
                reduced[i * free.Count + j] = hessian[free[i] * gradient.Length + free[j]];

        var spectrum = Spectrum.OfHessian(reduced, free.Count, tolerance);
        return new Classification { Kind = KindOf(spectrum, held.Count, released.Count), Spectrum = spectrum, Held = held, Released = released };
    }

    private static StationaryKind KindOf(Spectrum spectrum, int held, int released)
    {
        if (released > 0)
            return StationaryKind.StrictSaddle;
        if (spectrum.Dimension == 0)
            return StationaryKind.BoundaryMinimum;

        var kind = Classify(spectrum);
        return (held, kind) switch
        {
            (0, _) => kind,
            (_, StationaryKind.Minimum) => StationaryKind.BoundaryMinimum,
            // Inside the face it is a maximum; across it, f rises.
            (_, StationaryKind.Maximum) => StationaryKind.StrictSaddle,
            _ => kind,
        };
    }

    private static void Require(ReadOnlySpan<double> hessian, ReadOnlySpan<double> gradient, ReadOnlySpan<Bound> bounds)
    {
        var d = gradient.Length;
        if (d == 0)
            throw new ArgumentException("The gradient has no entries; a point has at least one coordinate.", nameof(gradient));
        if (hessian.Length != d * d)
            throw new ArgumentException($"The gradient has {d} entries and the Hessian {hessian.Length}; it must have {d} x {d}.", nameof(hessian));
        if (bounds.Length != d)
            throw new ArgumentException($"The gradient has {d} entries and {bounds.Length} bounds were given; give one for each coordinate.", nameof(bounds));
        for (var i = 0; i < d; i++)
            if (!double.IsFinite(gradient[i]))
                throw new ArgumentException($"The gradient's entry {i} is {gradient[i]}; only finite points can be classified.", nameof(gradient));
    }
}
