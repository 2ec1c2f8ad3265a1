using LandscapeGpu.Compilation;

namespace LandscapeGpu.Execution;

/// <summary>A program of matrix products, in the memory of one restart.</summary>
/// <remarks>
/// Stages run one after the other; the work of a stage goes tile by tile along its loop (samples, coordinates), each tile through all of the stage's work, so that
/// what a tile makes stays in the cache. The tiles' length follows from the formula alone: results are the same on every machine.
/// </remarks>
internal sealed unsafe class MatrixProgram
{
    // Half of a second-level cache of a megabyte, beside a tile of the data.
    private const int TileBytes = 512 * 1024;
    private const int LeastTile = 96;
    private const int MostTile = 4096;

    // Below so many operations in products a gradient is quicker on lanes, a restart a lane, and more of its numbers are the same as ever.
    private const double LeastFlops = 1e6;

    private readonly List<MatrixStage> stages = [];
    private readonly List<ElementwiseCode> codes = [];
    private readonly MatrixStep[] results;
    private readonly bool hasFlag;
    private readonly long flagAt;
    private readonly long ownAt;

    private MatrixProgram(Program program, MatrixPlanner plan, int bits)
    {
        var laid = new MatrixMemory(plan, program.IsDouble ? 8 : 4, TileBytes, LeastTile, MostTile);
        var codeOf = plan.All.OfType<ElementwiseWork>().ToDictionary(w => w, w => ElementwiseCode.Of(w, program.IsDouble, bits));
        codes.AddRange(codeOf.Values.SelectMany(c => new[] { c.Short, c.Long }).OfType<ElementwiseCode>());

        // The caller's arrays, then its data, then what is made here.
        var shell = new Program(program.IsDouble) { KeepsData = program.KeepsData, Slots = program.Slots, Batch = program.Batch };
        shell.State.AddRange(program.Formulas!.State);
        shell.Data.AddRange(plan.Data);
        var (element, at) = (program.IsDouble ? 8 : 4, Aligned(laid.Elements));
        foreach (var code in codes)
        {
            code.StateAt = element * at;
            at = Aligned(at + (code.Program.Layout.StateBytes / element) + 1);
        }

        // What lies behind the last row of a matrix is read, and not used.
        var own = new ProgramArray("matrices", MachineMemory.Elements(at + 128, "What a matrix program keeps"), Memory.State);
        shell.State.Add(own);
        shell.Data.Add((new("end", 64, Memory.Data), new("end", new double[64])));
        Shell = shell;
        Layout = new Layout(shell, new ScalarTarget(program.IsDouble), 1);
        ownAt = Aligned(own.Offset);
        foreach (var tensor in laid.Tensors)
        {
            tensor.Offset += ownAt;
        }

        var dataAt = (Layout.DataBytes + 63) / 64 * 64;
        foreach (var code in codes)
        {
            code.StateAt += element * ownAt;
            code.DataAt = dataAt;
            dataAt += (code.Program.Layout.DataBytes + 63) / 64 * 64;
        }

        DataBytes = dataAt;
        var product = new MatrixProduct(program.IsDouble, bits);
        var maker = program.IsDouble ? (IStepMaker)new StepMaker<double>(this, program, product) : new StepMaker<float>(this, program, product);
        foreach (var stage in laid.Stages)
        {
            stages.Add(new(stage, [.. stage.Works.Select(w => maker.Of(w, w is ElementwiseWork e ? codeOf[e] : default))]));
        }

        results = [.. plan.Results.Select(r => maker.Of(new TotalWork(r.From, r.To, r.Loop is null ? [] : [r.Loop], [], adds: false), default))];
        (hasFlag, flagAt) = (plan.Flag is not null, plan.Flag is { } f ? f.Start + (f.Tensor.Given?.Offset ?? f.Tensor.Offset) : 0);
    }

    /// <summary>The caller's arrays and data with what is made here.</summary>
    public Program Shell { get; }

    public Layout Layout { get; }

    public long DataBytes { get; }

    /// <summary>A program of matrix products, where a formula has large ones; null of any other.</summary>
    /// <param name="program">What it is made from.</param>
    /// <param name="bits">The width of vectors.</param>
    public static MatrixProgram? Of(Program program, int bits)
    {
        if (program.Formulas is null || OperationCount.Flops(program) < LeastFlops)
        {
            return null;
        }

        try
        {
            // Nodes of its own, that no other copy of the formula sees.
            var plan = new Trace().Run(() => MatrixPlanner.Of(program.Formulas));
            return plan.All.OfType<ProductWork>().Sum(w => w.Flops) >= LeastFlops ? new(program, plan, bits) : null;
        }
        catch (NoMatricesException)
        {
            return null;
        }
    }

    /// <summary>The parameters and data of what runs element by element.</summary>
    public void Fill(byte* data, IReadOnlyList<Parameter> parameters)
    {
        foreach (var code in codes)
        {
            using var own = code.Program.NewData(parameters);
            Buffer.MemoryCopy(own.Pointer, data + code.DataAt, code.Program.Layout.DataBytes, code.Program.Layout.DataBytes);
        }
    }

    public ulong Run(byte* state, byte* data) => Run(state, data, again: false);

    /// <summary>Runs it.</summary>
    /// <param name="state">The memory of a restart.</param>
    /// <param name="data">The data.</param>
    /// <param name="again">Whether, since the last run on this state, nothing has changed but what varies.</param>
    /// <param name="team">Threads that run it together; null for the caller's alone.</param>
    public ulong Run(byte* state, byte* data, bool again, MatrixTeam? team = null)
    {
        foreach (var stage in stages)
        {
            if (!again || stage.Varies)
            {
                stage.Run(state, data, team);
            }
        }

        var whole = new Frame(state, data, 0, 1);
        var isFlagged = hasFlag && (Layout.Target.IsDouble ? ((double*)state)[flagAt] != 0 : ((float*)state)[flagAt] != 0);
        foreach (var result in results)
        {
            result.Run(whole);
        }

        return isFlagged ? 1UL : 0;
    }

    private static long Aligned(long elements) => (elements + 15) / 16 * 16;

    private interface IStepMaker
    {
        MatrixStep Of(Work work, (ElementwiseCode Short, ElementwiseCode? Long) code);
    }

    private sealed class StepMaker<T>(MatrixProgram owner, Program program, MatrixProduct product) : IStepMaker
        where T : unmanaged, System.Numerics.INumber<T>
    {
        public MatrixStep Of(Work work, (ElementwiseCode Short, ElementwiseCode? Long) code) => work switch
        {
            ZeroWork w => new ZeroStep<T>(At(w.Rows, w), w.Root is null ? w.Tensor.Length : w.Tensor.Length / Tensor.Extent(w.Root), w.Root is not null),
            ProductWork w => new ProductStep<T>(w, product, At(w.A, w), At(w.B, w), At(w.C, w)),
            TotalWork w => new TotalStep<T>(w, At(w.From, w), At(w.To, w)),
            GatherWork w => new GatherStep<T>(w, At(w.From, w), At(w.To.All(), w), program.Batch ?? throw new InvalidOperationException("Samples are read that nothing draws.")),
            ElementwiseWork w => new ElementwiseStep<T>(w, code.Short, code.Long, [.. w.Leaves.Select(l => At(l.From, w))], [.. w.Roots.Select(r => At(r.To.All(), w))]),
            _ => throw new InvalidOperationException(),
        };

        private Place<T> At(View view, Work work) => new(view, work.Root, (state, index) => index.Evaluate(slot => ((int*)(state + (nint)owner.Layout.SlotsAt))[slot.Value]));
    }
}
