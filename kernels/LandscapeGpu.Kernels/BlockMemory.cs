namespace LandscapeGpu.Kernels;

/// <summary>A thread's part of the memory that its block shares: fast, and there only while the block runs.</summary>
/// <typeparam name="T">float or double.</typeparam>
public interface ISharedTile<T>
    where T : unmanaged
{
    /// <remarks>A place is a sum of what changes and what does not, in elements of a tile (<see cref="StateTiles"/>); the thread's own column is added here.</remarks>
    T Load(int at, int offset);

    void Store(int at, int offset, T value);

    /// <summary>The thread's number among those that carry its restart together; 0 where it carries it alone.</summary>
    int Lane { get; }

    /// <summary>What the first of these threads has.</summary>
    int OfFirst(int value);

    /// <summary>What the thread has whose number differs in one bit: all of them ask, for the same bit.</summary>
    T OfOther(T value, int bit);

    /// <summary>Waits until all of these threads are here, and see what each of them has stored.</summary>
    void Wait();
}

/// <summary>The memory of one launch, and beside it what a block shares: part of the state is there while a thread runs, and goes home before it pauses.</summary>
/// <remarks>
/// Where each thread has a restart it has a column of its own: threads of a block never wait for each other, and all of a warp reach different banks whatever element each is at.
/// Where a warp has a restart, what is shared is there once; the first of its threads takes restarts, counts them and writes how they ended.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TMemory">The memory of the launch.</typeparam>
/// <typeparam name="TTile">The thread's part of what is shared.</typeparam>
public readonly struct BlockMemory<T, TMemory, TTile>(TMemory own, TTile tile) : IDeviceMemory<T>
    where T : unmanaged
    where TMemory : struct, IDeviceMemory<T>
    where TTile : struct, ISharedTile<T>
{
    private readonly TMemory own = own;
    private readonly TTile tile = tile;

    public T LoadShared(int at, int offset) => tile.Load(at, offset);

    public void StoreShared(int at, int offset, T value) => tile.Store(at, offset, value);

    public T LoadState(int at, int offset) => own.LoadState(at, offset);

    public void StoreState(int at, int offset, T value) => own.StoreState(at, offset, value);

    public T LoadNumber(int at, int offset) => own.LoadNumber(at, offset);

    public Four<T> LoadNumbers(int at, int offset) => own.LoadNumbers(at, offset);

    public T LoadPoint(int at, int offset) => own.LoadPoint(at, offset);

    public void StorePoint(int at, int offset, T value) => own.StorePoint(at, offset, value);

    public int LoadInteger(int at) => own.LoadInteger(at);

    public double GetState(int at) => own.GetState(at);

    public void SetState(int at, double value) => own.SetState(at, value);

    public double GetNumber(int at) => own.GetNumber(at);

    public double GetPoint(int at) => own.GetPoint(at);

    public double GetStart(int at) => own.GetStart(at);

    public void SetStart(int at, double value) => own.SetStart(at, value);

    public void SetPoint(int at, double value) => own.SetPoint(at, value);

    public void SetEnd(int restart, int outcome, int steps)
    {
        if (tile.Lane == 0)
        {
            own.SetEnd(restart, outcome, steps);
        }
    }

    public int GetOutcome(int restart) => own.GetOutcome(restart);

    public int GetHeld(int thread) => own.GetHeld(thread);

    public void SetHeld(int thread, int restart) => own.SetHeld(thread, restart);

    public int TakeRestart()
    {
        var taken = 0;
        if (tile.Lane == 0)
        {
            taken = own.TakeRestart();
        }

        return tile.OfFirst(taken);
    }

    public void CountEnd()
    {
        if (tile.Lane == 0)
        {
            own.CountEnd();
        }
    }

    public int GetLane() => tile.Lane;

    public T OfOther(T value, int bit) => tile.OfOther(value, bit);

    public void Wait() => tile.Wait();
}
