using System.Reflection.Emit;

namespace LandscapeGpu.Compilation;

/// <content>Loops: written out, or run with one or several iterations side by side.</content>
internal sealed partial class KernelEmitter
{
    private void Emit(Loop loop)
    {
        foreach (var accumulator in loop.Body.Statements.OfType<AddUp>().Select(a => a.Accumulator))
        {
            for (var r = 0; r < rows; r++)
            {
                var local = sums[(accumulator, r)] = pool.Take(target.ValueType);
                target.EmitConstant(il, 0);
                il.Emit(OpCodes.Stloc, local);
            }
        }

        var extent = indices.Known.Of(loop.Variable.Extent);
        if (residence.WritesOut(loop, extent))
        {
            for (var k = 0; k < extent; k++)
            {
                indices.Known.Set(loop.Variable, k);
                Emit(loop.Body);
            }

            indices.Known.Clear(loop.Variable);
            return;
        }

        if (code.Lanes?.Has(loop) == true)
        {
            EmitOverLanes(loop);
        }
        else if (code.Split.Has(loop))
        {
            places.Settle();
            EmitParts(loop);
        }
        else
        {
            EmitInTurn(loop);
        }
    }

    private void EmitInTurn(Loop loop)
    {
        places.EnterLoop(loop);
        var (side, turns) = (rows > 1 ? 1 : together.Rows(loop) is > 1 and var abreast ? abreast : together.Samples(loop), together.Turns(loop));
        var index = indices.Begin(loop.Variable, side * turns);
        var (body, test) = (il.DefineLabel(), il.DefineLabel());
        il.Emit(OpCodes.Br, test);
        il.MarkLabel(body);
        places.Enter();
        if (side > 1)
        {
            EmitTogether(loop, side);
        }
        else
        {
            for (var turn = 0; turn < turns; turn++)
            {
                indices.Known.Shift(loop.Variable, turn);
                Emit(loop.Body);
            }

            indices.Known.Shift(loop.Variable, 0);
        }

        places.Leave();
        places.LeaveLoop(loop);
        KernelCode.EmitAdd(il, index, side * turns, index);
        il.MarkLabel(test);
        il.Emit(OpCodes.Ldloc, index);
        indices.Push(loop.Variable.Extent);
        il.Emit(OpCodes.Blt, body);
        indices.End(loop.Variable, index);
    }

    /// <summary>Emits the body of a loop for several of its iterations at once, statement by statement.</summary>
    private void EmitTogether(Loop loop, int count)
    {
        dependence.Between(loop);
        rows = count;
        Emit(loop.Body);
        rows = 1;
        places.Side = default;
        dependence.Between(null);
    }
}
