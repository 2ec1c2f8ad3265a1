namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>Numbers that tell perceptrons apart up to the exchange, signs and scales of their hidden units.</summary>
/// <remarks>
/// A unit is described by what it receives and what it sends. Of the first layer that is its weights; above, F = Σₖ Wₖ ψ(⟨aᵣ, Fₖ⟩) over the units k
/// below, for fixed random directions aᵣ, and likewise downwards from the output. With an odd ψ the sum does not see signs below, with
/// max(z, z/2), of degree one, it does not see scales; neither sees an order. A layer's descriptions are blocks that may be exchanged
/// (<see cref="BlockPermutations"/>). Generic networks are told apart; like graphs that one round of colour refinement confuses, some special ones are not.
/// </remarks>
internal sealed class UnitFeatures
{
    // Enough for a sign of a layer: more than the dimension of what is generically seen of it.
    private const int JointDirections = 64;

    private readonly UnitRules rules;
    private readonly double[][][] up;
    private readonly double[][][] down;
    private readonly Group[] groups;

    public UnitFeatures(UnitRules rules)
    {
        this.rules = rules;
        var (probes, steps) = (rules.Width + 2, rules.Layers - 1);
        var (upper, lower) = (rules.RowLength(0), rules.Outputs);
        (up, down) = (new double[steps][][], new double[steps][][]);
        var (uppers, lowers) = (new List<int> { upper }, new List<int> { lower });
        for (var l = 0; l < steps; l++)
        {
            up[l] = Directions(probes, upper, (ulong)(2 * l));
            down[l] = Directions(probes, lower, (ulong)((2 * l) + 1));
            (upper, lower) = rules.IsTied ? (upper + probes + 1, lower + probes) : (probes + 1, probes);
            uppers.Add(upper);
            lowers.Add(lower);
        }

        groups = rules.IsTied
            ? [new(rules, upper, lower)]
            : [.. Enumerable.Range(0, rules.Layers).Select(l => new Group(rules, uppers[l], lowers[steps - l]))];
        Length = groups.Sum(g => g.Length) + ((rules.LinearLength + 1) * rules.Outputs) + IdleLength;
    }

    /// <summary>How many numbers.</summary>
    public int Length { get; }

    private int IdleLength => rules.Samples is null ? 0 : 3;

    public void Fill(NetworkWeights weights, IdleUnits? idle, Span<double> numbers)
    {
        var (received, sent) = (Received(weights), Sent(weights));
        foreach (var (group, g) in groups.Select((group, g) => (group, g)))
        {
            var l = rules.IsTied ? rules.Layers - 1 : g;
            group.Fill(received[l], sent[rules.IsTied ? 0 : l], numbers[..group.Length]);
            numbers = numbers[group.Length..];
        }

        foreach (var straight in weights.Linear.Append(weights.Bias))
        {
            straight.CopyTo(numbers);
            numbers = numbers[straight.Length..];
        }

        idle?.Summary(rules).CopyTo(numbers);
    }

    private double[][][] Received(NetworkWeights weights)
    {
        var features = new double[rules.Layers][][];
        features[0] = weights.Rows[0];
        for (var l = 1; l < rules.Layers; l++)
        {
            var (below, directions) = (features[l - 1], up[l - 1]);
            features[l] = [.. Enumerable.Range(0, rules.Width).Select(j =>
            {
                var row = weights.Rows[l][j];
                var seen = directions.Select(a => Enumerable.Range(0, rules.Width).Sum(k => row[k] * Bend(Orthonormal.Dot(a, below[k]))) / Math.Sqrt(directions.Length));
                return (double[])[.. rules.IsTied ? below[j] : [], .. seen, row[^1]];
            })];
        }

        return features;
    }

