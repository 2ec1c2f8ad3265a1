namespace LandscapeGpu.Polish;

/// <content>Steps along the floor, and back to it.</content>
internal sealed partial class ValleyWalk
{
    /// <summary>The step of the least shift, from the given one up, that leads downhill and not far: about as far as it may, where there is a lesser shift that leads farther or uphill.</summary>
    /// <remarks>
    /// Where the floor curves down steps grow without bound as the shift comes near to that. On a tail the largest entry may be so small that a rounding of it is 0, and 4 times that too. Nocedal and Wright (2006), §4.3.
    /// </remarks>
    private void Dampen(double[] hessian, double from)
    {
        var refused = double.NaN;
        for (shift = from; double.IsFinite(shift) && !(Share(hessian, shift) <= 1); shift = Math.Max(4 * shift, Math.Max(double.Epsilon, Stationarity.UnitRoundoff * LeastShift * largest)))
        {
            refused = shift;
        }

        for (var k = 0; IsGraded && k < MostShiftHalvings && refused > 0 && Share(hessian, shift) < 0.5; k++)
        {
            var between = Math.Sqrt(refused) * Math.Sqrt(shift);
            (refused, shift) = Share(hessian, between) <= 1 ? (refused, between) : (between, shift);
        }

        Share(hessian, shift);
        var (fall, square) = (0.0, 0.0);
        for (var i = 0; i < D; i++)
        {
            fall -= step[i] * slope[i];
            square += step[i] * step[i] / (scale[i] * scale[i]);
        }

        // Up to the first side: pᵀHp = −∇f·p − σp².
        var share = sides?.ShareToSide(Point, step, 1) is > 0 and var toSide ? toSide : 1;
        promised = share == 1 ? 0.5 * ((shift * square) + fall) : share * (fall - (0.5 * share * (fall - (shift * square))));
        for (var i = 0; i < D && share < 1; i++)
        {
            step[i] *= share;
        }
    }

    /// <summary>How long the step of a shift is against how long it may be; NaN where it does not lead downhill.</summary>
    private double Share(double[] hessian, double sigma) => TrySolve(hessian, sigma) ? Math.Max(Length(step) / (0.5 * Scale), IsGraded ? InUnits(step) / radius : 0) : double.NaN;

    /// <summary>From where a step has led, a step back to the floor across it, by the Hessian there; false where such steps are of no use.</summary>
    /// <remarks>
    /// Across the step is what is orthogonal to it where curvatures are alike. Steep walls come first and gentler ones later: what the steepest have left of the slope would lead a long way along these.
    /// </remarks>
    private bool TryBend(double[] hessian)
    {
        // On a side that the step has met the way back leads along it.
        int[] met = [.. (Region?.Active(Ahead) ?? []).Select(side => side.Coordinate).OfType<int>()];
        var form = new AcrossForm(hessian, met.Length > 0 ? [.. step.Select((_, i) => i == met[0] ? 1.0 : 0)] : [.. step.Zip(scale, (p, s) => p / (s * s))], met.ToHashSet());
        var isFirst = bends++ == 0;
        for (var damping = Math.Max(shift, Math.Pow(Stationarity.QuarterOfTheDigits, bends)); damping < MostDamping && bends <= MostBends; damping *= 10)
        {
            var back = form.Step(there.Gradient, damping);
            var way = back is null ? double.NaN : InUnits(back.Value.Step);
            if (way <= 0.5 * wayBack && back!.Value.Fall < 0.25 * toFall && Length(back.Value.Step) > Stationarity.UnitRoundoff * Scale)
            {
                (toFall, wayBack) = (back.Value.Fall, way);
                Inner.Add(1, back.Value.Step, Ahead);
                Region?.TryProject(Ahead);
                return true;
            }

            // Each is to leave less than half of what the one before has left.
            if (!isFirst && double.IsFinite(way))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>How far the point moves for each unit of the gradient along what has least curvature, by inverse iteration with the factors that were made last.</summary>
    private double Softness()
    {
        double[] v = [.. Enumerable.Range(1, D).Select(i => 1.0 / i)];
        for (var k = 0; k < InverseIterations; k++)
        {
            Inner.Scale(1 / Length(v), v);
            Rescale(v);
            ArrayFactors.Of(factor, factor, pivots).Substitute(new(v));
            Rescale(v);
        }

        return Length(v);

        void Rescale(double[] w)
        {
            for (var i = 0; i < D; i++)
            {
                w[i] *= scale[i];
            }
        }
    }

    /// <summary>The length of a step where curvatures are alike.</summary>
    private double InUnits(double[] way) => Length([.. way.Zip(scale, (p, s) => p / s)]);

    /// <summary>Whether the least eigenvalue is zero against the largest entry: a valley floor, neither a minimum near nor a ridge.</summary>
    private bool IsFlat(double[] hessian) => ArrayFactors.Of(hessian, factor, pivots).TryFactor(LeastCurvature * largest) && !IsCurved(hessian);

    /// <summary>Whether every eigenvalue is clearly positive.</summary>
    private bool IsCurved(double[] hessian) => ArrayFactors.Of(hessian, factor, pivots).TryFactor(-LeastCurvature * largest);

    private bool TrySolve(double[] hessian, double sigma)
    {
        var factors = ArrayFactors.Of(hessian, factor, pivots);
        if (!factors.TryFactor(sigma))
        {
            return false;
        }

        for (var i = 0; i < D; i++)
        {
            step[i] = -slope[i] * scale[i];
        }

        factors.Substitute(new(step));
        for (var i = 0; i < D; i++)
        {
            step[i] *= scale[i];
        }

        return true;
    }
}
