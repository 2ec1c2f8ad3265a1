namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>ReLU units that no sample bends: silent ones, whose sums are negative on all samples, and straight ones, positive on all.</summary>
/// <remarks>
/// The weights of a silent unit do not matter as long as it is silent (of a normalised layer, those it sends by). Straight units of the only hidden layer matter by the linear function that
/// they add up to, whichever way they share it.
/// </remarks>
/// <param name="Silent">For each layer and unit.</param>
/// <param name="Straight">For each unit of the only hidden layer; none with more layers.</param>
/// <param name="Constant">What the network puts out, if a whole layer is silent and so all samples have one output.</param>
internal sealed record IdleUnits(bool[][] Silent, bool[] Straight, double? Constant)
{
    /// <summary>The sign of the outgoing weight of the only straight unit, which it cannot change without bending; else 0.</summary>
    public int OnlySign { get; private init; }

    public int Count => Silent.Sum(l => l.Count(s => s)) + Straight.Count(s => s);

    /// <summary>Runs the samples through a network of ReLU units; null where there are none to run.</summary>
    public static IdleUnits? Of(UnitRules rules, NetworkWeights weights)
    {
        if (rules.Samples is not { } samples)
        {
            return null;
        }

        var (m, layers, isNormalised) = (rules.Width, rules.Layers, rules.LeastVariance is not null);
        bool[][] silent = [.. weights.Rows.Select(_ => Enumerable.Repeat(true, m).ToArray())];
        bool[] straight = [.. Enumerable.Repeat(layers == 1 && !isNormalised, m)];
        var output = weights.Bias[0];
        for (var s = 0; s < samples.GetLength(0); s++)
        {
            double[] below = [.. Enumerable.Range(0, rules.Inputs).Select(j => samples[s, j])];
            for (var l = 0; l < layers; l++)
            {
                var next = Sums(rules, weights.Rows[l], below);
                for (var k = 0; k < m; k++)
                {
                    silent[l][k] &= next[k] < 0;
                    straight[k] &= next[k] > 0;
                    next[k] = Math.Max(next[k], 0) + (rules.IsTied && l > 0 ? below[k] : 0);
                }

                below = next;
            }

            output = weights.Bias[0] + weights.Out.Zip(below, (w, h) => w[0] * h).Sum();
        }

        var isConstant = layers > 1 && !isNormalised && !rules.IsTied && silent.Any(l => l.All(s => s));
        var only = straight.Count(s => s) == 1 ? Math.Sign(weights.Out[Array.IndexOf(straight, true)][0]) : 0;
        return new(silent, straight, isConstant ? output : null) { OnlySign = only };
    }

    /// <summary>Three numbers that differ where the idle units cannot be turned into one another's without bending.</summary>
    /// <remarks>Beside weights straight from the inputs a silent unit and a straight one are images of one another.</remarks>
    public double[] Summary(UnitRules rules) => rules.HasLinear || Constant is not null
        ? [Constant is null ? Count : rules.Layers * rules.Width, 0, 0]
        : [Silent.Sum(l => l.Count(s => s)), Straight.Count(s => s), OnlySign];

    /// <summary>Takes out what does not matter: weights of silent units become zero, straight units a linear function.</summary>
    public void Clear(UnitRules rules, NetworkWeights weights)
    {
        for (var l = 0; l < rules.Layers; l++)
        {
            for (var k = 0; k < rules.Width; k++)
            {
                if (Straight[k])
                {
                    weights.AddLinear(k, 1);
                }

                if (Silent[l][k] || Straight[k] || Constant is not null)
                {
                    // The incoming weights are part of a normalised layer's mean and variance.
                    Array.Clear(weights.Rows[l][k], 0, rules.LeastVariance is null ? weights.Rows[l][k].Length : 0);
                    ClearOutgoing(rules, weights, l, k);
                }
            }
        }

        weights.Bias[0] = Constant ?? weights.Bias[0];
    }

    /// <summary>What a layer's units bend, for one sample.</summary>
    private static double[] Sums(UnitRules rules, double[][] rows, double[] below)
    {
        double[] sums = [.. rows.Select(row => row[^1] + Orthonormal.Dot(row.AsSpan(0, below.Length), below))];
        if (rules.LeastVariance is not { } least)
        {
            return sums;
        }

        var mean = sums.Average();
        var variance = sums.Average(s => (s - mean) * (s - mean));
        return [.. sums.Select(s => (s - mean) / Math.Sqrt(variance + least))];
    }

    private void ClearOutgoing(UnitRules rules, NetworkWeights weights, int l, int k)
    {
        // A stream goes on where one of its layers is silent.
        if (rules.IsTied && Constant is null)
        {
            return;
        }

        if (l + 1 == rules.Layers)
        {
            weights.Out[k][0] = 0;
            return;
        }

        foreach (var row in weights.Rows[l + 1])
        {
            row[k] = 0;
        }
    }
}
