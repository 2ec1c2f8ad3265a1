namespace LandscapeGpu.LinearAlgebra;

/// <summary>The numbers of an array from one on.</summary>
internal readonly struct ArrayEntries(double[] values, int begin = 0) : IEntries<Scalar, ArrayEntries>
{
    public Scalar this[int at] => values[begin + at];

    public void Set(int at, Scalar value) => values[begin + at] = value;

    public ArrayEntries From(int at) => new(values, begin + at);
}
