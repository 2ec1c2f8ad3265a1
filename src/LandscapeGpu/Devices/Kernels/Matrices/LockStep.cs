using LandscapeGpu.Compilation;
using LandscapeGpu.Execution;

namespace LandscapeGpu.Devices.Kernels;

/// <summary>Something that is begun for all restarts side by side, with so many numbers each: a kernel, or a product of matrices.</summary>
/// <param name="Kernel">A kernel of the device's memory, or open over it.</param>
/// <param name="PlanAt">Where among the integers its plan is.</param>
/// <param name="Count">How many threads have something to do for each restart.</param>
/// <param name="Product">The product; null for a kernel.</param>
internal sealed record LockStepWork(Type Kernel, int PlanAt, int Count, BatchedProduct? Product = null);

/// <summary>One step of descent for many restarts at once: the work on whole matrices that <see cref="MatrixPlanner"/> finds in it, each piece a kernel or a product for all of them.</summary>
/// <remarks>The state of a restart is in one piece, a restart after the other; data are there once. A step is written once for each place of its circular memory.</remarks>
internal sealed class LockStep
{
    // Numbers that are loaded four at once begin at multiples of four, tensors on lines of their own.
    private const int Line = 16;

    // A call takes as long as a hundred thousand operations or more; a product in more pieces is one for kernels.
    private const int MostCalls = 64;

    private readonly StepProgram step;
    private readonly MatrixPlanner plan;
    private readonly Dictionary<ProgramArray, int> places = new(ReferenceEqualityComparer.Instance as IEqualityComparer<ProgramArray>);
    private readonly Dictionary<ElementwiseWork, (ElementwiseFormula Formula, int NumbersAt)> formulas = [];
    private readonly List<int> integers = [];
    private readonly int ownAt;
    private readonly int onesAt;
    private readonly int numbersAt;
    private int turn;

    private LockStep(StepProgram step, MatrixPlanner plan, Type memory)
    {
        (this.step, this.plan) = (step, plan);
        var isDouble = step.Program.IsDouble;
        var laid = new MatrixMemory(plan, isDouble ? 8 : 4, tileBytes: 1, leastTile: int.MaxValue, mostTile: int.MaxValue);
        var end = 0L;
        foreach (var array in step.Program.Formulas!.State)
        {
            places.Add(array, (int)end);
            end = Aligned(end + array.Length);
        }

        (ownAt, MarkAt) = ((int)end, MachineMemory.Elements(end + laid.Elements, "What a step keeps of one restart"));
        StateElements = MachineMemory.Elements(Aligned(MarkAt + 1L), "What a step keeps of one restart");
        var data = 0L;
        foreach (var (array, _) in plan.Data)
        {
            places.Add(array, MachineMemory.Elements(data, "The objective's data"));
            data = Aligned(data + array.Length);
        }

        onesAt = MachineMemory.Elements(data, "The objective's data");
        Ones = plan.All.OfType<TotalWork>().Select(Terms).DefaultIfEmpty(0).Max();
        var numbers = Aligned(onesAt + (long)Ones);
        foreach (var work in plan.All.OfType<ElementwiseWork>())
        {
            var formula = new ElementwiseFormula(work, isDouble);
            formulas.Add(work, (formula, MachineMemory.Elements(numbers, "The objective's data")));
            numbers = Aligned(numbers + formula.Numbers);
        }

        numbersAt = MachineMemory.Elements(numbers, "The objective's data");
        var types = formulas.Keys.ToDictionary(w => w, w => formulas[w].Formula.Kernel(memory));
        Turns = [.. Enumerable.Range(0, Math.Max(1, step.Turns)).Select(t =>
        {
            turn = t;
            return (IReadOnlyList<LockStepWork>)[.. laid.Stages.SelectMany(s => s.Works).Concat(plan.Results.Select(r => new TotalWork(r.From, r.To, r.Loop is null ? [] : [r.Loop], [], adds: false)))
                .SelectMany(w => Of(w, types))];
        })];
        LifeAt = Planned(Life());
        Integers = [.. integers];
    }

