namespace LandscapeGpu.Kernels;

/// <summary>An emitted program as a struct. Its fields are the part of a thread's state that lives in registers; another part may be in memory that its block shares.</summary>
/// <typeparam name="TMemory">Where the rest of the state, data and parameters are.</typeparam>
public interface IStep<in TMemory>
    where TMemory : struct
{
    /// <summary>Runs it; one step of descent answers other than 0 when the restart has ended.</summary>
    /// <param name="memory">The launch's memory.</param>
    /// <param name="place">Where the thread's state is (<see cref="StateTiles"/>).</param>
    /// <param name="turn">The place of a circular memory that this step overwrites.</param>
    int Run(TMemory memory, int place, int turn);
}

/// <summary>One step of a descent, and how a restart begins, pauses and ends.</summary>
/// <typeparam name="TMemory">Where the rest of the state, data and parameters are.</typeparam>
public interface IDescentStep<in TMemory> : IStep<TMemory>
    where TMemory : struct
{
    /// <summary>Whether noise is drawn before every step, and a batch: known when the code is written, so that what is not drawn is no code.</summary>
    bool HasNoise();

    bool HasBatch();

    /// <summary>Begins a restart: its start is taken from its row of results, all else is what every restart begins with.</summary>
    /// <param name="memory">The launch's memory.</param>
    /// <param name="place">Where the thread's state is.</param>
    /// <param name="row">Where the restart's row of results is.</param>
    void Begin(TMemory memory, int place, int row);

    /// <summary>Fills the fields, and what is in memory that the block shares, from a thread's state in memory.</summary>
    void Load(TMemory memory, int place);

    /// <summary>Writes them to a thread's state in memory.</summary>
    void Save(TMemory memory, int place);

    /// <summary>Writes where a restart ended to its row of results, and how.</summary>
    void End(TMemory memory, int place, int row, int restart);
}
