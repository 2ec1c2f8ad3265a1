using LandscapeGpu.Objectives.Regions;

namespace LandscapeGpu.Objectives;

// The same landscape on a face of its region.
public sealed partial record Objective
{
    // Formulas name coordinates one by one or in loops; up to this many each is written by itself.
    private const int MostWritten = 64;

    /// <summary>The objective on a face of its region: a function of the coordinates that no bound holds, with the others where a point has them.</summary>
    /// <param name="free">The coordinates that remain, ascending; at least one.</param>
    /// <param name="at">The point, d coordinates that move.</param>
    /// <param name="round">Where the balls begin on whose surfaces the face lies: their coordinates x become those of the unit sphere, y with x = c + Ry.</param>
    internal Face OnFace(IReadOnlyList<int> free, ReadOnlySpan<double> at, IReadOnlySet<int>? round = null)
    {
        var point = new Point("x", free.Count);
        var (factor, offset) = (new double[Dimension], at.ToArray());
        var place = new int[Dimension];
        for (var k = 0; k < free.Count; k++)
        {
            (place[free[k]], factor[free[k]], offset[free[k]]) = (k, 1, 0);
        }

        Region.RoundBlock[] spheres = [.. Region.RoundBlocks(Dimension).Where(b => round?.Contains(b.First) == true)];
        foreach (var (ball, first, count) in spheres)
        {
            for (var i = 0; i < count; i++)
            {
                (factor[first + i], offset[first + i]) = (ball.Radius, ball.Middle(i));
            }
        }

        if (free.Count == Dimension && spheres.Length == 0)
        {
            return new(this, free, factor, offset, []);
        }

        var own = definition.Fork();
        var value = own.Run(() =>
        {
            Vector whole;
            if (Dimension <= MostWritten)
            {
                whole = new ComponentVector([.. place.Select((k, i) => factor[i] == 0 ? Real.Constant(offset[i]) : (factor[i] * point[k]) + offset[i])]);
            }
            else
            {
                var (where, times, plus) = (new IndexData("face", place), new Data("factor", factor), new Data("offset", offset));
                whole = Vector(Dimension, i => (times[i] * point[where[i]]) + plus[i]);
            }

            return new Rewriting(vectors: new() { [Point] = whole }).Apply(formula);
        });
        var face = new Objective(Name, point, value, own) { Parameters = Parameters, Region = Region.FaceOf(free, round ?? new HashSet<int>()) };
        return new(face, free, factor, offset, [.. spheres.Select(b => (place[b.First], b.Count))]);
    }
}
