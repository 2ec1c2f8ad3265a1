namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>The symmetry of a perceptron's hidden units, in one or more layers: exchange, and what of signs, scales and shifts its rules allow.</summary>
/// <remarks>
/// Chen, Lu and Hecht-Nielsen (1993), On the geometry of feedforward neural network error surfaces, Neural Computation 5, 910; with ReLU
/// scales, Rolnick and Kording (2020), Reverse-engineering deep ReLU networks, ICML. The invariants are those of <see cref="UnitFeatures"/>; in
/// deep networks, and with scales, they can lengthen a distance. Idle ReLU units (<see cref="IdleUnits"/>) are taken out first: the
/// surface of points that differ in nothing else counts as one orbit.
/// </remarks>
internal sealed record HiddenUnits(UnitRules Rules) : Symmetry
{
    /// <inheritdoc/>
    public override int LengthFor(int dimension) => Required(dimension).Length;

    /// <inheritdoc/>
    public override InvariantMap MapFor(int dimension)
    {
        var features = Required(dimension);
        return (point, invariants) =>
        {
            var weights = Prepared(point, out var idle);
            features.Fill(weights, idle, invariants);
        };
    }

    /// <inheritdoc/>
    public override void Move(Span<double> point, Random random)
    {
        _ = Required(point.Length);
        var (m, groups) = (Rules.Width, Rules.Groups);
        var (order, incoming, outgoing) = (new int[groups][], new double[groups][], new double[groups][]);
        for (var g = 0; g < groups; g++)
        {
            order[g] = [.. Enumerable.Range(0, m)];
            random.Shuffle(order[g]);
            (incoming[g], outgoing[g]) = (new double[m], new double[m]);
            var joint = random.Next(2) == 0;
            for (var k = 0; k < m; k++)
            {
                var sign = Rules.Flip != UnitFlip.None && (Rules.IsJoint ? joint : random.Next(2) == 0) ? -1 : 1;
                var scale = Rules.HasScales ? 0.5 + random.NextDouble() : 1;
                (incoming[g][k], outgoing[g][k]) = (sign * scale, (Rules.Flip == UnitFlip.Even ? 1 : sign) / scale);
            }
        }

        var weights = NetworkWeights.Read(Rules, point);
        weights.Centre(1);
        weights.Rearrange(OfLayers(order), OfLayers(incoming), OfLayers(outgoing));
        weights.Centre(-1);
        foreach (var layer in Rules.HasShifts ? weights.Rows : [])
        {
            for (var j = 0; j < layer[0].Length; j++)
            {
                var shift = random.NextDouble() - 0.5;
                foreach (var row in layer)
                {
                    row[j] += shift;
                }
            }
        }

        weights.Write(point);

        T[] OfLayers<T>(T[] ofGroups) => [.. Enumerable.Range(0, Rules.Layers).Select(l => ofGroups[Rules.IsTied ? 0 : l])];
    }

    /// <inheritdoc/>
    public override Orbit OrbitOf(ReadOnlySpan<double> point, double tolerance)
    {
        _ = Required(point.Length);
        var weights = Prepared(point, out var idle);
        return new UnitOrbit(Rules, weights, idle, tolerance).Orbit with { Dimension = UnitTangent.Dimension(Rules, point, idle, tolerance) };
    }

    /// <summary>The weights as they count: idle units taken out, and centred.</summary>
    private NetworkWeights Prepared(ReadOnlySpan<double> point, out IdleUnits? idle)
    {
        var weights = NetworkWeights.Read(Rules, point);
        idle = IdleUnits.Of(Rules, weights);
        idle?.Clear(Rules, weights);
        weights.Centre(1);
        if (Rules.HasShifts)
        {
            weights.TakeMeans();
        }

        return weights;
    }

    private UnitFeatures Required(int dimension) => dimension == Rules.Dimension
        ? new(Rules)
        : throw new ArgumentException($"Points of length {dimension} were given to the symmetry of a network of {Rules.Dimension} weights.");
}
