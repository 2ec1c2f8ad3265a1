namespace LandscapeGpu.Valleys;

/// <summary>Where level ground falls away beside a place of it: across, where it has become a ridge, or into the region, where a side that holds other places of it lets go.</summary>
/// <remarks>
/// The zeros of xy² lie along a floor as far as x is positive, and on a ridge beyond. Where an amplitude is held at 0 its place and its width are free, and only at some of them does f rise with it. A sign of curvature or
/// of a slope tells where to look, if rounding does not hide it; whether f falls there its values tell.
/// </remarks>
/// <param name="region">Where it is looked.</param>
/// <param name="bottom">Leads down from there.</param>
/// <param name="slopes">Values and slopes at single points.</param>
/// <param name="rounding">Bounds of their rounding.</param>
internal sealed class FallBeside(Region region, FloorBottom bottom, PointDerivatives slopes, HessianRounding rounding)
{
    // Of what is short against: as far across as steps along a floor are long at most.
    private const double Farthest = 0.125;

    private const int MostDownSteps = 200;

    private readonly double[] gradient = new double[bottom.Dimension];

    /// <summary>What ways down from beside the place come to; none where it falls nowhere.</summary>
    /// <param name="at">A place on level ground.</param>
    /// <param name="way">Along the ground.</param>
    /// <param name="held">The coordinates that sides hold at other places of it.</param>
    public IEnumerable<FloorPlace> From(FloorPlace at, double[] way, HashSet<int> held) =>
        Released(at.Point, held).Select(i => bottom.Settled(at.Point, way, [.. held.Where(k => k != i)], MostDownSteps))
            .Concat(at.MayFallAcross ? Ridges(at, way, held).Select(place => bottom.Settled(place, way, held, MostDownSteps)) : [])
            // What would fall on, as against another side, makes a place no less low.
            .OfType<FloorPlace>().Select(end => Seen(end.Point)).Where(end => end.IsBelow(at));

    private FloorPlace Seen(double[] place) => new(place, slopes.Value(place), rounding.ExactValueBound(place));

    /// <summary>What sides held and do not hold there: the slope leads away from them, beyond its rounding.</summary>
    private IEnumerable<int> Released(double[] point, HashSet<int> held)
    {
        if (held.Count == 0)
        {
            return [];
        }

        slopes.Gradient(point, gradient);
        var bounds = rounding.UnsureBounds(point);
        return [.. region.Active(point).Where(s => !s.IsFixed && s.Coordinate is { } i && held.Contains(i) && -s.Multiplier(gradient) > Stationarity.Margin * bounds[i]).Select(s => s.First)];
    }

    /// <summary>Places beside a ridge, the nearest across it at which its value is seen to change, where it falls there.</summary>
    private IEnumerable<double[]> Ridges(FloorPlace at, double[] way, HashSet<int> held)
    {
        var hessian = bottom.KnownHessianAt(at.Point);
        return !double.IsFinite(Inner.Largest(hessian)) ? [] : new AcrossForm(hessian, way, held).Falling().SelectMany(v => new[] { v, [.. v.Select(e => -e)] }).Select(v => FirstSeen(at, v)).OfType<double[]>();
    }

    private double[]? FirstSeen(FloorPlace at, double[] direction)
    {
        var (reach, length) = (region.Reach(at.Point), Inner.Norm(direction));
        for (var radius = Stationarity.HalfTheDigits * reach; radius <= Farthest * reach; radius *= 2)
        {
            double[] place = [.. at.Point.Zip(direction, (x, v) => x + (radius / length * v))];
            region.TryProject(place);
            var there = Seen(place);
            if (there.IsBelow(at) || at.IsBelow(there))
            {
                return there.IsBelow(at) ? place : null;
            }
        }

        return null;
    }
}
