namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>
/// Consecutive blocks are the hidden units of a ReLU network, incoming weights and bias w first and the outgoing weight v
/// last: units may be exchanged, and (w, v) ~ (cw, v/c) for every c &gt; 0.
/// </summary>
/// <param name="BlockLength">Coordinates of one unit, at least 2.</param>
public sealed record ReluUnits(int BlockLength) : UnitBlocks(BlockLength)
{
    private protected override bool HasBias => false;

    private protected override UnitRules Rules(int width, int inputs) => new() { Inputs = inputs, Width = width, Layers = 1, HasScales = true };
}
