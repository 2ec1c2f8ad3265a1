namespace LandscapeGpu.Expressions;

/// <summary>A vector made by a loop whose elements, read in a loop of the same extent at the same depth, are the body itself: nothing is stored in between.</summary>
/// <remarks>A loss that reads each output once then costs what it would if model and loss were one formula; so where numbers of outputs k are read at s·k + o. Read in any other way it is the vector.</remarks>
internal sealed class FusedVector : Vector
{
    private readonly LoopVector made;

    private FusedVector(LoopVector made)
        : base(made.Length, made.Free) => this.made = made;

    public static Vector Of(Vector vector) => vector is LoopVector made ? new FusedVector(made) : vector;

    // Not inside further loops: theirs could be the body's own.
    internal override Real Element(Index index) =>
        ReferenceEquals(index, made.Variable) && Trace.Current?.Depth == made.Variable.Value + 1 ? made.Body : SplitLoop.Element(made, index) ?? made.Element(index);

    public override string ToString() => made.ToString();
}
