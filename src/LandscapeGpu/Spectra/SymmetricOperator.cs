namespace LandscapeGpu.Spectra;

/// <summary>result = A v for a symmetric A of d × d that need not be known as a matrix, such as a Hessian's product with a vector.</summary>
/// <param name="v">d entries; valid during the call only.</param>
/// <param name="result">d entries, all of which are to be written.</param>
public delegate void SymmetricOperator(ReadOnlySpan<double> v, Span<double> result);