    /// <summary>What a step does, in order, for each place of the circular memory.</summary>
    public IReadOnlyList<IReadOnlyList<LockStepWork>> Turns { get; }

    public int StateElements { get; }

    /// <summary>The plans of all work.</summary>
    public int[] Integers { get; }

    /// <summary>The plan of a <see cref="SeatLife"/>.</summary>
    public int LifeAt { get; }

    public Program Program => step.Program;

    public IEnumerable<BatchedProduct> Products => Turns[0].Select(w => w.Product).OfType<BatchedProduct>();

    private int MarkAt { get; }

    private int Ones { get; }

    /// <param name="step">What is done.</param>
    /// <param name="memory">The type through which the device's kernels reach its memory.</param>
    /// <exception cref="NoMatricesException">It is not of a form that this knows.</exception>
    public static LockStep Of(StepProgram step, Type memory) => new(step, new Trace().Run(() => MatrixPlanner.Of(step.Program.Formulas ?? throw new NoMatricesException())), memory);

    /// <summary>What all restarts read.</summary>
    public double[] Numbers(Objective objective, DescentOptions options)
    {
        var numbers = new double[Aligned(numbersAt + step.Slots.Count + 1L)];
        foreach (var (array, values) in plan.Data)
        {
            (objective.Replaced.GetValueOrDefault(values) ?? values).Values.CopyTo(numbers.AsSpan(places[array]));
        }

        numbers.AsSpan(onesAt, Ones).Fill(1);
        foreach (var (formula, at) in formulas.Values)
        {
            ProgramNumbers.Of(formula.Program, objective, options.Numbers).ToArray().CopyTo(numbers.AsSpan(at));
        }

        foreach (var (slot, k) in step.Slots.Select((s, k) => (s, k)))
        {
            numbers[InitialAt + 1 + k] = slot.Initial;
        }

        return numbers;
    }

    /// <summary>Where what slots begin with is: zero, for how a restart stands, first.</summary>
    private int InitialAt => numbersAt;

    private IEnumerable<int> Life()
    {
        var flag = plan.Flag ?? throw new NoMatricesException("it never ends");
        return
        [
            MarkAt, At(flag).At, places[step.Status], places[step.Steps], 2 + step.Slots.Count,
            places[step.X], step.X.Length, -1,
            places[step.Status], 1, InitialAt,
            .. step.Slots.SelectMany((s, k) => new[] { places[s.Array], s.Array.Length, InitialAt + 1 + k }),
        ];
    }

    private IEnumerable<LockStepWork> Of(Work work, Dictionary<ElementwiseWork, Type> types) => work switch
    {
        ZeroWork w => [Sum(checked((int)w.Tensor.Length), null, (false, At(w.Tensor.All()).At), [((int)w.Tensor.Length, 0, 1)], [])],
        ProductWork w => Calls(w),
        TotalWork w => [Total(w)],
        ElementwiseWork w => [Elements(w, types[w])],
        _ => throw new NoMatricesException(),
    };

    private LockStepWork Elements(ElementwiseWork work, Type kernel)
    {
        var count = Count(work.Loops);
        var leaves = work.Leaves.Select((l, k) => Tensor(l.From, ElementwiseCode.IsOne(work, k) ? 0 : 1));
        // A program without leaves has an element for them all the same.
        return new(kernel, Planned([count, formulas[work].NumbersAt, .. leaves.DefaultIfEmpty([0, 0, 0]).SelectMany(t => t), .. work.Roots.SelectMany(r => Tensor(r.To.All(), 1))]), count);

        int[] Tensor(View view, int distance) => [At(view).IsShared ? 1 : 0, At(view).At, distance];
    }

