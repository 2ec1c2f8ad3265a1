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
    /// <remarks>Filters are the weights into each unit of a hidden layer with its bias, and the weights into each output.</remarks>
    public override IReadOnlyList<int>? Filters(int dimension)
    {
        _ = Required(dimension);
        return NetworkWeights.Filters(Rules, dimension);
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
    /// <remarks>Layer by layer, each unit to the one whose weights are nearest: S. K. Ainsworth, J. Hayase and S. Srinivasa (2023), Git Re-Basin, ICLR.</remarks>
    internal override double[] Aligned(ReadOnlySpan<double> to, ReadOnlySpan<double> point)
    {
        _ = Required(point.Length);
        NetworkWeights target = NetworkWeights.Read(Rules, to), weights = NetworkWeights.Read(Rules, point);
        target.Centre(1);
        weights.Centre(1);
        for (var group = 0; group < Rules.Groups; group++)
        {
            var (layers, m) = (Rules.IsTied ? [.. Enumerable.Range(0, Rules.Layers)] : new[] { group }, Rules.Width);
            var (cost, signs, scales) = (new double[m, m], new double[m, m], new double[m, m]);
            for (var i = 0; i < m; i++)
            {
                for (var j = 0; j < m; j++)
                {
                    (cost[i, j], signs[i, j], scales[i, j]) = Apart(target, weights, layers, i, j);
                }
            }

            var order = LinearAssignment.Solve(cost);
            int[][] orders = [.. Enumerable.Range(0, Rules.Layers).Select(l => layers.Contains(l) ? order : [.. Enumerable.Range(0, m)])];
            // By the unit that is moved.
            var (incoming, outgoing) = (Ones(), Ones());
            for (var i = 0; i < m; i++)
            {
                foreach (var l in layers)
                {
                    (incoming[l][order[i]], outgoing[l][order[i]]) = (signs[i, order[i]] * scales[i, order[i]], signs[i, order[i]] / scales[i, order[i]]);
                }
            }

            weights.Rearrange(orders, incoming, outgoing);
        }

        weights.Centre(-1);
        var aligned = point.ToArray();
        weights.Write(aligned);
        return aligned;

        double[][] Ones() => [.. Enumerable.Range(0, Rules.Layers).Select(_ => Enumerable.Repeat(1.0, Rules.Width).ToArray())];
    }

    /// <summary>How far unit j of one network is from unit i of another, and by which sign and scale of it.</summary>
    private (double Cost, double Sign, double Scale) Apart(NetworkWeights target, NetworkWeights weights, int[] layers, int i, int j)
    {
        var hasOut = layers.Contains(Rules.Layers - 1);
        double[] a = [.. layers.SelectMany(l => target.Rows[l][i])], b = [.. layers.SelectMany(l => weights.Rows[l][j])];
        var (sizeA, sizeB) = (Math.Sqrt(Orthonormal.Dot(a, a)), Math.Sqrt(Orthonormal.Dot(b, b)));
        var scale = Rules.HasScales && sizeA > 0 && sizeB > 0 ? sizeA / sizeB : 1;
        double[] outA = hasOut ? target.Out[i] : [], outB = hasOut ? [.. weights.Out[j].Select(w => w / scale)] : [];
        var product = (scale * Orthonormal.Dot(a, b)) + Orthonormal.Dot(outA, outB);
        var sign = Rules.Flip == UnitFlip.Odd && !Rules.IsJoint && product < 0 ? -1 : 1;
        return ((sizeA * sizeA) + (scale * scale * sizeB * sizeB) + Orthonormal.Dot(outA, outA) + Orthonormal.Dot(outB, outB) - (2 * sign * product), sign, scale);
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
