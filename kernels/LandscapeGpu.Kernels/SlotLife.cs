namespace LandscapeGpu.Kernels;

/// <summary>How restarts side by side end and begin where all of them make each step together: a slot whose restart has ended takes the next.</summary>
/// <remarks>
/// Four kernels, since a thread for each slot decides, and many copy: <see cref="SlotEnding{TMemory}"/>, <see cref="SlotResults{TMemory}"/>,
/// <see cref="SlotTaking{TMemory}"/>, <see cref="SlotStarts{TMemory}"/>. A slot without a restart goes on with what it has; nobody looks at it any more.
/// </remarks>
public static class SlotLife
{
    /// <summary>What a mark, a number of the state, says of a slot: it goes on, its restart begins, or has ended.</summary>
    public const double GoesOn = 0;
    public const double Begins = 1;
    public const double HasEnded = 2;

    /// <summary>Where a plan has the places of the mark, of what is not zero where a restart has ended, of its outcome and of its steps.</summary>
    public const int MarkAt = 0;
    public const int FlagAt = 1;
    public const int StatusAt = 2;
    public const int StepsAt = 3;

    /// <summary>How many arrays are kept between steps; of each where it begins, how long it is, and where among the numbers what it begins with is, −1 for the start itself.</summary>
    public const int ArraysAt = 4;
    public const int ArrayNumbers = 3;

    /// <summary>Whether a number of all restarts' is left to do. There are no more of them than elements of state, which are counted in 32 bits; beyond, the numbers turn negative.</summary>
    internal static bool IsLeft(int item, int all) => item >= 0 && item < all;

    /// <summary>Where the state of a restart begins.</summary>
    internal static int Own(Launch launch, int slot) => (launch.FirstSlot + slot) * launch.StateElements;
}

/// <summary>Marks the slots whose restarts have ended.</summary>
public readonly struct SlotEnding<TMemory> : IKernel<TMemory>
    where TMemory : struct, IDeviceMemory
{
    static void IKernel<TMemory>.Run(TMemory memory, Launch launch, int thread)
    {
        for (var slot = thread; slot < launch.Slots; slot += launch.Threads)
        {
            var own = SlotLife.Own(launch, slot);
            var hasEnded = memory.GetHeld(launch.FirstSlot + slot) >= 0 && memory.GetState(own + memory.LoadInteger(launch.PlanAt + SlotLife.FlagAt)) != 0;
            memory.SetState(own + memory.LoadInteger(launch.PlanAt + SlotLife.MarkAt), hasEnded ? SlotLife.HasEnded : SlotLife.GoesOn);
        }
    }
}

/// <summary>Writes where restarts ended to their rows of results.</summary>
public readonly struct SlotResults<TMemory> : IKernel<TMemory>
    where TMemory : struct, IDeviceMemory
{
    static void IKernel<TMemory>.Run(TMemory memory, Launch launch, int thread)
    {
        var x = memory.LoadInteger(launch.PlanAt + SlotLife.ArraysAt + 1);
        for (var item = thread; SlotLife.IsLeft(item, launch.Slots * launch.Dimension); item += launch.Threads)
        {
            var (slot, i) = (item / launch.Dimension, item % launch.Dimension);
            var own = SlotLife.Own(launch, slot);
            if (memory.GetState(own + memory.LoadInteger(launch.PlanAt + SlotLife.MarkAt)) == SlotLife.HasEnded)
            {
                memory.SetPoint((memory.GetHeld(launch.FirstSlot + slot) * launch.Dimension) + i, memory.GetState(own + x + i));
            }
        }
    }
}

/// <summary>Notes how restarts ended, and gives their slots, and those that have none, the next.</summary>
public readonly struct SlotTaking<TMemory> : IKernel<TMemory>
    where TMemory : struct, IDeviceMemory
{
    static void IKernel<TMemory>.Run(TMemory memory, Launch launch, int thread)
    {
        for (var slot = thread; slot < launch.Slots; slot += launch.Threads)
        {
            var (own, held) = (SlotLife.Own(launch, slot), memory.GetHeld(launch.FirstSlot + slot));
            var mark = own + memory.LoadInteger(launch.PlanAt + SlotLife.MarkAt);
            if (held >= 0 && memory.GetState(mark) == SlotLife.HasEnded)
            {
                var (status, steps) = (memory.LoadInteger(launch.PlanAt + SlotLife.StatusAt), memory.LoadInteger(launch.PlanAt + SlotLife.StepsAt));
                memory.SetEnd(held, (int)memory.GetState(own + status), (int)memory.GetState(own + steps));
                memory.CountEnd();
                held = RestartLife.None;
            }

            var begins = held == RestartLife.None;
            if (begins)
            {
                held = memory.TakeRestart();
                begins = held < launch.Count;
                memory.SetHeld(launch.FirstSlot + slot, begins ? held : RestartLife.Done);
            }

            memory.SetState(mark, begins ? SlotLife.Begins : SlotLife.GoesOn);
        }
    }
}

/// <summary>Fills the state of slots whose restarts begin.</summary>
public readonly struct SlotStarts<TMemory> : IKernel<TMemory>
    where TMemory : struct, IDeviceMemory
{
    static void IKernel<TMemory>.Run(TMemory memory, Launch launch, int thread)
    {
        var arrays = memory.LoadInteger(launch.PlanAt + SlotLife.ArraysAt);
        for (var k = 0; k < arrays; k++)
        {
            var plan = launch.PlanAt + SlotLife.ArraysAt + 1 + (SlotLife.ArrayNumbers * k);
            var (begin, length, initial) = (memory.LoadInteger(plan), memory.LoadInteger(plan + 1), memory.LoadInteger(plan + 2));
            for (var item = thread; SlotLife.IsLeft(item, launch.Slots * length); item += launch.Threads)
            {
                var (slot, i) = (item / length, item % length);
                var own = SlotLife.Own(launch, slot);
                if (memory.GetState(own + memory.LoadInteger(launch.PlanAt + SlotLife.MarkAt)) == SlotLife.Begins)
                {
                    memory.SetState(own + begin + i, initial < 0 ? memory.GetPoint((memory.GetHeld(launch.FirstSlot + slot) * launch.Dimension) + i) : memory.GetNumber(initial));
                }
            }
        }
    }
}
