namespace LandscapeGpu.Pathways;

/// <summary>Many bands at once: all images of several bands side by side on the lanes of each thread.</summary>
internal sealed class ElasticBands(Objective objective, int bits, int threads)
{
    // Bands of a thread: with a dozen images each enough for every lane, few enough to stay near the core.
    private const int Together = 8;

    // By then bands lie on valleys; their maxima are refined by following an eigenvector, not by longer bands.
    private const int MostSteps = 120;

    // Of the piecewise linear path the value is looked at at so many points between images.
    private const int Between = 16;

    private long evaluations;

    /// <summary>How many gradients bands took.</summary>
    public long Evaluations => evaluations;

    /// <param name="ends">Pairs of minima, the second aligned to the first, in the coordinates that move, and how far a band begins beside the straight line; null for on it.</param>
    /// <param name="images">The images between them.</param>
    /// <param name="cancellation">Stops early: bands stay as they are.</param>
    public ElasticBand[] Run(IReadOnlyList<(double[] A, double[] B, double[]? Bend)> ends, int images, CancellationToken cancellation = default)
    {
        var bands = ends.Select(e => new ElasticBand(e.A, e.B, images, e.Bend)).ToArray();
        var next = -Together;
        Workers.Run(Math.Max(1, Math.Min(threads, (bands.Length + Together - 1) / Together)), stop =>
        {
            using var values = new LaneValues(objective, bits);
            using var retraction = new Retraction(objective, bits);
            for (var begin = Interlocked.Add(ref next, Together); begin < bands.Length && !stop.IsCancellationRequested; begin = Interlocked.Add(ref next, Together))
            {
                Relax(bands.AsSpan(begin, Math.Min(Together, bands.Length - begin)), values, retraction, stop);
            }
        }, cancellation);
        return bands;
    }

    /// <summary>The highest value on each band's piecewise linear path, on the set; infinite where it is not finite.</summary>
    /// <remarks>
    /// Every place of a fine grid that is higher than those beside it is looked at again between these, ever finer: a path that crosses a crease has its top between any two points, where a
    /// smooth one is lower by a square only. The highest value that was seen is no bound from above before.
    /// </remarks>
    public double[] Highest(IReadOnlyList<ElasticBand> bands)
    {
        using var values = new LaneValues(objective, bits);
        using var retraction = new Retraction(objective, bits);
        return [.. bands.Select(band =>
        {
            var pieces = band.Values.Length - 1;
            var seen = Along(band, 0, 1.0 / Between, pieces * Between);
            var highest = seen.All(double.IsFinite) ? seen.Max() : double.PositiveInfinity;
            for (var k = 1; double.IsFinite(highest) && k < seen.Length - 1; k++)
            {
                if (seen[k] >= seen[k - 1] && seen[k] > seen[k + 1])
                {
                    highest = Math.Max(highest, Top(band, (k - 1.0) / Between, (k + 1.0) / Between, seen[k]));
                }
            }

            return highest;
        })];

        // The highest value between two places, each round beside the highest so far: a crease's top is above that by less than it is above its neighbours.
        double Top(ElasticBand band, double from, double to, double top)
        {
            for (var part = (to - from) / Between; from + part > from && to - part < to; part = (to - from) / Between)
            {
                var seen = Along(band, from, part, Between);
                var k = Array.IndexOf(seen, seen.Max());
                var (before, after) = (Math.Max(0, k - 1), Math.Min(Between, k + 1));
                top = Math.Max(top, seen[k]);
                if (seen[k] - Math.Min(seen[before], seen[after]) <= Stationarity.SumOfRoundings * Math.Abs(top))
                {
                    break;
                }

                (from, to) = (from + (before * part), from + (after * part));
            }

            return top;
        }

        // f at so many places and one more, in equal distances that are counted in pieces of the path.
        double[] Along(ElasticBand band, double from, double distance, int count)
        {
            var d = objective.Dimension;
            var (points, seen) = (new double[(count + 1) * d], new double[count + 1]);
            for (var k = 0; k <= count; k++)
            {
                var place = from + (k * distance);
                var m = Math.Min((int)place, band.Values.Length - 2);
                for (var i = 0; i < d; i++)
                {
                    points[(k * d) + i] = ((m + 1 - place) * band.Points[(m * d) + i]) + ((place - m) * band.Points[((m + 1) * d) + i]);
                }

                retraction.Apply(points.AsSpan(k * d, d));
            }

            values.At(points, seen);
            return seen;
        }
    }

    /// <summary>What sides of the region hold of the images is no force.</summary>
    private void Hold(ElasticBand band)
    {
        var d = objective.Dimension;
        for (var m = 1; !objective.Region.IsWholeSpace && m < band.Values.Length - 1; m++)
        {
            var gradient = band.Gradients.AsSpan(m * d, d).ToArray();
            var face = HeldFace.Of(objective.Region, band.Points.AsSpan(m * d, d), gradient);
            if (!face.IsNone)
            {
                face.Free(gradient);
                gradient.CopyTo(band.Gradients, m * d);
            }
        }
    }

    private void Relax(Span<ElasticBand> bands, LaneValues values, Retraction retraction, CancellationToken stop)
    {
        var d = objective.Dimension;
        var moving = bands.ToArray();
        for (var step = 0; step < MostSteps && moving.Length > 0 && !stop.IsCancellationRequested; step++)
        {
            var count = moving.Sum(b => b.Values.Length);
            var (points, seen, gradients) = (new double[count * d], new double[count], new double[count * d]);
            var at = 0;
            foreach (var band in moving)
            {
                for (var m = 1; m < band.Values.Length - 1; m++)
                {
                    retraction.Apply(band.Points.AsSpan(m * d, d));
                }

                band.Points.CopyTo(points, at * d);
                at += band.Values.Length;
            }

            values.At(points, seen, gradients);
            Interlocked.Add(ref evaluations, count);
            at = 0;
            foreach (var band in moving)
            {
                seen.AsSpan(at, band.Values.Length).CopyTo(band.Values);
                gradients.AsSpan(at * d, band.Gradients.Length).CopyTo(band.Gradients);
                Hold(band);
                at += band.Values.Length;
                // The last values are of the points as they stay.
                if (step < MostSteps - 1)
                {
                    band.Step();
                }
            }

            moving = [.. moving.Where(b => !b.IsBroken && !b.IsAtRest)];
        }
    }
}
