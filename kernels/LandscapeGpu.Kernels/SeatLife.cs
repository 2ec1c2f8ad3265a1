namespace LandscapeGpu.Kernels;

/// <summary>How restarts side by side end and begin where all of them make each step together: a seat whose restart has ended takes the next.</summary>
/// <remarks>
/// Four kernels, since a thread for each seat decides, and many copy: <see cref="SeatEnding{TMemory}"/>, <see cref="SeatResults{TMemory}"/>,
/// <see cref="SeatTaking{TMemory}"/>, <see cref="SeatStarts{TMemory}"/>. A seat without a restart goes on with what it has; nobody looks at it any more.
/// </remarks>
public static class SeatLife
{
    /// <summary>What a mark, a number of the state, says of a seat: it goes on, its restart begins, or has ended.</summary>
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
    internal static int Own(Launch launch, int seat) => (launch.FirstSeat + seat) * launch.StateElements;
}

/// <summary>Marks the seats whose restarts have ended.</summary>
public readonly struct SeatEnding<TMemory> : IKernel<TMemory>
    where TMemory : struct, IDeviceMemory
{
    static void IKernel<TMemory>.Run(TMemory memory, Launch launch, int thread)
    {
        for (var seat = thread; seat < launch.Seats; seat += launch.Threads)
        {
            var own = SeatLife.Own(launch, seat);
            var hasEnded = memory.GetHeld(launch.FirstSeat + seat) >= 0 && memory.GetState(own + memory.LoadInteger(launch.PlanAt + SeatLife.FlagAt)) != 0;
            memory.SetState(own + memory.LoadInteger(launch.PlanAt + SeatLife.MarkAt), hasEnded ? SeatLife.HasEnded : SeatLife.GoesOn);
        }
    }
}

/// <summary>Writes where restarts ended to their rows of results.</summary>
public readonly struct SeatResults<TMemory> : IKernel<TMemory>
    where TMemory : struct, IDeviceMemory
{
    static void IKernel<TMemory>.Run(TMemory memory, Launch launch, int thread)
    {
        var x = memory.LoadInteger(launch.PlanAt + SeatLife.ArraysAt + 1);
        for (var item = thread; SeatLife.IsLeft(item, launch.Seats * launch.Dimension); item += launch.Threads)
        {
            var (seat, i) = (item / launch.Dimension, item % launch.Dimension);
            var own = SeatLife.Own(launch, seat);
            if (memory.GetState(own + memory.LoadInteger(launch.PlanAt + SeatLife.MarkAt)) == SeatLife.HasEnded)
            {
                memory.SetPoint((memory.GetHeld(launch.FirstSeat + seat) * launch.Dimension) + i, memory.GetState(own + x + i));
            }
        }
    }
}

/// <summary>Notes how restarts ended, and gives their seats, and those that have none, the next.</summary>
public readonly struct SeatTaking<TMemory> : IKernel<TMemory>
    where TMemory : struct, IDeviceMemory
{
    static void IKernel<TMemory>.Run(TMemory memory, Launch launch, int thread)
    {
        for (var seat = thread; seat < launch.Seats; seat += launch.Threads)
        {
            var (own, held) = (SeatLife.Own(launch, seat), memory.GetHeld(launch.FirstSeat + seat));
            var mark = own + memory.LoadInteger(launch.PlanAt + SeatLife.MarkAt);
            if (held >= 0 && memory.GetState(mark) == SeatLife.HasEnded)
            {
                var (status, steps) = (memory.LoadInteger(launch.PlanAt + SeatLife.StatusAt), memory.LoadInteger(launch.PlanAt + SeatLife.StepsAt));
                memory.SetEnd(held, (int)memory.GetState(own + status), (int)memory.GetState(own + steps));
                memory.CountEnd();
                held = RestartLife.None;
            }

            var begins = held == RestartLife.None;
            if (begins)
            {
                held = memory.TakeRestart();
                begins = held < launch.Count;
                memory.SetHeld(launch.FirstSeat + seat, begins ? held : RestartLife.Done);
            }

            memory.SetState(mark, begins ? SeatLife.Begins : SeatLife.GoesOn);
        }
    }
}

/// <summary>Fills the state of seats whose restarts begin.</summary>
public readonly struct SeatStarts<TMemory> : IKernel<TMemory>
    where TMemory : struct, IDeviceMemory
{
    static void IKernel<TMemory>.Run(TMemory memory, Launch launch, int thread)
    {
        var arrays = memory.LoadInteger(launch.PlanAt + SeatLife.ArraysAt);
        for (var k = 0; k < arrays; k++)
        {
            var plan = launch.PlanAt + SeatLife.ArraysAt + 1 + (SeatLife.ArrayNumbers * k);
            var (begin, length, initial) = (memory.LoadInteger(plan), memory.LoadInteger(plan + 1), memory.LoadInteger(plan + 2));
            for (var item = thread; SeatLife.IsLeft(item, launch.Seats * length); item += launch.Threads)
            {
                var (seat, i) = (item / length, item % length);
                var own = SeatLife.Own(launch, seat);
                if (memory.GetState(own + memory.LoadInteger(launch.PlanAt + SeatLife.MarkAt)) == SeatLife.Begins)
                {
                    memory.SetState(own + begin + i, initial < 0 ? memory.GetPoint((memory.GetHeld(launch.FirstSeat + seat) * launch.Dimension) + i) : memory.GetNumber(initial));
                }
            }
        }
    }
}
