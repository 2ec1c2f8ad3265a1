using LandscapeGpu.Objectives.Regions;

namespace LandscapeGpu.Objectives;

/// <summary>The set of points that an objective is explored on: all of ℝᵈ, a box, a ball, a sphere, frames, probabilities, products of these.</summary>
/// <remarks>
/// <para>
/// A region is one file. It writes its projection, and what is tangent or free, as expressions: these run on every device, and gradient and
/// Hessian on a smooth surface are derived from them. What lies on its sides it says in double precision (<see cref="Active"/>); polish,
/// classification and reports follow from that.
/// </para>
/// <para>
/// On a smooth surface with projection P onto the tangent space the gradient is P∇f and the Hessian v ↦ P·D(P∇f)[v]: on the sphere
/// P∇²fP − (xᵀ∇f)P. A step is followed by a retraction, which takes what is near the set to the set.
/// Absil, Mahony and Sepulchre (2008), Optimization Algorithms on Matrix Manifolds, §3.6, §4.1 and §5.3;
/// Absil, Mahony and Trumpf (2013), An extrinsic look at the Riemannian Hessian, Geometric Science of Information.
/// </para>
/// <para>Regions are immutable and equal by what they hold: programs of objectives on equal regions are the same.</para>
/// </remarks>
public abstract record Region
{
    /// <summary>All of ℝᵈ.</summary>
    public static Region WholeSpace { get; } = new WholeSpace();

    /// <summary>The box [low, high]ᵈ; descent is projected onto it. A bound may be infinite; equal bounds hold coordinates fixed.</summary>
    /// <exception cref="ArgumentException">A bound is not a number, or low &gt; high.</exception>
    public static Region Box(int dimension, double low, double high) =>
        Box([.. Enumerable.Repeat(low, Math.Max(0, dimension))], [.. Enumerable.Repeat(high, Math.Max(0, dimension))]);

    /// <summary>The box of points between two corners; descent is projected onto it. A bound may be infinite, and all of them are the whole space; equal bounds hold a coordinate fixed.</summary>
    /// <exception cref="ArgumentException">A bound is not a number, the corners have different lengths, or low &gt; high somewhere.</exception>
    public static Region Box(IReadOnlyList<double> lower, IReadOnlyList<double> upper)
    {
        ArgumentNullException.ThrowIfNull(lower);
        ArgumentNullException.ThrowIfNull(upper);
        var box = new Box([.. lower], [.. upper]);
        return lower.All(double.IsNegativeInfinity) && upper.All(double.IsPositiveInfinity) ? WholeSpace : box;
    }

    /// <summary>The positive orthant x ≥ 0 of ℝᵈ; descent is projected onto it. It is a box without upper bounds.</summary>
    /// <exception cref="ArgumentException">The dimension is below 1.</exception>
    public static Region Orthant(int dimension) => dimension >= 1
        ? Box(dimension, 0, double.PositiveInfinity)
        : throw new ArgumentException($"An orthant of {dimension} coordinates was asked for; it needs at least one.");

    /// <summary>The ball ‖x‖ ≤ radius; descent is projected onto it.</summary>
    /// <exception cref="ArgumentException">The radius is not finite and positive.</exception>
    public static Region Ball(double radius) => new Ball(radius, []);

    /// <summary>The ball ‖x − centre‖ ≤ radius; descent is projected onto it.</summary>
    /// <exception cref="ArgumentException">The radius is not finite and positive, or the centre not finite.</exception>
    public static Region Ball(IReadOnlyList<double> centre, double radius)
    {
        ArgumentNullException.ThrowIfNull(centre);
        return new Ball(radius, [.. centre]);
    }

    /// <summary>The unit sphere of ℝᵈ.</summary>
    /// <exception cref="ArgumentException">d is below 2.</exception>
    public static Region Sphere(int dimension) => new Spheres(dimension);

    /// <summary>Unit spheres of ℝᵏ, one after the other: the oblique manifold.</summary>
    /// <exception cref="ArgumentException">k is below 2.</exception>
    public static Region Spheres(int blockLength) => new Spheres(blockLength);

    /// <summary>p orthonormal vectors of ℝⁿ, one after the other: n×p matrices X with XᵀX = I, column by column.</summary>
    /// <exception cref="ArgumentException">p is below 1 or above n.</exception>
    public static Region Stiefel(int n, int p) => new Stiefel(n, p);

