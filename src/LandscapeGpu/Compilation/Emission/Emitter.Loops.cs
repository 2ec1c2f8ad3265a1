using System.Reflection.Emit;

namespace LandscapeGpu.Compilation;

/// <content>Loops: their index, their sums, and iterations side by side.</content>
internal sealed partial class Emitter
{
    /// <summary>
    /// A loop, for all vectors of the group, or for one after the other where registers hold the partial sums of one only: lanes know nothing of each other, and
    /// sums that go through memory wait for it at every turn.
    /// </summary>
    private void Emit(Loop loop)
    {
        var all = values.Places.Vectors;
        var width = together is null && loop.SplitsSums && loop.Together * Sums(loop).Count() * layout.Width > RunRegisters.Room(target) ? 1 : layout.Width;
        for (var w = 0; w < layout.Width; w += width)
        {
            values.Places.Vectors = (w, w + width);
            EmitVectors(loop);
        }

        values.Places.Vectors = all;
    }

    private static IEnumerable<Accumulator> Sums(Loop loop) => loop.Body.Statements.OfType<AddUp>().Select(a => a.Accumulator);

    private void EmitVectors(Loop loop)
    {
        var own = together is null && loop.Together > 1;
        var count = own ? loop.Together : values.Places.Copies;
        var accumulators = Sums(loop).ToList();
        foreach (var accumulator in accumulators)
        {
            values.Begin(accumulator, own && !loop.SplitsSums ? 1 : count);
        }

        addresses.Begin(loop);
        if (own)
        {
            Together(loop, count);
            Iterate(loop, count);
            Together(null, 1);
            if (!(loop.Variable.Extent.IsConstant && loop.Variable.Extent.Value % count == 0))
            {
                addresses.CatchUp(loop.Variable);
                Iterate(loop, 1);
            }

            foreach (var accumulator in loop.SplitsSums ? accumulators : [])
            {
                values.Fold(accumulator, count);
            }
        }
        else
        {
            Iterate(loop, 1);
        }

        addresses.End(loop.Variable);
    }

    private void Together(Loop? loop, int count)
    {
        together = loop;
        values.Places.Copies = count;
        addresses.Together(loop?.Variable);
    }

    /// <summary>Runs the body while at least <paramref name="step"/> iterations are left.</summary>
    private void Iterate(Loop loop, int step)
    {
        values.Places.Dependence.Between(together);
        var body = il.DefineLabel();
        var test = il.DefineLabel();
        var end = addresses.KeepEnd(loop.Variable, step);
        var certain = loop.Variable.Extent.IsConstant && loop.Variable.Extent.Value >= step && loop.Together == step;
        if (!certain)
        {
            il.Emit(OpCodes.Br, test);
        }

        il.MarkLabel(body);
        addresses.Prepare(loop.Variable, values.Places.Copies);
        Emit(loop.Body);
        addresses.Advance(loop.Variable, step);
        il.MarkLabel(test);
        addresses.PushProgress(loop.Variable, step, end);
        il.Emit(OpCodes.Blt, body);
    }
}
