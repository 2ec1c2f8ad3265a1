namespace LandscapeGpu.Kernels;

/// <summary>Leaders that are told apart once more, in a shifted lattice: where the givens have their keys, their order, their numbers, their counts, and what becomes of these; as many each.</summary>
public static class CellList
{
    /// <summary>How many lists a batch has to have room for.</summary>
    public const int Parts = 5;

    private const int Items = 2;
    private const int Counts = 3;
    private const int Results = 4;

    /// <summary>Where the numbers of a list of leaders begin, and behind them their counts.</summary>
    public static int ItemsAt(int count) => Items * count;

    /// <summary>Where it says for each how many it counts now: 0 where another has it; negative where it may still be cut.</summary>
    public static int ResultsAt(int count) => Results * count;

    /// <summary>The number of the endpoint at a place of the list.</summary>
    internal static int ItemAt<TMemory>(TMemory memory, Launch launch, int k)
        where TMemory : struct, IDeviceMemory<double> => (int)memory.GetStart((Items * launch.Count) + k);

    internal static int CountAt<TMemory>(TMemory memory, Launch launch, int k)
        where TMemory : struct, IDeviceMemory<double> => (int)memory.GetStart((Counts * launch.Count) + k);

    internal static void SetResult<TMemory>(TMemory memory, Launch launch, int k, int count)
        where TMemory : struct, IDeviceMemory<double> => memory.SetStart((Results * launch.Count) + k, count);
}