    /// <summary>Orthogonal n×n matrices, column by column: rotations and reflections.</summary>
    /// <exception cref="ArgumentException">n is below 2.</exception>
    public static Region Orthogonal(int n) => new Stiefel(n, n);

    /// <summary>x ≥ 0 with Σxᵢ = 1 in ℝⁿ: probabilities, mixed strategies, portfolios.</summary>
    /// <exception cref="ArgumentException">n is below 2.</exception>
    public static Region Simplex(int n) => new Simplices(n);

    /// <summary>Probability simplices of k coordinates, one after the other: the rows of a stochastic matrix.</summary>
    /// <exception cref="ArgumentException">k is below 2.</exception>
    public static Region Simplices(int blockLength) => new Simplices(blockLength);

    /// <summary>A product of regions: each block of coordinates on one of its own, in order.</summary>
    /// <exception cref="ArgumentException">There is no part, one has another number of coordinates, or is made of simplices.</exception>
    public static Region Product(params (Region Region, int Coordinates)[] parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return Regions.Product.Of(parts);
    }

    /// <summary>The number of its dimensions, in so many coordinates.</summary>
    public int DimensionIn(int coordinates) => coordinates - Normals(coordinates);

    /// <summary>Refuses a number of coordinates that its points do not have.</summary>
    /// <exception cref="ArgumentException">The set is not one of points with so many coordinates.</exception>
    public virtual void Require(int coordinates)
    {
    }

    /// <summary>The set of points with so many coordinates, in words.</summary>
    public virtual string Describe(int coordinates) => ToString();

    /// <summary>By how much a point, as the formula is given it, misses the equations and inequalities that define the set, in its coordinates' units; 0 on it.</summary>
    public abstract double Violation(ReadOnlySpan<double> point);

    /// <summary>Whether a point, as the formula is given it, is one of the set, to rounding; spheres, simplices and frames are of size 1.</summary>
    public virtual bool Contains(ReadOnlySpan<double> point) => Violation(point) <= Stationarity.ThreeQuartersOfTheDigits;

    /// <summary>Whether sides of the set cut a point off. Surfaces have none: what is beside them is brought back.</summary>
    internal virtual bool IsBeyondSides(ReadOnlySpan<double> point) => !IsSurfaceIn(point.Length) && !Contains(point);

    /// <summary>The point of the set that a point near it is taken to: the nearest, or a retraction; a point of the set stays where it is.</summary>
    public abstract Vector Project(Vector point, VectorForm form);

    /// <summary>The same in double precision, in place; false where only the expression is written, which is compiled then: surfaces leave the point where it is.</summary>
    public virtual bool TryProject(Span<double> point) => false;

    /// <summary>Pv: the part of a vector that is tangent at a point, of a set that is a smooth surface; all of it where the set has an inside.</summary>
    public virtual Vector Tangent(Vector v, Vector at, VectorForm form) => v;

    /// <summary>The dimension of the surface's normal space; 0 where the set has an inside.</summary>
    public virtual int Normals(int coordinates) => 0;

    /// <summary>The part of a vector that sides of the set leave free at a point, where the gradient there presses against them.</summary>
    public virtual Vector Free(Vector v, Vector gradient, Vector at, VectorForm form) => v;

    /// <summary>What the gradient changes by over a step, as a Hessian has to: where a curved side holds both ends, its own curvature belongs to that.</summary>
    internal virtual Vector Change((Vector Gradient, Vector At) from, (Vector Gradient, Vector At) to, VectorForm form) => form.Each(to.Gradient.Length, i => to.Gradient[i] - from.Gradient[i]);

    /// <summary>The sides of the set that a point lies on, in the coordinates that move; none inside and on surfaces.</summary>
    public virtual IReadOnlyList<ActiveConstraint> Active(ReadOnlySpan<double> point) => [];

    /// <summary>The coordinates that bounds hold at a point; null where a side that is no bound of one holds it.</summary>
    internal int[]? HeldCoordinates(ReadOnlySpan<double> point, double[] gradient) =>
        Active(point).Where(side => side.IsFixed || side.Holds(gradient)).ToArray() is var sides && sides.All(side => side.Coordinate is not null) ? [.. sides.Select(side => side.First)] : null;

