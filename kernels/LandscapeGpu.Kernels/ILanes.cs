namespace LandscapeGpu.Kernels;

/// <summary>
/// Some doubles computed side by side, one matrix in each: the arithmetic of factors and eigenvalues, whatever the
/// width of the machine's vectors, one included (<see cref="Scalar"/>).
/// </summary>
/// <remarks>
/// Every operation is the correctly rounded one in each lane, so that a matrix has the same eigenvalues bit for bit at any
/// width and in any lane. A mask is a value too: not zero where a comparison holds.
/// </remarks>
public interface ILanes<TSelf>
    where TSelf : unmanaged, ILanes<TSelf>
{
    /// <summary>How many doubles one value holds.</summary>
    static abstract int Width { get; }

    static abstract TSelf Zero { get; }

    static abstract TSelf All(double value);

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    static abstract TSelf operator /(TSelf a, TSelf b);

    /// <summary>a·b + c, rounded once.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    static abstract TSelf Sqrt(TSelf a);

    static abstract TSelf Abs(TSelf a);

    static abstract TSelf Min(TSelf a, TSelf b);

    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>The magnitude of one value with the sign of another.</summary>
    static abstract TSelf CopySign(TSelf magnitude, TSelf sign);

    /// <summary>The mask of the lanes where a is greater than b; a NaN is not.</summary>
    static abstract TSelf Greater(TSelf a, TSelf b);

    /// <summary>The lanes of one value where the mask is set, of the other where not.</summary>
    static abstract TSelf Select(TSelf mask, TSelf set, TSelf notSet);

    /// <summary>Whether a mask is set in any lane.</summary>
    static abstract bool Any(TSelf mask);
}
