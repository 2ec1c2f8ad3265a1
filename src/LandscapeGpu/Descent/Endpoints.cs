namespace LandscapeGpu.Descent;

/// <summary>Where restarts ended, in the order of their numbers.</summary>
public sealed class Endpoints : IRows<Endpoints>
{
    internal Endpoints(int dimension, int count)
    {
        Dimension = dimension;
        // Every restart that ends writes its own; clearing them first would take as long as a short descent.
        Points = GC.AllocateUninitializedArray<double>(MachineMemory.Elements((long)dimension * count, "The endpoints of a batch"));
        Outcomes = new byte[count];
        Steps = new int[count];
    }

    /// <summary>Unfinished endpoints in the place of others that nobody looks at any more, where these are as many; else new ones.</summary>
    internal static Endpoints InPlaceOf(Endpoints? spare, int dimension, int count)
    {
        if (spare is null || spare.Dimension != dimension || spare.Count != count)
        {
            return new(dimension, count);
        }

        Array.Clear(spare.Outcomes);
        Array.Clear(spare.Steps);
        return spare;
    }

    /// <summary>The number of coordinates.</summary>
    public int Dimension { get; }

    /// <summary>How many restarts ended.</summary>
    public int Count => Outcomes.Length;

    /// <summary>count × d coordinates, restart by restart; of restarts that are unfinished they mean nothing.</summary>
    public double[] Points { get; }

    /// <summary>How each restart ended.</summary>
    public byte[] Outcomes { get; }

    /// <summary>How many steps each restart made, each with one evaluation of the gradient.</summary>
    public int[] Steps { get; }

    /// <summary>Whether a restart has ended.</summary>
    public bool IsFinished(int item) => Outcomes[item] != (byte)Outcome.Unfinished;

    void IRows<Endpoints>.Take(int to, Endpoints others, int from)
    {
        (Outcomes[to], Steps[to]) = (others.Outcomes[from], others.Steps[from]);
        Array.Copy(others.Points, (long)from * Dimension, Points, (long)to * Dimension, Dimension);
    }

    /// <summary>How many restarts ended in each way.</summary>
    public OutcomeCounts Totals => OutcomeCounts.Of(Outcomes);
}