    /// <summary>The sides that a point lies no farther from than a distance along each coordinate.</summary>
    internal virtual IReadOnlyList<ActiveConstraint> SidesNear(ReadOnlySpan<double> point, ReadOnlySpan<double> within) => [];

    /// <summary>Takes a point that is outside as far inside, as if sides were mirrors, in place; of surfaces as <see cref="TryProject"/> does.</summary>
    internal virtual bool TryMirror(Span<double> point) => TryProject(point);

    /// <summary>Makes of a gradient where a point is mirrored to that of what is seen in the mirror, in place.</summary>
    /// <param name="point">The point, before it is mirrored.</param>
    /// <param name="gradient">∇f where that is taken to.</param>
    internal virtual void MirrorGradient(ReadOnlySpan<double> point, Span<double> gradient)
    {
    }

    /// <summary>Puts a point onto the sides that a step would carry it over and the gradient pushes it to; false where there are none.</summary>
    /// <param name="point">Where the step begins.</param>
    /// <param name="gradient">∇f there.</param>
    /// <param name="ahead">Where it leads.</param>
    /// <param name="onSides">The point, which is put onto them.</param>
    internal virtual bool TryOntoSides(ReadOnlySpan<double> point, ReadOnlySpan<double> gradient, ReadOnlySpan<double> ahead, Span<double> onSides) => false;

    /// <summary>The share of a step that leads to the first side it meets, of those that the point is not on; infinite where it meets none.</summary>
    /// <param name="point">Where it begins.</param>
    /// <param name="direction">The whole step.</param>
    /// <param name="share">How much of it was tried.</param>
    internal virtual double ShareToSide(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, double share) => double.PositiveInfinity;

    // Those of a box of six coordinates, each free, at its lower or at its upper bound: all of them can be looked at.
    private const int MostFaces = (3 * 3 * 3 * 3 * 3 * 3) - 1;

    /// <summary>As many faces where they are few enough to look at each, else null.</summary>
    private protected static int? IfFew(double faces) => faces <= MostFaces ? (int)faces : null;

    /// <summary>How many faces of every dimension its boundary is made of; null where they are too many to look at each, or are not known.</summary>
    internal virtual int? Faces(int coordinates) => IsWholeSpace || IsSurfaceIn(coordinates) ? 0 : null;

    /// <summary>Takes a point of the set onto one of its faces, by number; false where it is not there.</summary>
    internal virtual bool TryTakeOnto(int face, Span<double> point) => false;

    /// <summary>A ball that a block of coordinates lies in.</summary>
    internal readonly record struct RoundBlock(Regions.Ball Ball, int First, int Count);

    /// <summary>The balls that it is a product with, or is.</summary>
    internal virtual IEnumerable<RoundBlock> RoundBlocks(int coordinates) => [];

    /// <summary>The region of the coordinates that bounds leave free on a face, with the unit sphere in place of each ball on whose surface the face lies.</summary>
    /// <param name="free">The coordinates that remain, ascending.</param>
    /// <param name="round">Where these balls begin.</param>
    internal virtual Region FaceOf(IReadOnlyList<int> free, IReadOnlySet<int> round) => this;

    /// <summary>Whether descent cannot run to infinity on it.</summary>
    public virtual bool IsBounded => true;

    /// <summary>How long the set is along a coordinate; null where it has no end, or where its own unit is 1.</summary>
    public virtual double? Length(int coordinate) => null;

    /// <summary>The middle of the region along a coordinate; 0 where it has none.</summary>
    internal virtual double Middle(int coordinate) => 0;

    /// <summary>χ, and what it is the Euler characteristic of, in words.</summary>
    /// <param name="coordinates">The number of coordinates.</param>
    /// <param name="reach">A distance from the origin that stands for infinity: what has no end is cut off there.</param>
    public abstract (int Value, string Of) EulerCharacteristic(int coordinates, double reach);

    /// <summary>Points all over its boundary, with outward normals; none where it has no boundary.</summary>
    /// <param name="coordinates">The number of coordinates.</param>
    /// <param name="reach">A distance from the origin that stands for infinity: what has no end is cut off there.</param>
    public virtual IEnumerable<(double[] Point, double[] Normal)> Boundary(int coordinates, double reach) => [];

