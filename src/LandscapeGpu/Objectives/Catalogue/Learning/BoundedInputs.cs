namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>A bounded distribution of inputs x, x and −x equally likely, with what assumption 3.1 of Ma (2021) asks of it.</summary>
/// <remarks>
/// signs: each coordinate ±1. axes: one coordinate ±√d, the others 0. mixture: two clouds of corners, c·(1, …, 1)/√2 + ε/√2 with c and each εⱼ ±1, so that coordinates are 0 or
/// c√2. uniform: each coordinate uniform on [−√3, √3]. E xxᵀ is I, I, ½(I + 11ᵀ) and I.
/// </remarks>
internal sealed class BoundedInputs(BoundedInputs.Kind kind, int d)
{
    /// <summary>Which.</summary>
    public enum Kind
    {
        Signs,
        Axes,
        Mixture,
        Uniform,
    }

    /// <summary>B, the largest ‖x‖.</summary>
    public double LargestInput => Math.Sqrt(kind switch { Kind.Mixture => 2, Kind.Uniform => 3, _ => 1 } * d);

    /// <summary>λ, the least eigenvalue of E xxᵀ; the mixture's are ½ and (1 + d)/2, the latter along (1, …, 1).</summary>
    public double LeastVariance => kind == Kind.Mixture && d > 1 ? 0.5 : 1;

    /// <summary>How many inputs there are up to their sign, as likely each; null where they are a continuum.</summary>
    public long? Count => kind switch { Kind.Axes => d, Kind.Signs => 1L << Math.Min(d - 1, 62), Kind.Mixture => 1L << Math.Min(d, 62), _ => null };

    /// <summary>Coordinate j of input s, one of each pair ±x.</summary>
    public double Half(int s, int j) => kind switch
    {
        Kind.Axes => s == j ? LargestInput : 0,
        Kind.Mixture => (s >> j & 1) == 0 ? Math.Sqrt(2) : 0,
        _ => (s >> j & 1) == 0 ? 1 : -1,
    };

    /// <summary>Coordinate j of sample s.</summary>
    /// <param name="numbers">What it is drawn from.</param>
    /// <param name="s">The sample.</param>
    /// <param name="j">The coordinate; column d says what all coordinates of a sample share.</param>
    public double Draw(GeneratedNumbers numbers, int s, int j) => kind switch
    {
        Kind.Axes => Math.Min(d - 1, (int)(d * numbers.Uniform(s, 0))) == j ? LargestInput * numbers.Sign(s, d) : 0,
        Kind.Mixture => (numbers.Sign(s, d) + numbers.Sign(s, j)) / Math.Sqrt(2),
        Kind.Uniform => numbers.Bounded(s, j, 1),
        _ => numbers.Sign(s, j),
    };
}
