using System.Reflection;
using System.Reflection.Emit;

namespace LandscapeGpu.Compilation;

/// <summary>The methods of a memory that emitted programs call.</summary>
internal sealed class MemoryMethods(Type memory)
{
    public Type Memory { get; } = memory;

    public MethodInfo LoadState { get; } = memory.GetMethod("LoadState")!;

    public MethodInfo StoreState { get; } = memory.GetMethod("StoreState")!;

    /// <summary>Of the memory that a block shares; null where there is none.</summary>
    public MethodInfo? LoadShared { get; } = memory.GetMethod("LoadShared");

    public MethodInfo? StoreShared { get; } = memory.GetMethod("StoreShared");

    /// <summary>Of threads that carry a restart together.</summary>
    public MethodInfo? GetLane { get; } = memory.GetMethod("GetLane");

    public MethodInfo? Wait { get; } = memory.GetMethod("Wait");

    public MethodInfo? OfOther { get; } = memory.GetMethod("OfOther");

    public MethodInfo LoadNumber { get; } = memory.GetMethod("LoadNumber")!;

    public MethodInfo LoadNumbers { get; } = memory.GetMethod("LoadNumbers")!;

    /// <summary>What four numbers that are loaded together are read by.</summary>
    public IReadOnlyList<MethodInfo> Parts { get; } =
        [.. new[] { "First", "Second", "Third", "Fourth" }.Select(name => memory.GetMethod("LoadNumbers")!.ReturnType.GetProperty(name)!.GetMethod!)];

    public MethodInfo LoadInteger { get; } = memory.GetMethod("LoadInteger")!;

    public MethodInfo LoadPoint { get; } = memory.GetMethod("LoadPoint")!;

    public MethodInfo StorePoint { get; } = memory.GetMethod("StorePoint")!;

    public MethodInfo SetEnd { get; } = memory.GetMethod("SetEnd")!;
}

/// <summary>Emits reads and writes of arrays: fields of the struct for what is in registers, calls of the memory for the rest, be it shared by a block or not.</summary>
internal sealed class KernelPlaces
{
    private readonly ILGenerator il;
    private readonly KernelIndexEmitter indices;
    private readonly MemoryMethods memory;
    private readonly IReadOnlyDictionary<(ProgramArray Array, int Element), FieldBuilder> fields;
    private readonly Residence residence;
    private readonly FoursOfNumbers fours;

    private readonly LocalPool pool;
    private readonly LaneData? copies;
    private readonly Dictionary<int, LocalBuilder> walks = [];
    private readonly (int Global, int Shared) distances;
    private readonly Action pushPlace;
    private readonly SharedOrder order;

    // Places in circular memories, which are the same all through a step.
    private readonly Dictionary<string, LocalBuilder> addresses = [];

    public KernelPlaces(ILGenerator il, KernelIndexEmitter indices, KernelCode code, LocalPool pool, Action pushPlace)
    {
        (this.il, this.indices, memory, fields, residence) = (il, indices, code.Memory, code.Fields, code.Residence);
        fours = new(il, indices, code, pool, PushNumber);
        (this.pool, copies) = (pool, code.Copies);
        (this.pushPlace, distances, order) = (pushPlace, (code.GlobalDistance, code.SharedDistance), new(il, code));
    }

    /// <summary>The loop whose iterations run together, and which of them is being written.</summary>
    public (Index? Loop, int Row) Side { get; set; }

