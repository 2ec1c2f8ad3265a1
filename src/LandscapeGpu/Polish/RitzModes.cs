namespace LandscapeGpu.Polish;

/// <summary>Eigenvalues and eigenvectors of the Hessian at a point on the space that guides and its products with them span: all of them where that is the whole space.</summary>
/// <remarks>
/// A block Krylov space with an orthonormal basis V; what is decomposed is VᵀHV (Rayleigh and Ritz; Parlett 1980, The Symmetric Eigenvalue Problem, chapters 11 and 13). The directions along
/// which a continuous symmetry moves the point are kept out: away from stationary points they are no zero modes by themselves. Products come from whoever computes those of all
/// lanes at once: it multiplies <see cref="Direction"/> as long as this <see cref="IsOpen"/>.
/// </remarks>
internal sealed class RitzModes(int d, Symmetry? symmetry)
{
    private readonly List<double[]> basis = [];
    private readonly List<double[]> products = [];
    private readonly Queue<double[]> guides = [];
    private List<double[]> kept = [];
    private double[]? bend;
    private SymmetricEigenvectors spectrum = new([], []);
    private double size;
    private int most;
    private int next;
    private int made;

    /// <summary>Whether a product with <see cref="Direction"/> is asked for.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Whether the spectrum is that of the point where the walk stands.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>What is to be multiplied with the Hessian next.</summary>
    public double[] Direction => basis[made];

    /// <summary>Where the product is to be written before it is taken.</summary>
    public double[] Product => products[made];

    /// <summary>In ascending order.</summary>
    public double[] Values => spectrum.Values;

    /// <summary>The walk has moved: what is known belongs to another point.</summary>
    public void Forget() => IsKnown = false;

    /// <summary>Begins a space at a point.</summary>
    /// <param name="point">Where.</param>
    /// <param name="towards">What it is to hold above all.</param>
    /// <param name="products">The most products.</param>
    /// <param name="face">The sides that hold the point: their normals are kept out, and their curvature is the Hessian's; null for none.</param>
    public void Begin(ReadOnlySpan<double> point, IEnumerable<double[]> towards, int products, HeldFace? face = null)
    {
        kept = symmetry is null ? [] : OrbitProjection.Basis(symmetry.Velocities(point));
        bend = face?.Bend(d);
        if (face is { IsNone: false })
        {
            kept = OrbitProjection.Basis([.. face.Normals(d), .. kept]);
        }

        guides.Clear();
        foreach (var guide in towards)
        {
            guides.Enqueue(guide);
        }

        (made, next, size, most, IsOpen, IsKnown) = (0, 0, 0, products, true, false);
        Choose();
    }

    /// <summary>The product that was asked for has been written.</summary>
    /// <param name="normal">What of the direction is normal to the surface, on which products do not depend; none where there is no surface.</param>
    public void Take(ReadOnlySpan<double> normal = default)
    {
        for (var i = 0; bend is not null && i < d; i++)
        {
            Product[i] += bend[i] * Direction[i];
        }

        if (!normal.IsEmpty)
        {
            Inner.Add(-1, normal, Direction);
            var tangent = Inner.Norm(Direction);
            if (!(tangent > Stationarity.HalfTheDigits))
            {
                Choose();
                return;
            }

            Inner.Scale(1 / tangent, Direction);
            Inner.Scale(1 / tangent, Product);
        }

        var norm = Inner.Norm(Product);
        made++;
        if (!double.IsFinite(norm))
        {
            (IsOpen, size) = (false, double.NaN);
            return;
        }

        size = Math.Max(size, norm);
        Choose();
    }

    /// <summary>Decomposes; false where the Hessian is not finite, or nothing moves the point.</summary>
    public bool TrySolve()
    {
        if (IsKnown)
        {
            return true;
        }

        if (!double.IsFinite(size) || made == 0)
        {
            return false;
        }

        spectrum = SymmetricEigenvalues.Decompose(Reduced(), made);
        IsKnown = true;
        return true;
    }