    /// <summary>Where restarts begin by themselves, in the coordinates of the formula.</summary>
    public abstract Sampler Starts { get; }

    /// <summary>The same where distances that matter are known: what has no end tells nothing of them.</summary>
    internal virtual Sampler StartsAt(PerCoordinate scale) => Starts;

    /// <summary>The set in other units: y with x = S∘y, the lengths S none or one for each coordinate.</summary>
    /// <remarks>Sets that have a unit of their own, such as the unit sphere, are never asked: see <see cref="TakesUnits"/>.</remarks>
    internal virtual Region In(double[] lengths) => this;

    /// <summary>Whether a coordinate can be given another unit: null where it cannot, else a number that is the same for coordinates that must be given the same.</summary>
    internal virtual int? TakesUnits(int coordinate) => null;

    /// <summary>The coordinates that make a unit vector with one of them, wherever the point is; null where none do.</summary>
    internal virtual (int First, int Count)? UnitVectorAt(int coordinate) => null;

    /// <summary>Whether it has neither sides nor normals.</summary>
    internal virtual bool IsWholeSpace => false;

    /// <summary>Whether valleys may run to infinity in it: the whole space, and boxes that a side is missing of.</summary>
    internal bool HasOpenEnd => IsWholeSpace || (Sides is not null && !IsBounded);

    /// <summary>Whether it is a smooth surface, with no inside.</summary>
    internal bool IsSurfaceIn(int coordinates) => Normals(coordinates) > 0;

    /// <summary>The mean width of a box that is bounded; null elsewhere.</summary>
    internal virtual double? Width => null;

    /// <summary>How far a step may go where nothing but the set says how far: a twentieth of the box's mean width; without a box 1, the unit of the coordinates.</summary>
    internal double LongestStep => Width is { } width ? width / 20 : 1;

    /// <summary>Lower and upper bounds, where all sides are bounds of single coordinates; null elsewhere.</summary>
    public virtual (IReadOnlyList<double> Lower, IReadOnlyList<double> Upper)? Sides => null;

    /// <summary>Whether sides can be other than bounds of single coordinates: those are polished on lanes only.</summary>
    internal virtual bool HasGeneralSides => Sides is null && !IsWholeSpace;

    /// <summary>The tangent vector at x along which the shortest curve to y sets out, as long as the curve is; false where it is not known or there are several.</summary>
    internal virtual bool TryLogarithm(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> v)
    {
        for (var i = 0; i < v.Length; i++)
        {
            v[i] = y[i] - x[i];
        }

        // Where the set is convex it is the straight line.
        return !IsSurfaceIn(x.Length);
    }

    /// <summary>Whether what moves is not the point that the formula is given.</summary>
    internal virtual bool HasOwnCoordinates => false;

    /// <summary>Where the coordinates that move are.</summary>
    internal virtual Region OfMoving => this;

    /// <summary>What the formula is given for a point; null where it is the point itself.</summary>
    internal virtual Vector? Formula(Vector point) => null;

    /// <summary>A point as the formula is given it, from the coordinates that move.</summary>
    internal virtual double[] Shown(ReadOnlySpan<double> point) => point.ToArray();

    /// <summary>A point of coordinates that move with those made zero whose rest is rounding: what is said of a point is said of the one that is shown.</summary>
    internal virtual double[] OnFaces(ReadOnlySpan<double> point) => point.ToArray();

    /// <summary>How many places of the coordinates that move are shown as the same point.</summary>
    internal virtual int Copies(ReadOnlySpan<double> place) => 1;

    /// <summary>Whether a curve through a place of the coordinates that move, in this direction, shows the same points to both sides: one way into the region, met twice.</summary>
    internal virtual bool IsFoldedAlong(ReadOnlySpan<double> place, ReadOnlySpan<double> direction) => false;

    /// <summary>A sampler of coordinates that move, from one of points as the formula is given them.</summary>
    internal virtual Sampler Lifted(Sampler shown) => shown;

    /// <summary>The symmetry of the coordinates that move, from what is declared of points as the formula is given them; null for none.</summary>
    internal virtual Symmetry? Lifted(Symmetry? declared) => declared;
}
