namespace LandscapeGpu.Kernels;

/// <summary>The memory of one launch, as a kernel sees it: views on a device, arrays in managed code.</summary>
/// <remarks>
/// State is laid out as <see cref="StateTiles"/> says. Points, starts and bounds are double here whatever the descent computes in.
/// </remarks>
public interface IDeviceMemory
{
    double GetState(int at);

    void SetState(int at, double value);

    /// <summary>A number of the data, or of what else all threads read.</summary>
    double GetNumber(int at);

    int LoadInteger(int at);

    /// <summary>Numbers that describe the starts (see <see cref="StartKind"/>).</summary>
    double GetStart(int at);

    /// <summary>Writes over such a number, in a kernel that reads none.</summary>
    void SetStart(int at, double value);

    /// <summary>A number of a row of results: a coordinate of a start, before its restart has ended.</summary>
    double GetPoint(int at);

    /// <summary>Writes a number of a row of results.</summary>
    void SetPoint(int at, double value);

    /// <summary>Notes how a restart ended.</summary>
    void SetEnd(int restart, int outcome, int steps);

    /// <summary>How a restart ended.</summary>
    int GetOutcome(int restart);

    /// <summary>The restart a thread has in hand, or one of the negative numbers of <see cref="RestartLife"/>.</summary>
    int GetHeld(int thread);

    void SetHeld(int thread, int restart);

    /// <summary>Takes the next number from the counter of restarts begun.</summary>
    int TakeRestart();

    /// <summary>Counts a restart that has ended.</summary>
    void CountEnd();
}

/// <summary>What an emitted program reads and writes.</summary>
/// <typeparam name="T">float or double.</typeparam>
public interface IDeviceMemory<T> : IDeviceMemory
    where T : unmanaged
{
    /// <remarks>Here and below a place is a sum of what changes and what does not: the latter costs nothing.</remarks>
    T LoadState(int at, int offset);

    void StoreState(int at, int offset, T value);

    /// <summary>Data, then parameters.</summary>
    T LoadNumber(int at, int offset);

    /// <summary>Four of them at once; their place is a multiple of four.</summary>
    Four<T> LoadNumbers(int at, int offset);

    /// <summary>A number of a row of results: a coordinate of a start, before its restart has ended.</summary>
    T LoadPoint(int at, int offset);

    void StorePoint(int at, int offset, T value);
}