    /// <summary>Newton's step on the space, without its spectrum: where f is curved down along the first guide and up along all that is orthogonal to it in the Hessian's sense.</summary>
    /// <param name="gradient">∇f at the point.</param>
    /// <param name="step">The step.</param>
    /// <param name="weight">What slope and curvature along all modes change f by, each in magnitude.</param>
    /// <remarks>
    /// With the sign of the first entry turned the matrix has Cholesky's factors only if one eigenvalue is negative; the step is that of the matrix itself by Sherman and Morrison's formula.
    /// It costs n³/6 where a spectrum costs 9n³.
    /// </remarks>
    public bool TryNewton(ReadOnlySpan<double> gradient, Span<double> step, out double weight)
    {
        weight = 0;
        if (!double.IsFinite(size) || made == 0)
        {
            return false;
        }

        var matrix = Reduced();
        var down = matrix[0];
        if (!(down < 0))
        {
            return false;
        }

        matrix[0] = -down;
        var pivots = new double[made];
        var factors = ArrayFactors.Of(matrix, matrix, pivots);
        // A pivot that is the rounding of the largest entry is that of a mode without curvature, or of another that goes down.
        if (!factors.TryFactor(0) || !(pivots.Min(p => p * p) > Stationarity.HalfTheDigits * Enumerable.Range(0, made).Max(k => matrix[(k * made) + k])))
        {
            return false;
        }

        var (slopes, first) = (new double[made], new double[made]);
        for (var i = 0; i < made; i++)
        {
            slopes[i] = Inner.Product(basis[i], gradient);
        }

        first[0] = 1;
        double[] right = [.. slopes];
        factors.Substitute(new(right));
        factors.Substitute(new(first));
        var denominator = 1 + (2 * down * first[0]);
        weight = 1.5 * Inner.Product(slopes, right);
        Inner.Add(-2 * down * right[0] / denominator, first, right);
        step.Clear();
        for (var i = 0; i < made; i++)
        {
            Inner.Add(-right[i], basis[i], step);
        }

        return denominator < 0;
    }

    private double[] Reduced()
    {
        var reduced = new double[made * made];
        for (var i = 0; i < made; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                reduced[(i * made) + j] = reduced[(j * made) + i] = Inner.Product(basis[i], products[j]);
            }
        }

        return reduced;
    }

    /// <summary>What a vector has along each of the modes.</summary>
    public double[] Along(ReadOnlySpan<double> vector)
    {
        var (inside, along) = (new double[made], new double[made]);
        for (var i = 0; i < made; i++)
        {
            inside[i] = Inner.Product(basis[i], vector);
        }

        for (var k = 0; k < made; k++)
        {
            along[k] = Inner.Product(spectrum.Vector(k), inside);
        }

        return along;
    }

    /// <summary>The sum of modes, each so far.</summary>
    public void Combine(ReadOnlySpan<double> far, Span<double> sum)
    {
        var inside = new double[made];
        for (var k = 0; k < made; k++)
        {
            Inner.Add(far[k], spectrum.Vector(k), inside);
        }

        sum.Clear();
        for (var i = 0; i < made; i++)
        {
            Inner.Add(inside[i], basis[i], sum);
        }
    }

    /// <summary>The product of the Hessian with what the space holds of a vector.</summary>
    public double[] ProductWith(ReadOnlySpan<double> vector)
    {
        var product = new double[d];
        for (var i = 0; i < made; i++)
        {
            Inner.Add(Inner.Product(basis[i], vector), products[i], product);
        }

        return product;
    }

    /// <summary>The length of what the product with a sum of modes has outside the space: of the gradient after such a step as much is not foretold.</summary>
    public double Outside(ReadOnlySpan<double> sum)
    {
        var product = ProductWith(sum);
        foreach (var b in kept.Concat(basis.Take(made)))
        {
            Inner.Add(-Inner.Product(b, product), b, product);
        }

        return Inner.Norm(product);
    }

    /// <summary>The next vector of the basis: what is left of a guide, or of a product.</summary>
    private void Choose()
    {
        while (made < most && made + kept.Count < d)
        {
            if (products.Count == made)
            {
                products.Add(new double[d]);
                basis.Add(new double[d]);
            }

            var v = basis[made];
            double whole;
            if (guides.TryDequeue(out var guide))
            {
                guide.CopyTo(v, 0);
                whole = Inner.Norm(v);
            }
            else if (next < made)
            {
                products[next++].CopyTo(v, 0);
                whole = size;
            }
            else
            {
                break;
            }

            if (whole > 0 && double.IsFinite(whole) && Orthogonalisation.TryLeave(v, whole, [.. kept, .. basis.Take(made)]))
            {
                return;
            }
        }

        IsOpen = false;
    }
}
