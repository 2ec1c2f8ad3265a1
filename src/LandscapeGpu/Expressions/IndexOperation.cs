namespace LandscapeGpu.Expressions;

/// <summary>What an index is made by.</summary>
internal enum IndexOperation
{
    Constant,
    Loop,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    Gather,

    /// <summary>A whole number that a device changes between steps (which pair an optimiser overwrites next).</summary>
    Slot,

    /// <summary>The number of a sample that a restart has drawn for this step: it differs between restarts.</summary>
    Drawn,
}

/// <summary>What makes two indices the same.</summary>
internal readonly record struct IndexKey(IndexOperation Operation, long Value, Index? A, Index? B, IndexData? Data);
