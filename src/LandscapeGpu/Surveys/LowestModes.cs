namespace LandscapeGpu.Surveys;

/// <summary>The softest modes of a stationary point, without those along which a continuous symmetry moves it, or that are normal to the surface, or to sides that the point lies on.</summary>
/// <param name="Values">Their eigenvalues, ascending; those that are zero to rounding are left out.</param>
/// <param name="Vectors">The eigenvectors, each of length one.</param>
internal sealed record LowestModes(IReadOnlyList<double> Values, IReadOnlyList<double[]> Vectors)
{
    /// <summary>How many of them are negative.</summary>
    public int NegativeAmongLowest => Values.Count(v => v < 0);

    /// <param name="objective">The landscape.</param>
    /// <param name="points">Stationary points, in the coordinates that move.</param>
    /// <param name="most">How many modes; where Hessians are formed, all of them may be returned.</param>
    /// <param name="device">What computes Hessians, or products with them.</param>
    public static LowestModes[] Of(Objective objective, IReadOnlyList<double[]> points, int most, LaneDevice device)
    {
        var d = objective.Dimension;
        var differentiator = new LaneDifferentiator(objective, device);
        var faces = HeldFaces.Of(objective, points, device);
        if (d > LanePolish.MostCoordinates)
        {
            return differentiator.ForEach(points, (hessian, k) => ByProducts(objective, points[k], faces[k], hessian, most), null);
        }

        var normals = Derivatives.Of(objective, device.Bits).Normals;
        return
        [
            .. points.Zip(faces).Chunk(Math.Max(1, LaneHessians.MostEntries / (d * d))).SelectMany(some =>
            {
                var hessians = differentiator.Hessians([.. some.SelectMany(p => p.First)]);
                return some.Select((p, k) => ByEntries(objective, p.First, p.Second, hessians.AsSpan(k * d * d, d * d), d - normals));
            }),
        ];
    }

    private static LowestModes ByEntries(Objective objective, double[] point, HeldFace face, Span<double> hessian, int modes)
    {
        var d = point.Length;
        new OrbitProjection(objective.MovingSymmetry).Project(hessian, point);
        face.Project(hessian, d);
        var spectrum = SymmetricEigenvalues.Decompose(hessian, d);
        var zero = ZeroTolerance.Default.Threshold(spectrum.Values.Take(modes).DefaultIfEmpty(0).Max(Math.Abs), d);
        int[] kept = [.. Enumerable.Range(0, modes).Where(k => Math.Abs(spectrum.Values[k]) > zero)];
        return new([.. kept.Select(k => spectrum.Values[k])], [.. kept.Select(k => spectrum.Vector(k).ToArray())]);
    }

    private static LowestModes ByProducts(Objective objective, double[] point, HeldFace face, Func<double, SymmetricOperator> hessian, int most)
    {
        var orbit = OrbitProjection.Basis([.. face.Normals(point.Length), .. objective.MovingSymmetry?.Velocities(point) ?? []]);
        var bend = face.Bend(point.Length);
        var size = Lanczos.Extremes(hessian(0), point.Length, new() { Lowest = 1, Highest = 1, LookAgain = false, Tolerance = 1e-3 });
        var largest = Math.Max(Math.Abs(size.Lowest[0]), Math.Abs(size.Highest[0]));
        var zero = ZeroTolerance.Default.Threshold(largest, point.Length);
        // Directions of the orbit, and normals of a surface, are put at the far end of the spectrum.
        void Apart(ReadOnlySpan<double> v, Span<double> result)
        {
            double[] free = [.. v];
            var inside = orbit.Select(q => Inner.Product(q, free)).ToArray();
            for (var k = 0; k < orbit.Count; k++)
            {
                Inner.Add(-inside[k], orbit[k], free);
            }

            hessian(2 * largest)(free, result);
            for (var i = 0; bend is not null && i < free.Length; i++)
            {
                result[i] += bend[i] * free[i];
            }

            foreach (var q in orbit)
            {
                Inner.Add(-Inner.Product(q, result), q, result);
            }

            for (var k = 0; k < orbit.Count; k++)
            {
                Inner.Add(2 * largest * inside[k], orbit[k], result);
            }
        }

        var found = Lanczos.Extremes(Apart, point.Length, new() { Lowest = Math.Min(most, point.Length - 1), Highest = 0, Tolerance = 1e-6 });
        int[] kept = [.. Enumerable.Range(0, found.Lowest.Count).Where(k => Math.Abs(found.Lowest[k]) > zero)];
        return new([.. kept.Select(k => found.Lowest[k])], [.. kept.Select(k => found.LowestVectors[k])]);
    }
}
