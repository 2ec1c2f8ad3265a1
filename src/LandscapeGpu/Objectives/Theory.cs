namespace LandscapeGpu.Objectives;

/// <summary>What theorems about a family say in numbers: constants of the landscape, and measures of points that these bound.</summary>
internal sealed record Theory
{
    /// <summary>Where it stands.</summary>
    public required string Source { get; init; }

    /// <summary>Constants of the landscape, such as those an assumption names.</summary>
    public IReadOnlyList<TheoryConstant> Constants { get; init; } = [];

    /// <summary>Measures of points.</summary>
    public IReadOnlyList<TheoryMeasure> Measures { get; init; } = [];
}

/// <summary>A number that a theorem about a landscape speaks of.</summary>
/// <param name="Name">Its symbol or name.</param>
internal sealed record TheoryConstant(string Name)
{
    /// <summary>The number; null where it is the supremum of <see cref="Supremum"/>. NaN where it cannot be had. What takes long asks whether it is to stop.</summary>
    public Func<CancellationToken, double>? Value { get; init; }

    /// <summary>A function on a region, the supremum of whose absolute value is the number: sought by descents on minus its square.</summary>
    public Objective? Supremum { get; init; }

    /// <summary>What it is to be compared with.</summary>
    public TheoryRole Role { get; init; }
}

/// <summary>What a constant says about what is found.</summary>
internal enum TheoryRole
{
    /// <summary>Nothing by itself.</summary>
    None,

    /// <summary>Something that theory says shrinks or grows with the setting as a power of it.</summary>
    Power,

    /// <summary>Up to a constant factor, the most that a minimum is away from the point the data were made from.</summary>
    BoundsDistance,

    /// <summary>How many minima there are on average.</summary>
    ExpectedMinima,
}

/// <summary>Which points a measure is about.</summary>
internal enum TheoryPoints
{
    /// <summary>Minima inside the region.</summary>
    Minima,

    /// <summary>Stationary points inside the region.</summary>
    Stationary,

    /// <summary>Points drawn uniformly from the ball that theory is about.</summary>
    Ball,
}

/// <summary>A number of a point that a theorem bounds: from above, or from below.</summary>
/// <param name="Name">The claim's name and what is measured.</param>
/// <param name="Points">Which points it is about.</param>
/// <param name="Of">The number of a point.</param>
internal sealed record TheoryMeasure(string Name, TheoryPoints Points, Func<IReadOnlyList<double>, double> Of)
{
    /// <summary>Whether it is bounded from below: the least is looked at, else the largest.</summary>
    public bool IsFromBelow { get; init; }

    /// <summary>The bound; null where there is none, as where only an order of magnitude is known or an assumption does not hold.</summary>
    public Func<CancellationToken, double>? Bound { get; init; }

    /// <summary>Where the bound's own constant is known from one side alone, the bound at its other end: only beyond this the claim fails. Null where the bound is known.</summary>
    public Func<CancellationToken, double>? Widest { get; init; }

    /// <summary>How large the numbers are that it is a difference of, in its own units: what rounding leaves is compared with this. Null for the bound's size.</summary>
    public double? Scale { get; init; }

    /// <summary>Whether the largest goes with a power of a setting.</summary>
    public bool IsPower { get; init; }
}
