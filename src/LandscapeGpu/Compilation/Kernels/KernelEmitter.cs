using System.Reflection.Emit;

namespace LandscapeGpu.Compilation;

/// <summary>Emits a program as the body of <c>int Run(TMemory memory, int place, int turn)</c> of a struct.</summary>
/// <remarks>The same instructions as the scalar flavour emits; which loops are written out is the planner's choice.</remarks>
internal sealed partial class KernelEmitter(KernelCode code, ILGenerator il, LocalPool pool, KernelIndexEmitter indices, LocalBuilder? lane)
{
    public const short MemoryArgument = 1;
    public const short PlaceArgument = 2;
    public const short TurnArgument = 3;

    private readonly Program program = code.Program;
    private readonly Layout layout = code.Layout;
    private readonly ScalarTarget target = new(code.Program.IsDouble);
    private readonly Residence residence = code.Residence;
    private readonly KernelPlaces places = new(il, indices, code, pool, KernelCode.EmitPlace(il, lane));
    private readonly TogetherLoops together = new(code.Program, code.Residence, indices.Known);
    private readonly Dependence dependence = new();
    private readonly MovingValues moving = new(code.Program, code.Kept);

    // By the row that is being written, of what differs between rows that run together; 0 for all else.
    private readonly Dictionary<(Value Value, int Row), LocalBuilder> locals = [];
    private readonly Dictionary<(Accumulator Sum, int Row), LocalBuilder> sums = [];
    private readonly Dictionary<Block, Dictionary<int, List<Value>>> lastUses = [];
    private readonly LocalBuilder ended = il.DeclareLocal(typeof(int));
    private int rows = 1;
    private int row;