    public void Load(ProgramArray array, Index index)
    {
        if (FieldOf(array, index) is { } field)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, field);
            return;
        }

        order.Read(array);
        il.Emit(OpCodes.Ldarga, KernelEmitter.MemoryArgument);
        PushAddress(array, index);
        il.Emit(OpCodes.Call, residence.SharedAt(array) is null ? memory.LoadState : memory.LoadShared!);
    }

    public void Store(ProgramArray array, Index index, Action value)
    {
        if (FieldOf(array, index) is { } field)
        {
            il.Emit(OpCodes.Ldarg_0);
            value();
            il.Emit(OpCodes.Stfld, field);
            return;
        }

        il.Emit(OpCodes.Ldarga, KernelEmitter.MemoryArgument);
        PushAddress(array, index);
        value();
        order.Write(array, SplitIndex.Of(index, 0, indices.Known));
        il.Emit(OpCodes.Call, residence.SharedAt(array) is null ? memory.StoreState : memory.StoreShared!);
    }

    /// <summary>A number of the data: of a copy in the order of lanes, where each lane has its own sample.</summary>
    public void LoadData(ProgramArray array, Index index) => LoadNumber(index, walks.Count > 0 && copies?.Of(array) is { } copy ? copy.Begin : array.Offset);

    /// <summary>Where lanes are in copies of data, by the number of their columns: while a loop over samples is written of which each has its part.</summary>
    /// <param name="index">The lane's sample.</param>
    /// <param name="inWarp">The number of the lane in its warp.</param>
    public void Walk(LocalBuilder index, LocalBuilder inWarp)
    {
        foreach (var columns in copies?.Columns ?? [])
        {
            var walk = walks[columns] = pool.Take(typeof(int));
            il.Emit(OpCodes.Ldloc, index);
            il.Emit(OpCodes.Ldloc, inWarp);
            il.Emit(OpCodes.Sub);
            il.Emit(OpCodes.Ldc_I4, columns);
            il.Emit(OpCodes.Mul);
            il.Emit(OpCodes.Ldloc, inWarp);
            il.Emit(OpCodes.Ldc_I4, LaneData.Width(columns));
            il.Emit(OpCodes.Mul);
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Stloc, walk);
        }
    }

    public void EndWalk()
    {
        foreach (var walk in walks.Values)
        {
            pool.Return(walk);
        }

        walks.Clear();
    }

    /// <summary>A number that is the same for all restarts.</summary>
    public void LoadNumber(Index index, int offset)
    {
        var split = SplitIndex.Of(index, offset, indices.Known);
        if (fours.Find(index, split) is { } local)
        {
            il.Emit(OpCodes.Ldloc, local);
            return;
        }

        PushNumber(split, split.Fixed);
        il.Emit(OpCodes.Call, memory.LoadNumber);
    }

    /// <summary>Pushes the memory and the two parts of the place of a number.</summary>
    private void PushNumber(SplitIndex split, long fixedPart)
    {
        il.Emit(OpCodes.Ldarga, KernelEmitter.MemoryArgument);
        if (walks.Count > 0 && copies!.At(fixedPart) is { } copy)
        {
            il.Emit(OpCodes.Ldloc, walks[copy.Columns]);
            il.Emit(OpCodes.Ldc_I4, copy.PlaceOf(fixedPart));
            return;
        }

        il.Emit(OpCodes.Ldc_I4_0);
        AddMoving(split, 1);
        il.Emit(OpCodes.Ldc_I4, checked((int)fixedPart));
    }

    /// <summary>An element that is in a register.</summary>
    public void LoadField((ProgramArray Array, int Element) element)
    {
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldfld, fields[element]);
    }

    public void StoreField((ProgramArray Array, int Element) element, Action value)
    {
        il.Emit(OpCodes.Ldarg_0);
        value();
        il.Emit(OpCodes.Stfld, fields[element]);
    }

    private FieldBuilder? FieldOf(ProgramArray array, Index index) =>
        indices.Known.Of(index) is { } element ? fields.GetValueOrDefault((array, (int)element)) : null;

    private void PushAddress(ProgramArray array, Index index)
    {
        var sharedAt = residence.SharedAt(array);
        // Of what iterations that run together make anew each has a copy.
        var copy = array.Copies > 1 && Side.Loop is { } loop && array.Free.Contains(loop) ? Side.Row : 0;
        var split = SplitIndex.Of(index, (sharedAt ?? array.Offset) + (copy * array.Length), indices.Known);
        var distance = sharedAt is null ? distances.Global : distances.Shared;
        var key = split.Moving.Count == 0 || indices.KeyOf(split) is not { } moving ? null : sharedAt is null ? moving : $"shared {moving}";
        if (key is not null && addresses.TryGetValue(key, out var known))
        {
            il.Emit(OpCodes.Ldloc, known);
        }
        else
        {
            if (sharedAt is null)
            {
                pushPlace();
            }
            else
            {
                // Of a tile that its block shares the thread's column is added there.
                il.Emit(OpCodes.Ldc_I4_0);
            }

            AddMoving(split, distance);
            // Inside a loop it may never be computed.
            if (key is not null && !indices.IsInLoop)
            {
                var local = addresses[key] = il.DeclareLocal(typeof(int));
                il.Emit(OpCodes.Dup);
                il.Emit(OpCodes.Stloc, local);
            }
        }

        il.Emit(OpCodes.Ldc_I4, checked((int)(split.Fixed * distance)));
    }

    /// <summary>Whatever was read or written of what a warp has once, all of its threads have done it.</summary>
    public void Settle() => order.Settle();

    /// <summary>The iterations of a loop come one after the other, in all threads of a warp.</summary>
    public void EnterLoop(Loop loop) => order.EnterLoop(loop);

    public void LeaveLoop(Loop loop) => order.LeaveLoop(loop);

    /// <summary>Each thread of a warp has its own of a loop's iterations.</summary>
    public void EnterLanes(Loop loop) => order.EnterLanes(loop);

    public void LeaveLanes(Loop loop) => order.LeaveLanes(loop);

    /// <summary>What is loaded until <see cref="Leave"/> is known no longer then: the body of a loop.</summary>
    public void Enter() => fours.Enter();

    public void Leave() => fours.Leave();

    /// <summary>Adds what changes to a place that was pushed; answers what does not.</summary>
    private int AddMoving(SplitIndex index, int distance)
    {
        foreach (var (moving, factor) in index.Moving)
        {
            indices.PushFirst(moving);
            il.Emit(OpCodes.Ldc_I4, unchecked((int)(factor * distance)));
            il.Emit(OpCodes.Mul);
            il.Emit(OpCodes.Add);
        }

        return checked((int)(index.Fixed * distance));
    }
}