    private double[][][] Sent(NetworkWeights weights)
    {
        var features = new double[rules.Layers][][];
        features[^1] = weights.Out;
        for (var l = rules.Layers - 2; l >= 0; l--)
        {
            var (above, directions) = (features[l + 1], down[rules.Layers - 2 - l]);
            features[l] = [.. Enumerable.Range(0, rules.Width).Select(k =>
            {
                var seen = directions.Select(a => Enumerable.Range(0, rules.Width).Sum(j => weights.Rows[l + 1][j][k] * Bend(Orthonormal.Dot(a, above[j]))) / Math.Sqrt(directions.Length));
                return (double[])[.. rules.IsTied ? above[k] : [], .. seen];
            })];
        }

        return features;
    }

    private double Bend(double z) => rules.Flip == UnitFlip.Odd ? z / Math.Sqrt(1 + (z * z)) : Math.Max(z, z / 2);

    private static double[][] Directions(int count, int dimension, ulong salt) =>
        [.. Enumerable.Range(0, count).Select(r => Orthonormal.Rows(1, dimension, 0x756E697473 + (salt << 20) + (ulong)r))];

    /// <summary>The units of a layer, or the streams of a network.</summary>
    private sealed class Group
    {
        private readonly UnitRules rules;
        private readonly int block;
        private readonly InvariantMap map;
        private readonly TightFrame? frame;
        private readonly double[] joint;
        private readonly int sorted;

        public Group(UnitRules rules, int upper, int lower)
        {
            this.rules = rules;
            frame = rules.Flip == UnitFlip.Even ? new(upper) : null;
            block = (frame?.Count ?? upper) + lower;
            var blocks = new BlockPermutations(block, SignFlips: rules.Flip == UnitFlip.Odd && !rules.IsJoint) { BlockCount = rules.Width };
            (map, sorted) = (blocks.MapFor(rules.Width * block), blocks.LengthFor(rules.Width * block));
            joint = rules.IsJoint ? Orthonormal.Rows(Math.Min(JointDirections, sorted), sorted, 0x6A6F696E74) : [];
            Length = sorted + (joint.Length / sorted);
        }

        public int Length { get; }

        public void Fill(double[][] received, double[][] sent, Span<double> numbers)
        {
            var blocks = new double[rules.Width * block];
            for (var k = 0; k < rules.Width; k++)
            {
                Block(received[k], sent[k], blocks.AsSpan(k * block, block));
            }

            map(blocks, numbers[..sorted]);
            if (rules.IsJoint)
            {
                Join(numbers);
            }
        }

        private void Block(double[] received, double[] sent, Span<double> to)
        {
            // Scaled by c and 1/c, (‖s‖r, ‖r‖s) stays.
            var (ofReceived, ofSent) = rules.HasScales ? (Norm(sent), Norm(received)) : (1, 1);
            frame?.Along(received, to, 1);
            var at = 0;
            for (var r = 0; r < (frame?.Count ?? received.Length); r++)
            {
                to[at++] = ofReceived * (frame is null ? received[r] : Math.Abs(to[r]));
            }

            foreach (var s in sent)
            {
                to[at++] = ofSent * s;
            }
        }

        /// <summary>A sign of all units turns a sorted row p into −p reversed: what that does not change, and magnitudes of what it negates.</summary>
        private void Join(Span<double> numbers)
        {
            var odd = new double[sorted];
            for (var begin = 0; begin < sorted; begin += rules.Width)
            {
                var row = numbers.Slice(begin, rules.Width).ToArray();
                for (var i = 0; i < row.Length; i++)
                {
                    (numbers[begin + i], odd[begin + i]) = ((row[i] - row[^(i + 1)]) / 2, (row[i] + row[^(i + 1)]) / 2);
                }
            }

            for (var r = 0; r < joint.Length / sorted; r++)
            {
                numbers[sorted + r] = Math.Abs(Orthonormal.Dot(joint.AsSpan(r * sorted, sorted), odd));
            }
        }

        private static double Norm(double[] v) => Math.Sqrt(Orthonormal.Dot(v, v));
    }
}
