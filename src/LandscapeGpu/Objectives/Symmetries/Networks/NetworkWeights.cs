namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>A perceptron's weights, taken apart.</summary>
internal sealed class NetworkWeights(UnitRules rules)
{
    /// <summary>Of layer l and unit k the incoming weights, and last the bias.</summary>
    public double[][][] Rows { get; } = [.. Enumerable.Range(0, rules.Layers).Select(l => Enumerable.Range(0, rules.Width).Select(_ => new double[rules.RowLength(l)]).ToArray())];

    /// <summary>Of each unit of the last hidden layer, to the outputs.</summary>
    public double[][] Out { get; } = [.. Enumerable.Range(0, rules.Width).Select(_ => new double[rules.Outputs])];

    /// <summary>From the inputs straight to each output; d, zero where there are none.</summary>
    public double[][] Linear { get; } = [.. Enumerable.Range(0, rules.Outputs).Select(_ => new double[rules.LinearLength])];

    /// <summary>Of the outputs.</summary>
    public double[] Bias { get; } = new double[rules.Outputs];

    public static NetworkWeights Read(UnitRules rules, ReadOnlySpan<double> point)
    {
        var weights = new NetworkWeights(rules);
        var from = point.ToArray();
        weights.Visit((ref double weight, int at) => weight = from[at]);
        return weights;
    }

    /// <summary>For each weight the number of the unit or the output that it leads into.</summary>
    public static int[] Filters(UnitRules rules, int dimension)
    {
        var (weights, next, into) = (new NetworkWeights(rules), 0, new double[dimension]);
        foreach (var row in weights.Rows.SelectMany(layer => layer))
        {
            Array.Fill(row, next++);
        }

        for (var o = 0; o < weights.Bias.Length; o++, next++)
        {
            weights.Bias[o] = next;
            Array.Fill(weights.Linear[o], next);
            foreach (var outgoing in weights.Out)
            {
                outgoing[o] = next;
            }
        }

        weights.Write(into);
        return [.. into.Select(f => (int)f)];
    }

    public void Write(Span<double> point)
    {
        var to = new double[point.Length];
        Visit((ref double weight, int at) => to[at] = weight);
        to.CopyTo(point);
    }

    /// <summary>
    /// Moves what does not change sign with its unit to where it is seen: σ(0) of the units to biases, and the half of σ(z) = ½z + even(z) that is
    /// linear to the weights straight from the inputs. With −1, back.
    /// </summary>
    public void Centre(double sign)
    {
        if (rules.Flip == UnitFlip.Even)
        {
            for (var k = 0; k < Out.Length; k++)
            {
                AddLinear(k, sign / 2);
            }
        }
        else if (rules.Centre != 0)
        {
            for (var l = 1; l <= rules.Layers; l++)
            {
                // Streams carry one constant for each layer they have passed.
                var constant = sign * rules.Centre * (rules.IsTied ? l : 1);
                if (l == rules.Layers)
                {
                    for (var o = 0; o < Bias.Length; o++)
                    {
                        Bias[o] += constant * Out.Sum(sent => sent[o]);
                    }
                }
                else
                {
                    foreach (var row in Rows[l])
                    {
                        row[^1] += constant * row[..^1].Sum();
                    }
                }
            }
        }
    }

    /// <summary>Adds a multiple of unit k's sum, times its outgoing weights, to the weights straight from the inputs.</summary>
    public void AddLinear(int k, double factor)
    {
        for (var o = 0; o < Bias.Length; o++)
        {
            for (var j = 0; j < Linear[o].Length; j++)
            {
                Linear[o][j] += factor * Out[k][o] * Rows[0][k][j];
            }

            Bias[o] += factor * Out[k][o] * Rows[0][k][^1];
        }
    }

    /// <summary>Takes the mean over the units off the incoming weights of a layer.</summary>
    public void TakeMeans()
    {
        foreach (var layer in Rows)
        {
            for (var j = 0; j < layer[0].Length; j++)
            {
                var mean = layer.Average(row => row[j]);
                foreach (var row in layer)
                {
                    row[j] -= mean;
                }
            }
        }
    }

    /// <summary>
    /// Carries units to other places and multiplies them: unit k of layer l becomes that of order[l][k], its incoming weights times
    /// incoming[l], what it sends times outgoing[l].
    /// </summary>
    public void Rearrange(int[][] order, double[][] incoming, double[][] outgoing)
    {
        for (var l = 0; l < rules.Layers; l++)
        {
            double[][] old = [.. Rows[l].Select(r => (double[])r.Clone())];
            for (var k = 0; k < rules.Width; k++)
            {
                var from = order[l][k];
                for (var j = 0; j < Rows[l][k].Length; j++)
                {
                    var isUnit = l > 0 && j < rules.Width;
                    var weight = old[from][isUnit ? order[l - 1][j] : j];
                    Rows[l][k][j] = incoming[l][from] * weight * (isUnit ? outgoing[l - 1][order[l - 1][j]] : 1);
                }
            }
        }

        var (last, was) = (rules.Layers - 1, (double[][])Out.Clone());
        for (var k = 0; k < rules.Width; k++)
        {
            Out[k] = [.. was[order[last][k]].Select(w => w * outgoing[last][order[last][k]])];
        }
    }

    private delegate void Visitor(ref double weight, int at);

    /// <summary>Every weight with its place in a point: unit by unit with one hidden layer, else layer by layer.</summary>
    private void Visit(Visitor visit)
    {
        var at = 0;
        for (var l = 0; l < rules.Layers; l++)
        {
            for (var k = 0; k < rules.Width; k++)
            {
                foreach (ref var weight in Rows[l][k].AsSpan())
                {
                    visit(ref weight, at++);
                }

                for (var o = 0; rules.Layers == 1 && o < Bias.Length; o++)
                {
                    visit(ref Out[k][o], at++);
                }
            }
        }

        for (var o = 0; o < Bias.Length; o++)
        {
            for (var k = 0; rules.Layers > 1 && k < Out.Length; k++)
            {
                visit(ref Out[k][o], at++);
            }

            for (var j = 0; rules.HasLinear && j < Linear[o].Length; j++)
            {
                visit(ref Linear[o][j], at++);
            }
        }

        foreach (ref var bias in Bias.AsSpan())
        {
            visit(ref bias, at++);
        }
    }
}