    public static void Emit(KernelCode code, ILGenerator il, (int Begin, int End) section)
    {
        var lane = code is { IsByWarps: true, Lanes: not null } ? code.EmitLane(il) : null;
        var emitter = new KernelEmitter(code, il, new(il), new(code.Program, il, code.Memory), lane);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Stloc, emitter.ended);
        emitter.Emit(code.Program.Body, section);
        emitter.places.Settle();
        il.Emit(OpCodes.Ldloc, emitter.ended);
        il.Emit(OpCodes.Ret);
    }

    private void Emit(Block block) => Emit(block, (0, block.Statements.Count));

    private void Emit(Block block, (int Begin, int End) section)
    {
        if (!lastUses.TryGetValue(block, out var lastUse))
        {
            lastUses.Add(block, lastUse = UseCounts.LastUses(block));
        }

        for (var k = section.Begin; k < section.End; k++)
        {
            EmitRows(block.Statements[k]);
            foreach (var dead in lastUse.GetValueOrDefault(k) ?? [])
            {
                for (var r = 0; r < rows; r++)
                {
                    if (locals.Remove((dead, r), out var local))
                    {
                        pool.Return(local);
                    }
                }
            }
        }
    }

    /// <summary>Emits a statement once for each row that runs, or once for all of them where it is the same.</summary>
    private void EmitRows(Statement statement)
    {
        if (statement is Loop || (statement is Let { Value: var value } && !dependence.Of(value)))
        {
            Emit(statement);
            return;
        }

        if (statement is Accumulate sum && rows > 1 && !dependence.Of(sum.Array, sum.Index))
        {
            places.Store(sum.Array, sum.Index, () => AddRows(sum));
            Enter(0);
            return;
        }

        for (var r = 0; r < rows; r++)
        {
            Enter(r);
            Emit(statement);
        }

        Enter(0);
    }

    /// <summary>Pushes what an element is when each row has added to it, one after the other: it is loaded and stored once.</summary>
    private void AddRows(Accumulate sum)
    {
        var local = pool.Take(target.ValueType);
        places.Load(sum.Array, sum.Index);
        for (var r = 0; r < rows; r++)
        {
            il.Emit(OpCodes.Stloc, local);
            Enter(r);
            Combine(sum, () => il.Emit(OpCodes.Ldloc, local));
        }

        pool.Return(local);
    }

    private void Enter(int number)
    {
        row = number;
        if (dependence.Loop is { } loop)
        {
            indices.Known.Shift(loop.Variable, number);
            places.Side = (loop.Variable, number);
        }
    }

    private void Emit(Statement statement)
    {
        switch (statement)
        {
            case Let { Value.Instruction: Instruction.Constant }:
                break;
            case Let { Value.Instruction: Instruction.Accumulated } s:
                locals[(s.Value, RowOf(s.Value))] = SumOf(s.Value.Accumulator!);
                break;
            case Let s:
                Compute(s.Value);
                var local = pool.Take(s.Value.Instruction is >= Instruction.Less ? target.MaskType : target.ValueType);
                il.Emit(OpCodes.Stloc, local);
                locals[(s.Value, RowOf(s.Value))] = local;
                break;
            case Loop s:
                Emit(s);
                break;
            case AddUp s:
                var sum = SumOf(s.Accumulator);
                Combine(s, () => il.Emit(OpCodes.Ldloc, sum));
                il.Emit(OpCodes.Stloc, sum);
                break;
            case Store s:
                places.Store(s.Array, s.Index, () => PushEffect(s));
                break;
            case Accumulate s:
                places.Store(s.Array, s.Index, () => Combine(s, () => places.Load(s.Array, s.Index)));
                break;
            case Flag s:
                il.Emit(OpCodes.Ldloc, ended);
                Push(s.Value);
                il.Emit(OpCodes.Or);
                il.Emit(OpCodes.Stloc, ended);
                break;
        }
    }

    private int RowOf(Value value) => dependence.Of(value) ? row : 0;

    private LocalBuilder SumOf(Accumulator accumulator) => sums.TryGetValue((accumulator, row), out var own) ? own : sums[(accumulator, 0)];

    private void Compute(Value value)
    {
        switch (value.Instruction)
        {
            case Instruction.Parameter:
                places.LoadNumber(0, layout.ParametersAt + program.Parameters.IndexOf(value.Parameter!));
                break;
            case Instruction.Load when value.Array!.Memory == Memory.Data:
                // What is known when the code is written needs no load when it runs.
                if (!program.KeepsData && indices.Known.Of(value.Index!) is { } element)
                {
                    target.EmitConstant(il, program.Data.Single(d => ReferenceEquals(d.Array, value.Array)).Values.Values[element]);
                }
                else
                {
                    places.LoadData(value.Array, value.Index!);
                }

                break;
            case Instruction.Load:
                places.Load(value.Array!, value.Index!);
                break;
            case Instruction.FromIndex:
                indices.PushExactly(value.Index!, value.Index!.IsNarrow);
                il.Emit(target.IsDouble ? OpCodes.Conv_R8 : OpCodes.Conv_R4);
                break;
            case Instruction.IndexLess or Instruction.IndexEqual:
                var isNarrow = value.Index!.IsNarrow && value.Index2!.IsNarrow;
                indices.PushExactly(value.Index, isNarrow);
                indices.PushExactly(value.Index2!, isNarrow);
                il.Emit(value.Instruction == Instruction.IndexLess ? OpCodes.Clt : OpCodes.Ceq);
                break;
            case Instruction.Less or Instruction.LessOrEqual:
                target.EmitComparison(il, value.Instruction, (() => Push(value.A!), moving.Contains(value.A!)), (() => Push(value.B!), moving.Contains(value.B!)));
                break;
            default:
                target.Emit(il, value.Instruction, k => Push(k == 0 ? value.A! : k == 1 ? value.B! : value.C!));
                break;
        }
    }

    private void Push(Value value)
    {
        if (value.Instruction == Instruction.Constant)
        {
            target.EmitConstant(il, value.Number);
        }
        else
        {
            il.Emit(OpCodes.Ldloc, locals[(value, RowOf(value))]);
        }
    }

    private void PushEffect(Effect s)
    {
        if (s.Factor is { } factor)
        {
            target.Emit(il, Instruction.Multiply, k => Push(k == 0 ? s.Value : factor));
        }
        else
        {
            Push(s.Value);
        }
    }

    /// <summary>Pushes sum ± value or sum ± value·factor.</summary>
    private void Combine(Effect s, Action pushSum)
    {
        if (s.Factor is { } factor)
        {
            var instruction = s.Negated ? Instruction.NegativeMultiplyAdd : Instruction.MultiplyAdd;
            target.Emit(il, instruction, k => (k switch
            {
                0 => () => Push(s.Value),
                1 => () => Push(factor),
                _ => pushSum,
            })());
            return;
        }

        target.Emit(il, s.Negated ? Instruction.Subtract : Instruction.Add, k => (k == 0 ? pushSum : () => Push(s.Value))());
    }
}
