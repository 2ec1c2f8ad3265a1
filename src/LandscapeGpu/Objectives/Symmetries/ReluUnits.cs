namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>
/// Consecutive blocks are the hidden units of a ReLU network, incoming weights and bias w first and the outgoing weight v
/// last: units may be exchanged, and (w, v) ~ (cw, v/c) for every c &gt; 0.
/// </summary>
/// <param name="BlockLength">Coordinates of one unit, at least 2.</param>
/// <remarks>
/// The invariants are those of <see cref="BlockPermutations"/> for the blocks (|v|w, ‖w‖v), which no scaling changes and
/// which determine (w, v) up to one. They are of degree two: distances near a unit of weight s are scaled by about s.
/// </remarks>
public sealed record ReluUnits(int BlockLength) : Symmetry
{
    /// <summary>How many units there are; coordinates after the last stay as they are. 0 is as many as make up the whole point.</summary>
    public int BlockCount { get; init; }

    private BlockPermutations Blocks => BlockLength >= 2
        ? new(BlockLength) { BlockCount = BlockCount }
        : throw new ArgumentException($"A ReLU unit was given {BlockLength} coordinates; it has at least one incoming and one outgoing weight.");

    /// <inheritdoc/>
    public override int LengthFor(int dimension) => Blocks.LengthFor(dimension);

    /// <inheritdoc/>
    public override InvariantMap MapFor(int dimension)
    {
        var blocks = Blocks.MapFor(dimension);
        int count = BlockCount == 0 ? dimension / BlockLength : BlockCount, length = BlockLength;
        return (point, invariants) =>
        {
            var balanced = point.ToArray();
            for (var b = 0; b < count; b++)
            {
                var unit = balanced.AsSpan(b * length, length);
                double norm = Math.Sqrt(Orthonormal.Dot(unit[..^1], unit[..^1])), size = Math.Abs(unit[^1]);
                foreach (ref var weight in unit[..^1])
                {
                    weight *= size;
                }

                unit[^1] *= norm;
            }

            blocks(balanced, invariants);
        };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<int>? Filters(int dimension) => Blocks.Filters(dimension);

    /// <inheritdoc/>
    public override void Move(Span<double> point, Random random)
    {
        Blocks.Move(point, random);
        for (var b = 0; b < CountFor(point.Length); b++)
        {
            var unit = point.Slice(b * BlockLength, BlockLength);
            var scale = 0.5 + random.NextDouble();
            foreach (ref var weight in unit[..^1])
            {
                weight *= scale;
            }

            unit[^1] /= scale;
        }
    }

    /// <inheritdoc/>
    public override Orbit OrbitOf(ReadOnlySpan<double> point, double tolerance)
    {
        var count = CountFor(point.Length);
        double[][] units = [.. point[..(count * BlockLength)].ToArray().Chunk(BlockLength)];
        foreach (var unit in units)
        {
            Balance(unit, tolerance);
        }

        var classes = BlockClasses.Of(units, hasSigns: false, tolerance);
        return classes.Orbit(count, "unit") with { Dimension = count - classes.Zeros };
    }

    /// <summary>Scales a unit so that its incoming and outgoing weights have one length; where one of them is zero, to length 1.</summary>
    /// <inheritdoc/>
    internal override double[] Aligned(ReadOnlySpan<double> to, ReadOnlySpan<double> point)
    {
        var count = CountFor(point.Length);
        double[] target = Balanced(to, out var scales), aligned = Blocks.Aligned(target, Balanced(point, out _));
        for (var b = 0; b < count; b++)
        {
            // Back from balanced weights, by the other point's scales.
            var unit = aligned.AsSpan(b * BlockLength, BlockLength);
            foreach (ref var weight in unit[..^1])
            {
                weight /= scales[b];
            }

            unit[^1] *= scales[b];
        }

        return aligned;

        double[] Balanced(ReadOnlySpan<double> from, out double[] scales)
        {
            var balanced = from.ToArray();
            scales = new double[count];
            for (var b = 0; b < count; b++)
            {
                var before = balanced[(b + 1) * BlockLength - 1];
                var unit = balanced.AsSpan(b * BlockLength, BlockLength).ToArray();
                Balance(unit, 0);
                unit.CopyTo(balanced, b * BlockLength);
                scales[b] = before != 0 && unit[^1] != 0 ? before / unit[^1] : 1;
            }

            return balanced;
        }
    }

    private static void Balance(double[] unit, double tolerance)
    {
        double incoming = Math.Sqrt(Orthonormal.Dot(unit.AsSpan()[..^1], unit.AsSpan()[..^1])), outgoing = Math.Abs(unit[^1]);
        if (Math.Max(incoming, outgoing) <= tolerance)
        {
            return;
        }

        var scale = Math.Min(incoming, outgoing) > tolerance ? Math.Sqrt(outgoing / incoming) : incoming > outgoing ? 1 / incoming : outgoing;
        foreach (ref var weight in unit.AsSpan()[..^1])
        {
            weight *= scale;
        }

        unit[^1] /= scale;
    }

    private int CountFor(int dimension) => Blocks.LengthFor(dimension) > 0 && BlockCount > 0 ? BlockCount : dimension / BlockLength;
}
