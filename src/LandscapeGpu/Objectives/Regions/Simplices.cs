namespace LandscapeGpu.Objectives.Regions;

/// <summary>Probability simplices, one after the other: xᵢ ≥ 0 and Σxᵢ = 1 in each block of coordinates.</summary>
/// <remarks>
/// What moves is y on unit spheres, with x = y∘y; the formula is given x, and points are reported in x. Points where the second-order
/// conditions hold for y are those where they hold for x on the simplex (Li, McKenzie and Yin 2023, From the simplex to the sphere:
/// faster constrained optimization using the Hadamard parametrization, Information and Inference 12, 1898): where xᵢ = 0 with a
/// multiplier μᵢ = ∂f/∂xᵢ − xᵀ∇f, the Hessian in y has the eigenvalue 2μᵢ of its own. So a minimum at a face with strict
/// complementarity (μ &gt; 0) is an ordinary minimum in y; a coordinate held at 0 by nothing (μ = 0) is a flat direction there, whichever
/// order decides; and a point that is stationary within a face with some μᵢ &lt; 0, and so not stationary on the simplex, is a saddle.
/// The signs of y mean nothing: minima are counted modulo them.
/// </remarks>
internal sealed record Simplices : Region
{
    // Its square is the least probability that counts as one: three quarters of the digits of the sum of all.
    private const double LeastRoot = 1e-6;

    private readonly Spheres spheres;

    public Simplices(int blockLength)
    {
        BlockLength = blockLength >= 2 ? blockLength : throw new ArgumentException($"A simplex was given {blockLength} coordinates; it needs at least 2.");
        spheres = new(blockLength);
    }

    /// <summary>The number of coordinates of each simplex.</summary>
    public int BlockLength { get; }

    public override string ToString() => $"probability simplices in R^{BlockLength}";

    public override string Describe(int coordinates) => coordinates == BlockLength ? $"the probability simplex in R^{BlockLength}" : $"{coordinates / BlockLength} {this}";

    public override Sampler Starts => new UniformSimplices(BlockLength);

    internal override bool HasGeneralSides => false;

    public override int Normals(int coordinates) => spheres.Normals(coordinates);

    public override (int Value, string Of) EulerCharacteristic(int coordinates, double reach)
    {
        var (value, of) = spheres.EulerCharacteristic(coordinates, reach);
        return (value, $"{of}, on which a point with s positive coordinates is met 2^s times");
    }

    public override void Require(int coordinates) => Blocks.Require(coordinates, BlockLength, "simplices");

    public override double Violation(ReadOnlySpan<double> point) => Blocks.Worst(point, BlockLength, block =>
    {
        var (sum, below) = (0.0, 0.0);
        foreach (var x in block)
        {
            (sum, below) = (sum + x, Math.Max(below, -x));
        }

        return Math.Max(below, Math.Abs(sum - 1));
    });

    public override Vector Tangent(Vector v, Vector at, VectorForm form) => spheres.Tangent(v, at, form);

    public override Vector Project(Vector point, VectorForm form) => spheres.Project(point, form);

    internal override bool HasOwnCoordinates => true;

    internal override Region OfMoving => spheres;

    internal override Vector? Formula(Vector point) => Vector(point.Length, i => Square(point[i]));

    internal override double[] Shown(ReadOnlySpan<double> point) => [.. OnFaces(point).Select(y => y * y)];

    internal override double[] OnFaces(ReadOnlySpan<double> point)
    {
        var y = point.ToArray();
        for (var i = 0; i < y.Length; i++)
        {
            // What rounding leaves of a coordinate at a face is its zero.
            y[i] = Math.Abs(y[i]) > Stationarity.MillionRoundings ? y[i] : 0;
        }

        return y;
    }

    internal override int Copies(ReadOnlySpan<double> place)
    {
        var support = 0;
        foreach (var y in place)
        {
            support += Math.Abs(y) > LeastRoot ? 1 : 0;
        }

        return 1 << Math.Min(support, 30);
    }

    // By the symmetry of signs the Hessian has no entry between a coordinate at a face and one beside it: an eigenvector lies in the ones or in the others.
    internal override bool IsFoldedAlong(ReadOnlySpan<double> place, ReadOnlySpan<double> direction)
    {
        var (whole, ofFaces) = (0.0, 0.0);
        for (var i = 0; i < place.Length; i++)
        {
            var square = direction[i] * direction[i];
            whole += square;
            ofFaces += Math.Abs(place[i]) <= LeastRoot ? square : 0;
        }

        return ofFaces > whole / 2;
    }

    internal override Sampler Lifted(Sampler shown) => new SquareRoots(shown);

    internal override Symmetry Lifted(Symmetry? declared) => declared is null ? new CoordinateSigns() : new OfSquares(declared);
}
