namespace LandscapeGpu.Compilation;

/// <summary>A statement of a run, for one of the iterations that run together.</summary>
internal sealed class RunStep(Statement statement, int iteration)
{
    public Statement Statement { get; } = statement;

    public int Iteration { get; } = iteration;

    /// <summary>What has to be done before.</summary>
    public List<RunStep> Before { get; } = [];

    /// <summary>The values it reads, each once; constants are none.</summary>
    public List<RunValue> Reads { get; } = [];

    /// <summary>The value it computes.</summary>
    public RunValue? Makes { get; set; }

    /// <summary>How many registers what leads to it takes, if nothing else does (Sethi and Ullman).</summary>
    public int Need { get; set; } = 1;

    public bool IsOpen { get; set; }

    public bool IsDone { get; set; }
}

/// <summary>A value as it is in one of the iterations that run together; in the first, where it is the same in all.</summary>
internal sealed class RunValue(Value value, int iteration, int cost, bool isKept)
{
    public Value Value { get; } = value;

    public int Iteration { get; } = iteration;

    /// <summary>How many registers it takes.</summary>
    public int Cost { get; } = cost;

    /// <summary>Whether it is needed after the run.</summary>
    public bool IsKept { get; } = isKept;

    public RunStep? Maker { get; set; }

    /// <summary>The steps that read it, as their numbers.</summary>
    public List<int> Uses { get; } = [];

    /// <summary>The first step from one on that reads it; after the last, soon if it is needed then, by a loop perhaps.</summary>
    public int Next(int from, int end)
    {
        foreach (var at in Uses)
        {
            if (at >= from)
            {
                return at;
            }
        }

        return IsKept ? end : int.MaxValue;
    }
}
