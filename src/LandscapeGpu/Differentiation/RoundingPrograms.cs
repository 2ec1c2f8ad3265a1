using LandscapeGpu.Compilation;

namespace LandscapeGpu.Differentiation;

/// <summary>f and ∇f with bounds of their rounding errors, and the bounds of a Hessian-vector product, as programs; on a surface of the Riemannian ones.</summary>
/// <remarks>
/// By how much each coordinate may be wrong is given with the point, in u: what that does to the result is part of the bound
/// (<see cref="RunningError"/>). Where a point is to be called stationary it is u·max(1, |xᵢ|), its own rounding and that of the unit it is measured
/// in, since at a minimum of x⁴ relative precision would never be enough; of differences between given points it is nothing. On a surface each such
/// u comes with the roundings of the retraction that put the point there. A coordinate on its bound is that number: where a slope is infinite there, as that of √x at 0, nothing would be known of
/// the others' slopes.
/// </remarks>
internal sealed class RoundingPrograms(Program slope, Program curvature)
{
    // Formulas of some length stay loops: bounds are several times as long, and asked for once a point.
    private const int UnrolledTraversal = 60;

    /// <summary>f, ∇f and their bounds at X.</summary>
    public Program Slope => slope;

    /// <summary>The bounds of H·v at X, with v in Direction.</summary>
    public Program Curvature => curvature;

    public required ProgramArray X { get; init; }

    /// <summary>By how many u the coordinates of X may be wrong.</summary>
    public required ProgramArray Inputs { get; init; }

    public required ProgramArray Value { get; init; }

    public required ProgramArray Gradient { get; init; }

    public required ProgramArray ValueError { get; init; }

    public required ProgramArray GradientError { get; init; }

    public required ProgramArray At { get; init; }

    /// <summary>By how many u the coordinates of At may be wrong.</summary>
    public required ProgramArray InputsAt { get; init; }

    public required ProgramArray Direction { get; init; }

    public required ProgramArray ProductError { get; init; }

    public static RoundingPrograms Write(Objective objective) => objective.Trace.Run(() =>
    {
        var (d, point) = (objective.Dimension, objective.Point);
        var value = Unrolling.Unroll(objective.Value, UnrolledTraversal);
        var raw = ReverseMode.Gradient(value, point);
        var form = VectorForm.Of(raw);
        var gradient = Tangent(raw);
        var direction = new Point("v", d);
        var product = Tangent(ForwardMode.Along(gradient, point, Tangent(direction)) ?? form.Each(d, _ => 0));
        var inputs = new Point("r", d);
        var wrong = objective.Region.Normals(d) > 0 ? OnSurface() : KeepingBounds(objective) is { } sides ? OffBounds(sides) : inputs;
        var (ofValue, error) = (new RunningError(point, wrong) { BoundsPoles = true }, new RunningError(point, wrong));
        var (x, r, f, g, ef, eg) = (Array("x", d), Array("r", d), Array("f", 1), Array("g", d), Array("ef", 1), Array("eg", d));
        var (at, rat, v, eh) = (Array("x", d), Array("r", d), Array("v", d), Array("eh", d));
        var slope = Lowering.Lower(
            true,
            [x, r, f, g, ef, eg],
            new Dictionary<Vector, Storage> { [point] = new(x, 0), [inputs] = new(r, 0) },
            [
                new Output.OfReal(value, new(f, 0)),
                new Output.OfVector(gradient, new(g, 0)),
                new Output.OfReal(ofValue.Bound(value), new(ef, 0)),
                new Output.OfVector(error.Bound(gradient), new(eg, 0)),
            ]);
        var curvature = Lowering.Lower(
            true,
            [at, rat, v, eh],
            new Dictionary<Vector, Storage> { [point] = new(at, 0), [inputs] = new(rat, 0), [direction] = new(v, 0) },
            [new Output.OfVector(error.Bound(product), new(eh, 0))]);
        return new RoundingPrograms(slope, curvature)
        {
            X = x,
            Inputs = r,
            Value = f,
            Gradient = g,
            ValueError = ef,
            GradientError = eg,
            At = at,
            InputsAt = rat,
            Direction = v,
            ProductError = eh,
        };

        Vector OffBounds(Region sides)
        {
            var free = sides.Free(sides.Free(form.Each(d, _ => 1), form.Each(d, _ => 1), point, form), form.Each(d, _ => -1), point, form);
            return form.Each(d, i => inputs[i] * free[i]);
        }

        Vector Tangent(Vector w) => objective.Region.Tangent(w, point, form);

        // A point of a surface is put there by a retraction, and lies no nearer to where it is meant to be than that rounds.
        Vector OnSurface()
        {
            var placed = new RunningError(point, null).InRoundings(objective.Region.Project(point, form));
            return form.Each(d, i => inputs[i] * (1 + placed[i]));
        }
    });

    /// <summary>The region whose bounds are exact; null where no slope of the formula is infinite on one.</summary>
    public static Region? KeepingBounds(Objective objective) => objective.Region.Sides is not null && Smoothness.MayBeSteep(objective.Value) ? objective.Region : null;

    private static ProgramArray Array(string name, int length) => new(name, length, Memory.State);
}
