using System.Numerics;

namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>What a symmetry makes of one point: how many images it has, and along how many directions they fill a surface.</summary>
/// <remarks>
/// A group G with continuous parts carries x to surfaces of one dimension; which of them, is decided by the finite group of G's connected
/// components, of order |π₀(G)|. The orbit has |π₀(G)| / h pieces, h being the number of components that leave x's own piece where it is
/// (for a finite group: the stabiliser's order, and the pieces are points).
/// </remarks>
public sealed record Orbit
{
    /// <summary>|π₀(G)|: for a finite group, its order.</summary>
    public required BigInteger GroupOrder { get; init; }

    /// <summary>h; null where it could not be counted.</summary>
    public required BigInteger? StabiliserOrder { get; init; }

    /// <summary>What in the point makes the stabiliser, such as two equal units; empty where it is trivial or unknown.</summary>
    public string Stabiliser { get; init; } = "";

    /// <summary>The dimension of the orbit's pieces: directions along which the value cannot change.</summary>
    public int Dimension { get; init; }

    /// <summary>How many pieces the orbit has, |π₀(G)| / h; null where h is unknown.</summary>
    public BigInteger? Size => StabiliserOrder is { } h ? GroupOrder / h : null;

    /// <summary>A point that nothing but the identity acts on.</summary>
    internal static Orbit Alone { get; } = new() { GroupOrder = 1, StabiliserOrder = 1 };

    /// <summary>n!</summary>
    internal static BigInteger Factorial(int n)
    {
        var product = BigInteger.One;
        for (var k = 2; k <= n; k++)
        {
            product *= k;
        }

        return product;
    }
}
