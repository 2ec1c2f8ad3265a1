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

    /// <summary>The highest value on each band's piecewise linear path, looked at on a fine grid, on the set; infinite where it is not finite.</summary>
    public double[] Highest(IReadOnlyList<ElasticBand> bands)
    {
        using var values = new LaneValues(objective, bits);
        using var retraction = new Retraction(objective, bits);
        var d = objective.Dimension;
        return [.. bands.Select(band =>
        {
            var count = ((band.Values.Length - 1) * Between) + 1;
            var (points, seen) = (new double[count * d], new double[count]);
            for (var k = 0; k < count; k++)
            {
                var (m, share) = (Math.Min(k / Between, band.Values.Length - 2), (k - (Math.Min(k / Between, band.Values.Length - 2) * Between)) / (double)Between);
                for (var i = 0; i < d; i++)
                {
                    points[(k * d) + i] = ((1 - share) * band.Points[(m * d) + i]) + (share * band.Points[((m + 1) * d) + i]);
                }

                retraction.Apply(points.AsSpan(k * d, d));
            }

            values.At(points, seen);
            return seen.All(double.IsFinite) ? seen.Max() : double.PositiveInfinity;
        })];
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
