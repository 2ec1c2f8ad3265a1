namespace LandscapeGpu.Kernels;

/// <summary>What endpoints are to each other once they have been sorted by cell; written where how they ended stood.</summary>
public static class CellMark
{
    /// <summary>No stationary point.</summary>
    public const int Apart = 3;

    /// <summary>Counted by another.</summary>
    public const int Member = 4;

    /// <summary>Counts others and itself, and no edge has cut it. Two more for each shifted lattice in which it still led.</summary>
    public const int Leader = 5;

    /// <summary>Counts others and itself, and in every lattice so far an edge may have cut it. Two more for each shifted lattice in which it still led.</summary>
    public const int Cut = 6;

    /// <summary>Keys are whole numbers below two to this, which a double holds exactly.</summary>
    public const int KeyBits = 52;

    /// <summary>The key of endpoints that are no stationary points: behind all others.</summary>
    public const double KeyApart = 1L << KeyBits;

    /// <summary>Whether a leader may have been cut so far.</summary>
    public static bool IsCut(int mark) => mark >= Leader && (mark - Cut) % 2 == 0;
}