    private LockStepWork Total(TotalWork work)
    {
        var loops = work.Loops.Where(v => Tensor.Extent(v) > 1).ToList();
        if (!work.To.IsOneToOne || loops.Any(v => work.To.Stride(v) == 0))
        {
            throw new NoMatricesException("threads would add to one number at once");
        }

        var (from, to) = (At(work.From), At(work.To));
        var over = work.Over.Where(v => Tensor.Extent(v) > 1).ToList();
        if (loops.Count <= 1 && over.Count == 1)
        {
            // Long sums are products with ones: a library adds up with as many threads as it takes.
            var (rows, inner) = (loops.Count == 0 ? 1 : Tensor.Extent(loops[0]), Tensor.Extent(over[0]));
            var product = new BatchedProduct(
                rows, 1, inner,
                new(from.IsShared, from.At, loops.Count == 0 ? 0 : (int)work.From.Stride(loops[0]), (int)work.From.Stride(over[0])),
                new(true, onesAt, 1, 1),
                new(false, to.At, loops.Count == 0 ? 0 : (int)work.To.Stride(loops[0]), 1));
            if (work.Adds && product.IsOfBlas)
            {
                return Product(product);
            }
        }

        loops.Reverse();
        return Sum(Count(loops), from, (work.Adds, to.At), [.. loops.Select(v => (Tensor.Extent(v), (int)work.From.Stride(v), (int)work.To.Stride(v)))], [.. over.Select(v => (Tensor.Extent(v), (int)work.From.Stride(v), 0))]);
    }

    private LockStepWork Sum(int count, (bool IsShared, int At)? from, (bool Adds, int At) to, (int, int, int)[] loops, (int, int, int)[] over) => new(
        typeof(TensorSum<>),
        Planned([count, to.Adds ? 1 : 0, from is null ? 0 : 1, from is { IsShared: true } ? 1 : 0, from?.At ?? 0, to.At, loops.Length, over.Length, .. loops.Concat(over).SelectMany(l => new[] { l.Item1, l.Item2, l.Item3 })]),
        count);

    private IEnumerable<LockStepWork> Calls(ProductWork work)
    {
        if (work.Outer.Aggregate(1.0, (n, v) => n * Tensor.Extent(v)) > MostCalls)
        {
            throw new NoMatricesException("its products are many and small");
        }

        var calls = work.Outer.Aggregate((IEnumerable<(int A, int B, int C)>)[(0, 0, 0)], (all, v) => [.. all.SelectMany(c => Enumerable.Range(0, Tensor.Extent(v)), (c, i) =>
            (c.A + (i * (int)work.A.Stride(v)), c.B + (i * (int)work.B.Stride(v)), c.C + (i * (int)work.C.Stride(v))))]);
        return calls.Select(c =>
        {
            var product = new BatchedProduct(
                Tensor.Extent(work.Row), Tensor.Extent(work.Column), work.Inner is null ? 1 : Tensor.Extent(work.Inner),
                Place(work.A, c.A, work.Row, work.Inner), Place(work.B, c.B, work.Inner, work.Column), Place(work.C, c.C, work.Row, work.Column));
            return product.IsOfBlas ? Product(product) : throw new NoMatricesException("a matrix has neither its rows nor its columns in one piece");
        });

        MatrixPlace Place(View view, int shift, Index? row, Index? column) =>
            new(At(view).IsShared, At(view).At + shift, row is null ? 0 : (int)view.Stride(row), column is null ? 0 : (int)view.Stride(column));
    }

    private LockStepWork Product(BatchedProduct product) => new(typeof(PlainProduct<>), Planned(product.Plan), product.Rows * product.Columns, product);

    /// <summary>Where a view begins: among the data, or in a restart's state.</summary>
    private (bool IsShared, int At) At(View view)
    {
        var begin = view.Tensor.Given is { } array ? places[array] : ownAt + view.Tensor.Offset;
        var moved = view.Moving.Sum(m => m.Factor * m.Index.Evaluate(slot => turn));
        return (view.Tensor.Given is { Memory: Memory.Data }, (int)(begin + view.Start + moved));
    }

    private int Planned(IEnumerable<int> numbers)
    {
        var at = integers.Count;
        integers.AddRange(numbers);
        return at;
    }

    private static int Terms(TotalWork work) => work.Over.Select(Tensor.Extent).DefaultIfEmpty(0).Max();

    private static int Count(IEnumerable<Index> loops) => loops.Aggregate(1, (n, v) => checked(n * Tensor.Extent(v)));

    private static long Aligned(long elements) => (elements + Line - 1) / Line * Line;
}
