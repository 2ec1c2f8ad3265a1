namespace LandscapeGpu.Kernels;

/// <summary>One step of a descent as an emitted struct. Its fields are the part of a restart's state that lives in registers.</summary>
/// <typeparam name="TMemory">Where the rest of the state, data and parameters are.</typeparam>
public interface IStep<in TMemory>
    where TMemory : struct
{
    /// <summary>Fills the fields from a thread's state in memory.</summary>
    void Load(TMemory memory, int place);

    /// <summary>Writes the fields to a thread's state in memory.</summary>
    void Save(TMemory memory, int place);

    /// <summary>Makes one step; answers other than 0 when the restart has ended.</summary>
    /// <param name="memory">The launch's memory.</param>
    /// <param name="place">Where the thread's state is (<see cref="StateTiles"/>).</param>
    /// <param name="turn">The place of a circular memory that this step overwrites.</param>
    int Run(TMemory memory, int place, int turn);
}
