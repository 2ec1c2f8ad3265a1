using System.Numerics;

namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>Counts the exchanges and signs of hidden units that leave a perceptron as it is.</summary>
/// <remarks>
/// A unit is a vertex, a weight between hidden layers an edge. With signs it is two vertices, the unit and its negative, whose weights are opposite.
/// Scales are brought to incoming weights of length 1 first.
/// </remarks>
internal sealed class UnitOrbit
{
    private readonly UnitRules rules;
    private readonly NetworkWeights weights;
    private readonly IdleUnits? idle;
    private readonly double tolerance;
    private readonly int copies;

    /// <param name="rules">What may be done to units.</param>
    /// <param name="weights">Centred, without idle units; overwritten where there are scales.</param>
    /// <param name="idle">Those that were taken out.</param>
    /// <param name="tolerance">Weights closer than this are equal.</param>
    public UnitOrbit(UnitRules rules, NetworkWeights weights, IdleUnits? idle, double tolerance)
    {
        (this.rules, this.weights, this.idle, this.tolerance) = (rules, weights, idle, tolerance);
        copies = rules.Flip == UnitFlip.None ? 1 : 2;
        if (rules.HasScales)
        {
            TakeScales();
        }
    }

    /// <summary>The orbit but for its dimension.</summary>
    public Orbit Orbit
    {
        get
        {
            var signs = rules.Flip == UnitFlip.None ? 1 : BigInteger.Pow(2, rules.IsJoint ? 1 : rules.Width);
            var fixing = new Automorphisms(Labels(), [.. Between(), .. Pairs()], tolerance).Count();
            return new()
            {
                GroupOrder = BigInteger.Pow(Symmetries.Orbit.Factorial(rules.Width) * signs, rules.Groups),
                StabiliserOrder = fixing,
                Stabiliser = fixing > 1 ? Words() : "",
            };
        }
    }

    /// <summary>How many vertices a group of units has: with joint signs also the two signs.</summary>
    private int GroupSize => (copies * rules.Width) + (rules.IsJoint && copies == 2 ? 2 : 0);

    private int Vertex(int group, int unit, int copy) => (group * GroupSize) + (unit * copies) + copy;

    /// <summary>Brings incoming weights to length 1, of a stream those of its first layer.</summary>
    private void TakeScales()
    {
        for (var l = 0; l < (rules.IsTied ? 1 : rules.Layers); l++)
        {
            for (var k = 0; k < rules.Width; k++)
            {
                var length = Math.Sqrt(Orthonormal.Dot(weights.Rows[l][k], weights.Rows[l][k]));
                if (length > tolerance)
                {
                    Scale(l, k, 1 / length);
                }
            }
        }
    }

    private void Scale(int layer, int unit, double factor)
    {
        for (var l = layer; l < rules.Layers && (l == layer || rules.IsTied); l++)
        {
            weights.Rows[l][unit] = [.. weights.Rows[l][unit].Select(w => w * factor)];
        }

        for (var l = layer + 1; l < rules.Layers && (l == layer + 1 || rules.IsTied); l++)
        {
            foreach (var row in weights.Rows[l])
            {
                row[unit] /= factor;
            }
        }

        if (layer + 1 == rules.Layers || rules.IsTied)
        {
            weights.Out[unit] = [.. weights.Out[unit].Select(w => w / factor)];
        }
    }

    private double[][] Labels()
    {
        var labels = new double[rules.Groups * GroupSize][];
        for (var g = 0; g < rules.Groups; g++)
        {
            for (var k = 0; k < rules.Width; k++)
            {
                for (var copy = 0; copy < copies; copy++)
                {
                    labels[Vertex(g, k, copy)] = Label(g, k, 1 - (2 * copy));
                }
            }

            for (var sign = rules.Width * copies; sign < GroupSize; sign++)
            {
                labels[(g * GroupSize) + sign] = [g];
            }
        }

        return labels;
    }

    /// <summary>What a unit receives from outside the hidden layers and sends out of them.</summary>
    private double[] Label(int g, int k, int sign)
    {
        // The layer comes first, far apart from any other.
        var label = new List<double> { g * 1e12, 0 };
        foreach (var l in rules.IsTied ? Enumerable.Range(0, rules.Layers) : [g])
        {
            label.AddRange((l == 0 ? weights.Rows[0][k] : [weights.Rows[l][k][^1]]).Select(w => sign * w));
        }

        if (rules.IsTied || g + 1 == rules.Layers)
        {
            label.AddRange(weights.Out[k].Select(w => (rules.Flip == UnitFlip.Even ? 1 : sign) * w));
        }

        return [.. label];
    }

    /// <summary>The weights between hidden layers; one kind of edge for each, since streams have several.</summary>
    private IEnumerable<double[,]> Between()
    {
        for (var l = 1; l < rules.Layers; l++)
        {
            var edges = new double[rules.Groups * GroupSize, rules.Groups * GroupSize];
            for (var e = 0; e < rules.Width * rules.Width * copies * copies; e++)
            {
                var (j, k, t, s) = (e / copies / copies / rules.Width, e / copies / copies % rules.Width, e / copies % copies, e % copies);
                edges[Vertex(rules.IsTied ? 0 : l, j, t), Vertex(rules.IsTied ? 0 : l - 1, k, s)] = (t == s ? 1 : -1) * weights.Rows[l][j][k];
            }

            yield return edges;
        }
    }

    /// <summary>With signs: which two vertices are one unit, and, where signs are joint, which vertices have one sign.</summary>
    private IEnumerable<double[,]> Pairs()
    {
        if (copies == 1)
        {
            yield break;
        }

        // Larger than the tolerance, whatever that is.
        var mark = 1 + (10 * tolerance);
        var pairs = new double[rules.Groups * GroupSize, rules.Groups * GroupSize];
        for (var g = 0; g < rules.Groups; g++)
        {
            for (var e = 0; e < copies * rules.Width; e++)
            {
                var (unit, copy) = (e / copies, e % copies);
                pairs[Vertex(g, unit, copy), Vertex(g, unit, 1 - copy)] = mark;
                if (rules.IsJoint)
                {
                    pairs[Vertex(g, unit, copy), (g * GroupSize) + (copies * rules.Width) + copy] = mark;
                }
            }
        }

        yield return pairs;
    }

    private string Words()
    {
        var idlers = idle?.Count ?? 0;
        var found = new List<string>();
        for (var g = 0; g < rules.Groups; g++)
        {
            var blocks = Enumerable.Range(0, rules.Width).Select(k => All(g, k)).ToList();
            var classes = BlockClasses.Of(blocks, rules.Flip == UnitFlip.Odd && !rules.IsJoint, tolerance);
            if (classes.Words("hidden unit") is { Length: > 0 } words)
            {
                found.Add((rules.Groups > 1 ? $"layer {g + 1}: " : "") + (idlers > 0 ? words.Replace("zero", "idle or zero", StringComparison.Ordinal) : words));
            }
        }

        return found.Count > 0 ? string.Join("; ", found) : "hidden units that can be exchanged or change sign together";
    }

    /// <summary>All weights into and out of a unit.</summary>
    private double[] All(int g, int k)
    {
        var label = Label(g, k, 1);
        label[0] = 0;
        var into = rules.IsTied || g == 0 ? [] : weights.Rows[g][k][..^1];
        var outOf = rules.IsTied || g + 1 == rules.Layers ? [] : weights.Rows[g + 1].Select(row => row[k]);
        return [.. label, .. into, .. outOf];
    }
}
