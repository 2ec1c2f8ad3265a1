namespace LandscapeGpu.Objectives.Regions;

/// <summary>A product of unit spheres: consecutive blocks of coordinates, each of length 1. One block is the sphere, several are the oblique manifold.</summary>
/// <remarks>Pv = v − (xᵀv)x, and the retraction divides by the length, block by block. Absil, Mahony and Sepulchre (2008), §3.6 and §4.1.</remarks>
internal sealed record Spheres : Region
{
    public Spheres(int blockLength) => BlockLength = blockLength >= 2
        ? blockLength
        : throw new ArgumentException($"A sphere was given {blockLength} coordinates; it needs at least 2.");

    /// <summary>The number of coordinates of each sphere's space.</summary>
    public int BlockLength { get; }

    public override string ToString() => $"unit spheres in R^{BlockLength}";

    public override string Describe(int coordinates) => coordinates == BlockLength ? $"the unit sphere in R^{BlockLength}" : $"{coordinates / BlockLength} {this}";

    public override Sampler Starts => new UniformSpheres(BlockLength);

    internal override bool HasGeneralSides => false;

    internal override (int First, int Count)? UnitVectorAt(int coordinate) => (coordinate / BlockLength * BlockLength, BlockLength);

    public override int Normals(int coordinates) => coordinates / BlockLength;

    public override (int Value, string Of) EulerCharacteristic(int coordinates, double reach)
    {
        var (m, blocks) = (BlockLength - 1, coordinates / BlockLength);
        // χ(Sᵐ) = 1 + (−1)ᵐ, and χ of a product is the product.
        return (m % 2 == 1 ? 0 : 1 << Math.Min(blocks, 30), blocks == 1 ? $"the sphere S^{m}" : $"{blocks} spheres S^{m}");
    }

    public override void Require(int coordinates) => Blocks.Require(coordinates, BlockLength, "spheres");

    public override double Violation(ReadOnlySpan<double> point) => Blocks.Worst(point, BlockLength, block =>
    {
        var square = 0.0;
        foreach (var x in block)
        {
            square += x * x;
        }

        return Math.Abs(Math.Sqrt(square) - 1);
    });

    public override Vector Tangent(Vector v, Vector at, VectorForm form)
    {
        var n = BlockLength;
        var along = form.Each(v.Length / n, b => InBlock(b, i => v[i] * at[i], form));
        return form.Each(v.Length, i => v[i] - (along[i / n] * at[i]));
    }

    public override Vector Project(Vector point, VectorForm form)
    {
        var n = BlockLength;
        var factor = form.Each(point.Length / n, b => 1 / Sqrt(InBlock(b, i => Square(point[i]), form)));
        return form.Each(point.Length, i => factor[i / n] * point[i]);
    }

    /// <summary>Along the great circle of each sphere; antipodes have no one direction between them.</summary>
    internal override bool TryLogarithm(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> v)
    {
        for (var begin = 0; begin < x.Length; begin += BlockLength)
        {
            double cosine = 0, square = 0;
            for (var i = begin; i < begin + BlockLength; i++)
            {
                cosine += x[i] * y[i];
            }

            for (var i = begin; i < begin + BlockLength; i++)
            {
                v[i] = y[i] - (cosine * x[i]);
                square += v[i] * v[i];
            }

            // The tangent's length is the angle's sine; for small angles the sine tells the angle better than the cosine does.
            var sine = Math.Sqrt(square);
            if (sine < Stationarity.HalfTheDigits && cosine < 0)
            {
                return false;
            }

            var factor = sine > 0 ? Math.Atan2(sine, cosine) / sine : 1;
            for (var i = begin; i < begin + BlockLength; i++)
            {
                v[i] *= factor;
            }
        }

        return true;
    }

    private Real InBlock(Index block, Func<Index, Real> term, VectorForm form)
    {
        var n = BlockLength;
        return form.Total(n, k => term((block * n) + k));
    }
}
