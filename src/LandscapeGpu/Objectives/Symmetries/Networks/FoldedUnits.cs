namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>The symmetry of a perceptron with batch normalisation, by the weights of the perceptron without it that computes the same.</summary>
/// <remarks>
/// A unit's sum is an affine function of what it receives, so normalisation can be folded into weights aₖ = γₖwₖ/√(variance + ε) and biases βₖ − aₖ·mean. The invariants are those of the folded
/// network (<see cref="HiddenUnits"/>), which can lengthen distances. A unit's incoming weights may be multiplied by any c &gt; 0 where γ makes up for it, but not with decay, and both may change sign.
/// </remarks>
/// <param name="Layout">Where weights lie.</param>
/// <param name="Rules">Of the folded network.</param>
/// <param name="Activation">σ.</param>
/// <param name="Samples">n × d inputs that means and variances are taken over.</param>
/// <param name="HasScales">Whether lengths of incoming weights make no difference.</param>
internal sealed record FoldedUnits(BatchLayout Layout, UnitRules Rules, Func<double, double> Activation, double[,] Samples, bool HasScales) : Symmetry
{
    private readonly HiddenUnits units = new(Rules);

    /// <inheritdoc/>
    public override int LengthFor(int dimension) => units.LengthFor(Required(dimension));

    /// <inheritdoc/>
    public override InvariantMap MapFor(int dimension)
    {
        var map = units.MapFor(Required(dimension));
        return (point, invariants) => map(Folded(point, out _), invariants);
    }

    /// <inheritdoc/>
    public override void Move(Span<double> point, Random random)
    {
        _ = Required(point.Length);
        _ = Folded(point, out var variances);
        for (var l = 0; l < Layout.Layers; l++)
        {
            for (var k = 0; k < Layout.Width; k++)
            {
                var (row, inputs, variance) = (Layout.Row(l, k), Layout.InputsOf(l), variances[l][k]);
                var sign = random.Next(2) == 0 ? -1 : 1;
                var scale = HasScales ? 0.5 + random.NextDouble() : 1;
                foreach (ref var weight in point.Slice(row, inputs))
                {
                    weight *= sign * scale;
                }

                point[row + inputs] *= sign / scale * Math.Sqrt(((scale * scale * variance) + BatchLayout.LeastVariance) / (variance + BatchLayout.LeastVariance));
            }
        }
    }

    /// <inheritdoc/>
    public override Orbit? OrbitOf(ReadOnlySpan<double> point, double tolerance)
    {
        _ = Required(point.Length);
        var orbit = units.OrbitOf(Folded(point, out _), tolerance);
        var (moving, signed) = (0, 0);
        for (var l = 0; l < Layout.Layers; l++)
        {
            for (var k = 0; k < Layout.Width; k++)
            {
                var row = point.Slice(Layout.Row(l, k), Layout.InputsOf(l) + 1);
                var hasWeights = Orthonormal.Dot(row[..^1], row[..^1]) > tolerance * tolerance;
                moving += hasWeights ? 1 : 0;
                signed += hasWeights || Math.Abs(row[^1]) > tolerance ? 1 : 0;
            }
        }

        // A unit without weights and γ is left where it is by its change of sign.
        var all = Layout.Layers * Layout.Width;
        return orbit with
        {
            Dimension = orbit.Dimension + (HasScales ? moving : 0),
            GroupOrder = orbit.GroupOrder << all,
            StabiliserOrder = orbit.StabiliserOrder is { } h ? h << (all - signed) : null,
        };
    }

    /// <summary>The weights of the network without normalisation, and the variance of every unit's sum.</summary>
    private double[] Folded(ReadOnlySpan<double> point, out double[][] variances)
    {
        var (n, m) = (Samples.GetLength(0), Layout.Width);
        var folded = NetworkWeights.Read(Rules, new double[Rules.Dimension]);
        var below = new double[n][];
        for (var s = 0; s < n; s++)
        {
            below[s] = [.. Enumerable.Range(0, Layout.Inputs).Select(j => Samples[s, j])];
        }

        variances = new double[Layout.Layers][];
        for (var l = 0; l < Layout.Layers; l++)
        {
            var (above, inputs) = (new double[n][], Layout.InputsOf(l));
            variances[l] = new double[m];
            for (var s = 0; s < n; s++)
            {
                above[s] = new double[m];
            }

            for (var k = 0; k < m; k++)
            {
                var row = point.Slice(Layout.Row(l, k), inputs + 2);
                var sums = new double[n];
                for (var s = 0; s < n; s++)
                {
                    sums[s] = Orthonormal.Dot(row[..inputs], below[s]);
                }

                var mean = sums.Average();
                variances[l][k] = sums.Average(z => (z - mean) * (z - mean));
                var factor = row[inputs] / Math.Sqrt(variances[l][k] + BatchLayout.LeastVariance);
                var into = folded.Rows[l][k];
                for (var j = 0; j < inputs; j++)
                {
                    into[j] = factor * row[j];
                }

                into[inputs] = row[inputs + 1] - (factor * mean);
                for (var s = 0; s < n; s++)
                {
                    above[s][k] = Activation((factor * (sums[s] - mean)) + row[inputs + 1]) + (Rules.IsTied && l > 0 ? below[s][k] : 0);
                }
            }

            below = above;
        }

        for (var o = 0; o < Layout.Outputs; o++)
        {
            for (var k = 0; k < m; k++)
            {
                folded.Out[k][o] = point[Layout.Sent(o, k)];
            }

            point.Slice(Layout.Linear(o, 0), Layout.Straight).CopyTo(folded.Linear[o]);
            folded.Bias[o] = point[Layout.Bias + o];
        }

        var plain = new double[Rules.Dimension];
        folded.Write(plain);
        return plain;
    }

    private int Required(int dimension) => dimension == Layout.Dimension
        ? Rules.Dimension
        : throw new ArgumentException($"Points of length {dimension} were given to the symmetry of a batch-normalised network of {Layout.Dimension} weights.");
}
