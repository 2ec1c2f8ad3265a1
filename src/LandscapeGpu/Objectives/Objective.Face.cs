using LandscapeGpu.Objectives.Regions;

namespace LandscapeGpu.Objectives;

// The same landscape on a face of its region.
public sealed partial record Objective
{
    // Formulas name coordinates one by one or in loops; up to this many each is written by itself.
    private const int MostWritten = 64;

    /// <summary>The objective as a function of some coordinates, with the others where a point has them; of a region all of whose sides are bounds.</summary>
    /// <param name="free">The coordinates that remain, ascending; at least one.</param>
    /// <param name="at">The point, d coordinates that move.</param>
    internal Objective OnFace(IReadOnlyList<int> free, ReadOnlySpan<double> at)
    {
        var point = new Point("x", free.Count);
        var held = at.ToArray();
        var place = Enumerable.Repeat(-1, Dimension).ToArray();
        for (var k = 0; k < free.Count; k++)
        {
            (place[free[k]], held[free[k]]) = (k, 0);
        }

        var own = definition.Fork();
        var value = own.Run(() =>
        {
            Vector whole;
            if (Dimension <= MostWritten)
            {
                whole = new ComponentVector([.. place.Select((k, i) => k < 0 ? Real.Constant(held[i]) : point[k])]);
            }
            else
            {
                var (where, isFree, fixedAt) = (new IndexData("face", [.. place.Select(k => Math.Max(0, k))]), new Data("free", [.. place.Select(k => k < 0 ? 0.0 : 1)]), new Data("held", held));
                whole = Vector(Dimension, i => (isFree[i] * point[where[i]]) + fixedAt[i]);
            }

            return new Rewriting(vectors: new() { [Point] = whole }).Apply(formula);
        });
        var sides = Region.Sides;
        return new(Name, point, value, own)
        {
            Parameters = Parameters,
            Region = sides is { } box ? Region.Box([.. free.Select(i => box.Lower[i])], [.. free.Select(i => box.Upper[i])]) : Region.WholeSpace,
        };
    }

    /// <summary>The objective on the surface of the ball that is its region, as a function on the unit sphere: of y with x = c + Ry.</summary>
    internal Objective OnSurfaceOf(Ball ball)
    {
        var point = new Point("x", Dimension);
        var own = definition.Fork();
        var value = own.Run(() => new Rewriting(vectors: new() { [Point] = ball.FromUnit(point) }).Apply(formula));
        return new(Name, point, value, own) { Parameters = Parameters, Region = Region.Sphere(Dimension) };
    }
}
