using LandscapeGpu.Compilation;

namespace LandscapeGpu.Differentiation;

/// <summary>Value, gradient and Hessian of an objective as programs in double precision, for whatever runs them; on a surface the Riemannian ones.</summary>
internal sealed class DerivativePrograms
{
    // Up to this many operations a formula is written out, and then its Hessian as well, entry by entry.
    private const int UnrolledTraversal = 250;
    private const int MostWrittenOutCoordinates = 12;

    private DerivativePrograms(Objective objective, Real value, Vector gradient)
    {
        var d = objective.Dimension;
        (X, Value, Gradient) = (Array("x", d), Array("f", 1), Array("g", d));
        Slope = Lowering.Lower(
            true,
            [X, Value, Gradient],
            new Dictionary<Vector, Storage> { [objective.Point] = new(X, 0) },
            [new Output.OfReal(value, new(Value, 0)), new Output.OfVector(gradient, new(Gradient, 0))]);
    }

    /// <summary>f and ∇f at X.</summary>
    public Program Slope { get; }

    public ProgramArray X { get; }

    public ProgramArray Value { get; }

    public ProgramArray Gradient { get; }

    /// <summary>The Hessian at At: all of it, or its product with Direction.</summary>
    public required Program Curvature { get; init; }

    public required ProgramArray At { get; init; }

    /// <summary>The vector the Hessian is multiplied with; null where all entries are computed at once.</summary>
    public ProgramArray? Direction { get; init; }

    /// <summary>d·d entries, or the product's d.</summary>
    public required ProgramArray Result { get; init; }

    /// <summary>The part of Direction that is normal to the surface; null where there is none.</summary>
    public ProgramArray? Normal { get; init; }

    /// <param name="objective">What is derived.</param>
    /// <param name="productsOnly">Writes the product with a vector, however small the Hessian is.</param>
    public static DerivativePrograms Write(Objective objective, bool productsOnly = false) => objective.Trace.Run(() =>
    {
        var value = Unrolling.Unroll(objective.Value, UnrolledTraversal);
        var gradient = ReverseMode.Gradient(value, objective.Point);
        return objective.Surface is { } surface ? OnSurface(objective, surface, value, gradient)
            : !productsOnly && gradient is ComponentVector rows && objective.Dimension <= MostWrittenOutCoordinates ? AtOnce(objective, value, rows)
            : ByProducts(objective, value, gradient);
    });

    private static DerivativePrograms AtOnce(Objective objective, Real value, ComponentVector gradient)
    {
        var d = objective.Dimension;
        var (at, h) = (Array("x", d), Array("h", d * d));
        var outputs = Enumerable.Range(0, d).Select(j => (Output)new Output.OfVector(Column(gradient, objective.Point, j), new(h, j * d))).ToList();
        return new(objective, value, gradient)
        {
            At = at,
            Curvature = Lowering.Lower(true, [at, h], new Dictionary<Vector, Storage> { [objective.Point] = new(at, 0) }, outputs),
            Result = h,
        };
    }

    private static DerivativePrograms ByProducts(Objective objective, Real value, Vector gradient)
    {
        var d = objective.Dimension;
        var direction = new Point("v", d);
        var (at, v, product) = (Array("x", d), Array("v", d), Array("hv", d));
        var along = ForwardMode.Along(gradient, objective.Point, direction) ?? VectorForm.Of(gradient).Each(d, _ => 0);
        var inputs = new Dictionary<Vector, Storage> { [objective.Point] = new(at, 0), [direction] = new(v, 0) };
        return new(objective, value, gradient)
        {
            At = at,
            Direction = v,
            Curvature = Lowering.Lower(true, [at, v, product], inputs, [new Output.OfVector(along, new(product, 0))], varying: v),
            Result = product,
        };
    }

    /// <summary>Gradient P∇f and Hessian v ↦ P·D(P∇f)[Pv], beside the normal part v − Pv.</summary>
    private static DerivativePrograms OnSurface(Objective objective, Region surface, Real value, Vector ambient)
    {
        var (d, x, form) = (objective.Dimension, objective.Point, VectorForm.Of(ambient));
        var gradient = surface.Tangent(ambient, x, form);
        var direction = new Point("v", d);
        var tangent = surface.Tangent(direction, x, form);
        var along = surface.Tangent(ForwardMode.Along(gradient, x, tangent) ?? form.Each(d, _ => 0), x, form);
        var (at, v, product, normal) = (Array("x", d), Array("v", d), Array("hv", d), Array("nv", d));
        return new(objective, value, gradient)
        {
            At = at,
            Direction = v,
            Normal = normal,
            Curvature = Lowering.Lower(
                true,
                [at, v, product, normal],
                new Dictionary<Vector, Storage> { [x] = new(at, 0), [direction] = new(v, 0) },
                [new Output.OfVector(along, new(product, 0)), new Output.OfVector(form.Each(d, i => direction[i] - tangent[i]), new(normal, 0))],
                varying: v),
            Result = product,
        };
    }

    private static ProgramArray Array(string name, int length) => new(name, length, Memory.State);

    private static Vector Column(ComponentVector gradient, Point point, int j)
    {
        var unit = new ComponentVector([.. Enumerable.Range(0, point.Length).Select(i => Real.Constant(i == j ? 1 : 0))]);
        return ForwardMode.Along(gradient, point, unit)!;
    }
}
