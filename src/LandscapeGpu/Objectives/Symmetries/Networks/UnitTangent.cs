namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>The directions in which a perceptron's weights can set out without changing anything.</summary>
internal static class UnitTangent
{
    /// <summary>How many there are: scales, shifts and the weights of idle units.</summary>
    public static int Dimension(UnitRules rules, ReadOnlySpan<double> point, IdleUnits? idle, double tolerance)
    {
        if (idle?.Constant is not null)
        {
            return rules.Dimension - 1;
        }

        var weights = NetworkWeights.Read(rules, point);
        var velocities = new List<double[]>();
        void Add(Action<NetworkWeights> set)
        {
            var velocity = NetworkWeights.Read(rules, new double[rules.Dimension]);
            set(velocity);
            var flat = new double[rules.Dimension];
            velocity.Write(flat);
            velocities.Add(flat);
        }

        for (var l = 0; l < rules.Layers; l++)
        {
            for (var k = 0; k < rules.Width; k++)
            {
                var (layer, unit) = (l, k);
                if (rules.HasScales && (l == 0 || !rules.IsTied))
                {
                    Add(v => Scale(rules, weights, v, layer, unit));
                }

                if (idle?.Silent[l][k] == true)
                {
                    AddSilent(rules, Add, layer, unit);
                }
            }

            for (var j = 0; rules.HasShifts && j < rules.RowLength(l); j++)
            {
                var (layer, input) = (l, j);
                Add(v => Array.ForEach(v.Rows[layer], row => row[input] = 1));
            }
        }

        foreach (var k in Enumerable.Range(0, rules.Width).Where(k => idle?.Straight[k] == true))
        {
            AddStraight(rules, weights, idle!, Add, k);
        }

        return OrbitTangent.Dimension(velocities, tolerance);
    }

    /// <summary>d/dc of incoming weights times c and outgoing ones by c, of a unit or its stream.</summary>
    private static void Scale(UnitRules rules, NetworkWeights weights, NetworkWeights velocity, int layer, int unit)
    {
        for (var l = layer; l < (rules.IsTied ? rules.Layers : layer + 1); l++)
        {
            weights.Rows[l][unit].CopyTo(velocity.Rows[l][unit], 0);
        }

        for (var l = layer + 1; l < (rules.IsTied ? rules.Layers : Math.Min(rules.Layers, layer + 2)); l++)
        {
            for (var j = 0; j < rules.Width; j++)
            {
                velocity.Rows[l][j][unit] -= weights.Rows[l][j][unit];
            }
        }

        if (rules.IsTied || layer + 1 == rules.Layers)
        {
            velocity.Out[unit] = [.. weights.Out[unit].Select(w => -w)];
        }
    }

    private static void AddSilent(UnitRules rules, Action<Action<NetworkWeights>> add, int layer, int unit)
    {
        for (var j = 0; rules.LeastVariance is null && j < rules.RowLength(layer); j++)
        {
            var input = j;
            add(v => v.Rows[layer][unit][input] = 1);
        }

        if (rules.IsTied)
        {
            return;
        }

        if (layer + 1 == rules.Layers)
        {
            add(v => v.Out[unit][0] = 1);
            return;
        }

        for (var j = 0; j < rules.Width; j++)
        {
            var above = j;
            add(v => v.Rows[layer + 1][above][unit] = 1);
        }
    }

    /// <summary>What a straight unit can give up to the output's bias, to the other straight units and to the weights straight from the inputs.</summary>
    private static void AddStraight(UnitRules rules, NetworkWeights weights, IdleUnits idle, Action<Action<NetworkWeights>> add, int unit)
    {
        var (row, sent) = (weights.Rows[0][unit], weights.Out[unit][0]);
        add(v => (v.Rows[0][unit][^1], v.Bias[0]) = (1, -sent));
        for (var j = 0; rules.HasLinear && j < rules.Inputs; j++)
        {
            var input = j;
            add(v => (v.Rows[0][unit][input], v.Linear[0][input]) = (1, -sent));
        }

        if (rules.HasLinear)
        {
            add(v =>
            {
                (v.Out[unit][0], v.Bias[0]) = (1, -row[^1]);
                for (var j = 0; j < rules.Inputs; j++)
                {
                    v.Linear[0][j] = -row[j];
                }
            });
        }

        foreach (var other in Enumerable.Range(0, rules.Width).Where(k => k != unit && idle.Straight[k]))
        {
            add(v =>
            {
                v.Out[unit][0] = weights.Out[other][0];
                for (var j = 0; j < row.Length; j++)
                {
                    v.Rows[0][other][j] = -row[j];
                }
            });
        }
    }
}
