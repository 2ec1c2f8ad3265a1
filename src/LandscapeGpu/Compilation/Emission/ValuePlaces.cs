using System.Reflection.Emit;

namespace LandscapeGpu.Compilation;

/// <summary>Where values are while they are needed: in locals, which the JIT compiler keeps in registers, or in memory of the state.</summary>
internal sealed class ValuePlaces(Layout layout, ILGenerator il, AddressEmitter addresses, LocalPool pool)
{
    private readonly Dictionary<Value, Places> all = [];
    private readonly Stack<int> free = new();

    /// <summary>How many iterations run together.</summary>
    public int Copies { get; set; } = 1;

    public Dependence Dependence { get; } = new();

    /// <summary>The vectors that are worked on: all of the group, or one of them where a loop's sums leave no room for more.</summary>
    public (int From, int To) Vectors { get; set; } = (0, layout.Width);

    /// <summary>How many vectors are worked on.</summary>
    public int Width => Vectors.To - Vectors.From;

    /// <summary>How many registers a value takes.</summary>
    public int Cost(Value value) => value.Varies ? Width : 1;

    /// <summary>The vectors that a value is computed for.</summary>
    public IEnumerable<int> Own(Value value) => Enumerable.Range(Vectors.From, Cost(value));

    /// <summary>What a loop has added up is where its sum is, until it has to leave: of iterations that run together each asks.</summary>
    public void Alias(Value value, LocalBuilder[] sum) => all.TryAdd(value, new(sum));

    /// <summary>Whether a value is in registers.</summary>
    public bool IsKept(Value value, int r) => all.TryGetValue(value, out var own) && own.Locals[Slot(value, own, r, Vectors.From)] is not null;

    /// <summary>Pushes a value that has a place, of iteration r and vector w; false if it has none.</summary>
    public bool TryPush(Value value, int r, int w)
    {
        if (!all.TryGetValue(value, out var own))
        {
            return false;
        }

        var at = Slot(value, own, r, w);
        if (own.Locals[at] is { } local)
        {
            il.Emit(OpCodes.Ldloc, local);
            return true;
        }

        if (own.Spills[at] is not { } number)
        {
            return false;
        }

        addresses.PushSpill(number);
        il.Emit(OpCodes.Volatile);
        il.Emit(OpCodes.Ldobj, layout.Target.ValueType);
        return true;
    }

    /// <summary>Keeps the value on the stack.</summary>
    public void Keep(Value value, int r, int w) => Keep(value, r, w, pool.Take(value.Instruction is >= Instruction.Less ? layout.Target.MaskType : layout.Target.ValueType));

    /// <summary>Keeps the value on the stack in the place of one that is not needed any more; false if that has no register.</summary>
    public bool TryPass(Value spent, Value value, int r, int w)
    {
        if (!all.TryGetValue(spent, out var own) || own.Locals[Slot(spent, own, r, w)] is not { } local)
        {
            return false;
        }

        own.Locals[Slot(spent, own, r, w)] = null;
        Keep(value, r, w, local);
        return true;
    }

    private void Keep(Value value, int r, int w, LocalBuilder local)
    {
        if (!all.TryGetValue(value, out var own))
        {
            all.Add(value, own = new(new LocalBuilder?[(Dependence.Of(value) ? Copies : 1) * PlacesOf(value)]));
        }

        own.Locals[Slot(value, own, r, w)] = local;
        il.Emit(OpCodes.Stloc, local);
    }

    /// <summary>Takes a value out of its registers; it is read from where it was, or from memory that it is put to now.</summary>
    public void Evict(Value value, int r, bool isReadAgain)
    {
        var own = all[value];
        foreach (var w in Own(value))
        {
            var at = Slot(value, own, r, w);
            var local = own.Locals[at]!;
            if (!isReadAgain && own.Spills[at] is null)
            {
                var number = free.TryPop(out var one) ? one : layout.Spills++;
                own.Spills[at] = number;
                addresses.PushSpill(number);
                il.Emit(OpCodes.Ldloc, local);
                il.Emit(OpCodes.Stobj, layout.Target.ValueType);
            }

            own.Locals[at] = null;
            pool.Return(local);
        }
    }

    /// <summary>The values of a block that are in registers, and may leave them; masks may where they have no registers of their own.</summary>
    public List<Value> Kept(Block block) =>
        [.. all.Keys.Where(v => ReferenceEquals(v.Home, block) && (v.Instruction < Instruction.Less || layout.Constants is not null) && Array.Exists(all[v].Locals, local => local is not null))];

    /// <summary>How many iterations have places of their own for a value.</summary>
    public int Iterations(Value value) => all[value].Locals.Length / PlacesOf(value);

    /// <summary>Gives back the places of a value in one iteration.</summary>
    public void Release(Value value, int r)
    {
        if (all.TryGetValue(value, out var own))
        {
            foreach (var w in Own(value))
            {
                Release(own, Slot(value, own, r, w));
            }
        }
    }

    /// <summary>Gives back all places of a value.</summary>
    public void Release(Value value)
    {
        if (all.Remove(value, out var own))
        {
            for (var at = 0; at < own.Locals.Length; at++)
            {
                Release(own, at);
            }
        }
    }

    private void Release(Places own, int at)
    {
        if (own.Locals[at] is { } local)
        {
            pool.Return(local);
        }

        if (own.Spills[at] is { } number)
        {
            free.Push(number);
        }

        (own.Locals[at], own.Spills[at]) = (null, null);
    }

    private int PlacesOf(Value value) => value.Varies ? layout.Width : 1;

    private int Slot(Value value, Places own, int r, int w) => ((own.Locals.Length > PlacesOf(value) ? r : 0) * PlacesOf(value)) + (value.Varies ? w : 0);

    private sealed class Places(LocalBuilder?[] locals)
    {
        public LocalBuilder?[] Locals { get; } = locals;

        /// <summary>The numbers of vectors in memory.</summary>
        public int?[] Spills { get; } = new int?[locals.Length];
    }
}
