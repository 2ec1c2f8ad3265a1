namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>
/// Consecutive blocks are the hidden units of a logistic network, the outgoing weight v last, and the point's last coordinate
/// is the output's bias c: units may be exchanged, and a unit may change its sign where c takes up v.
/// </summary>
/// <param name="BlockLength">Coordinates of one unit, at least 2.</param>
/// <remarks>σ(−z) = 1 − σ(z): with c + ½Σv for the bias a network is one of the odd function σ − ½.</remarks>
public sealed record SigmoidUnits(int BlockLength) : UnitBlocks(BlockLength)
{
    private protected override bool HasBias => true;

    private protected override UnitRules Rules(int width, int inputs) => new() { Inputs = inputs, Width = width, Layers = 1, Flip = UnitFlip.Odd, Centre = 0.5 };
}
