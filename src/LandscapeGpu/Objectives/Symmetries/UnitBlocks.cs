namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>Consecutive blocks are the hidden units of a network of one layer, incoming weights and bias first and the outgoing weight last.</summary>
/// <remarks>Units may be exchanged. Invariants and orbits are those of a perceptron's <see cref="HiddenUnits"/>; coordinates that are no weights stay as they are.</remarks>
public abstract record UnitBlocks : Symmetry
{
    private protected UnitBlocks(int blockLength) => BlockLength = blockLength;

    /// <summary>Coordinates of one unit, at least 2.</summary>
    public int BlockLength { get; init; }

    /// <summary>How many units there are, from the first coordinate on; 0 is as many as make up the whole point.</summary>
    public int BlockCount { get; init; }

    /// <summary>What a unit's weights can be changed by, of so many units with so many inputs.</summary>
    private protected abstract UnitRules Rules(int width, int inputs);

    /// <summary>Whether the point's last coordinate is the output's bias, which changes with the units.</summary>
    private protected abstract bool HasBias { get; }

    /// <inheritdoc/>
    public override int LengthFor(int dimension)
    {
        var (network, weights) = Network(dimension);
        return network.LengthFor(weights + 1) + dimension - weights - (HasBias ? 1 : 0);
    }

    /// <inheritdoc/>
    public override InvariantMap MapFor(int dimension)
    {
        var (network, weights) = Network(dimension);
        var (map, length) = (network.MapFor(weights + 1), network.LengthFor(weights + 1));
        return (point, invariants) =>
        {
            map(Weights(point, weights), invariants[..length]);
            point[weights..(HasBias ? ^1 : ^0)].CopyTo(invariants[length..]);
        };
    }

    /// <inheritdoc/>
    /// <remarks>A unit's weights are one filter, and the coordinates after the last unit another.</remarks>
    public override IReadOnlyList<int>? Filters(int dimension)
    {
        var units = Network(dimension).Weights / BlockLength;
        return [.. Enumerable.Range(0, dimension).Select(i => Math.Min(i / BlockLength, units))];
    }

    /// <inheritdoc/>
    public override void Move(Span<double> point, Random random)
    {
        var (network, weights) = Network(point.Length);
        var moved = Weights(point, weights);
        network.Move(moved, random);
        Write(moved, point);
    }

    /// <inheritdoc/>
    public override Orbit OrbitOf(ReadOnlySpan<double> point, double tolerance)
    {
        var (network, weights) = Network(point.Length);
        return network.OrbitOf(Weights(point, weights), tolerance);
    }

    /// <inheritdoc/>
    internal override double[] Aligned(ReadOnlySpan<double> to, ReadOnlySpan<double> point)
    {
        var (network, weights) = Network(point.Length);
        var aligned = point.ToArray();
        Write(network.Aligned(Weights(to, weights), Weights(point, weights)), aligned);
        return aligned;
    }

    private (HiddenUnits Units, int Weights) Network(int dimension)
    {
        var bias = HasBias ? 1 : 0;
        var count = BlockCount == 0 && BlockLength > 0 ? (dimension - bias) / BlockLength : BlockCount;
        var weights = (long)count * BlockLength;
        return BlockLength >= 2 && count > 0 && (BlockCount == 0 ? weights + bias == dimension : weights + bias <= dimension)
            ? (new(Rules(count, BlockLength - 2)), (int)weights)
            : throw new ArgumentException(
                $"Points of length {dimension} are not {(BlockCount == 0 ? "" : $"{BlockCount} ")}units of {BlockLength} coordinates{(HasBias ? " and a bias after them" : "")}; a unit has at least one incoming and one outgoing weight.");
    }

    /// <summary>The weights as a perceptron's, whose last is the output's bias.</summary>
    private double[] Weights(ReadOnlySpan<double> point, int weights) => [.. point[..weights], HasBias ? point[^1] : 0];

    private void Write(double[] weights, Span<double> point)
    {
        weights.AsSpan()[..^1].CopyTo(point);
        point[^1] = HasBias ? weights[^1] : point[^1];
    }
}
