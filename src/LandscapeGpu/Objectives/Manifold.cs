using LandscapeGpu.Expressions;
using LandscapeGpu.Objectives.Symmetries;
using LandscapeGpu.Starts;

namespace LandscapeGpu.Objectives;

/// <summary>A smooth set that an objective is restricted to, embedded in the space of its coordinates.</summary>
/// <remarks>
/// With P the projection onto the tangent space, the gradient is P∇f and the Hessian v ↦ P·D(P∇f)[v]: on the sphere
/// P∇²fP − (xᵀ∇f)P. A step is followed by a retraction, which takes what is near the set to the set.
/// A manifold is one file: it writes projection and retraction as expressions, from which everything else is derived on every device.
/// Absil, Mahony and Sepulchre (2008), Optimization Algorithms on Matrix Manifolds, §3.6, §4.1 and §5.3;
/// Absil, Mahony and Trumpf (2013), An extrinsic look at the Riemannian Hessian, Geometric Science of Information.
/// </remarks>
public abstract record Manifold
{
    /// <summary>The unit sphere of ℝᵈ.</summary>
    /// <exception cref="ArgumentException">d is below 2.</exception>
    public static Manifold Sphere(int dimension) => new Manifolds.Spheres(dimension);

    /// <summary>Unit spheres of ℝᵏ, one after the other: the oblique manifold.</summary>
    /// <exception cref="ArgumentException">k is below 2.</exception>
    public static Manifold Spheres(int blockLength) => new Manifolds.Spheres(blockLength);

    /// <summary>p orthonormal vectors of ℝⁿ, one after the other: n×p matrices X with XᵀX = I, column by column.</summary>
    /// <exception cref="ArgumentException">p is below 1 or above n.</exception>
    public static Manifold Stiefel(int n, int p) => new Manifolds.Stiefel(n, p);

    /// <summary>Orthogonal n×n matrices, column by column: rotations and reflections.</summary>
    /// <exception cref="ArgumentException">n is below 2.</exception>
    public static Manifold Orthogonal(int n) => new Manifolds.Stiefel(n, n);

    /// <summary>x ≥ 0 with Σxᵢ = 1 in ℝⁿ: probabilities, mixed strategies, portfolios.</summary>
    /// <exception cref="ArgumentException">n is below 2.</exception>
    public static Manifold Simplex(int n) => new Manifolds.Simplices(n);

    /// <summary>Probability simplices of k coordinates, one after the other: the rows of a stochastic matrix.</summary>
    /// <exception cref="ArgumentException">k is below 2.</exception>
    public static Manifold Simplices(int blockLength) => new Manifolds.Simplices(blockLength);

    /// <summary>The number of its dimensions, in so many coordinates.</summary>
    public int DimensionIn(int coordinates) => coordinates - Normals(coordinates);

    /// <summary>Pv: the part of a vector that is tangent at a point of the set.</summary>
    internal abstract Vector Tangent(Vector v, Vector at, VectorForm form);

    /// <summary>The point of the set that a point near it is taken to; a point of the set stays where it is.</summary>
    internal abstract Vector Retract(Vector point, VectorForm form);

    /// <summary>The dimension of the normal space.</summary>
    internal abstract int Normals(int coordinates);

    /// <summary>χ, and what it is the Euler characteristic of, in words.</summary>
    internal abstract (int Value, string Of) EulerCharacteristic(int coordinates);

    /// <summary>Where restarts begin by themselves, in the coordinates of the formula.</summary>
    internal abstract Sampler Starts { get; }

    /// <exception cref="ArgumentException">The set is not one of points with so many coordinates.</exception>
    internal abstract void Require(int coordinates);

    /// <summary>By how much a point, as the formula is given it, misses the equations and inequalities that define the set; 0 on it.</summary>
    internal abstract double Violation(ReadOnlySpan<double> point);

    /// <summary>The tangent vector at x along which the shortest curve to y sets out, as long as the curve is; false where it is not known or there are several.</summary>
    internal virtual bool TryLogarithm(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> v) => false;

    /// <summary>The set of points with so many coordinates, in words.</summary>
    internal virtual string Describe(int coordinates) => ToString();

    /// <summary>What the formula is given for a point; null where it is the point itself.</summary>
    internal virtual Vector? Formula(Vector point) => null;

    /// <summary>A point as the formula is given it, from the coordinates that move.</summary>
    internal virtual double[] Shown(ReadOnlySpan<double> point) => point.ToArray();

    /// <summary>How many places of the coordinates that move are shown as the same point.</summary>
    internal virtual int Copies(ReadOnlySpan<double> place) => 1;

    /// <summary>A sampler of coordinates that move, from one of points as the formula is given them.</summary>
    internal virtual Sampler Lifted(Sampler shown) => shown;

    /// <summary>The symmetry of the coordinates that move, from what is declared of points as the formula is given them; null for none.</summary>
    internal virtual Symmetry? Lifted(Symmetry? declared) => declared;
}
