namespace LandscapeGpu.Devices.Kernels;

/// <summary>What a device makes of a batch of restarts: the stationary points they came to, each with how many did, and those of which it takes a closer look to say what became of them.</summary>
internal sealed record ReducedBatch
{
    /// <summary>Stationary points, in the order of the restarts that lead; those that are one are one, but for a crowd such as a valley.</summary>
    public required PolishedSet Leaders { get; init; }

    /// <summary>How many restarts each stands for.</summary>
    public required int[] Counts { get; init; }

    /// <summary>How far from each the endpoints lie that it stands for, at most, in units of the scale.</summary>
    public required double[] Radii { get; init; }

    /// <summary>Where the other restarts ended before polish.</summary>
    public required Endpoints Apart { get; init; }

    /// <summary>Which restarts of the batch those are.</summary>
    public required int[] Items { get; init; }

    /// <summary>Steps of the restarts that came to the leaders.</summary>
    public required long Steps { get; init; }

    /// <summary>Gradients that polishing took.</summary>
    public required long Evaluations { get; init; }

    /// <summary>How many restarts the leaders stand for.</summary>
    public long Restarts => Counts.Sum(c => (long)c);

    /// <summary>The restarts that are apart, with their starts given one by one.</summary>
    /// <param name="range">The batch.</param>
    public RestartRange RangeOfApart(RestartRange range)
    {
        if (Items.Length == 0)
        {
            return range with { Count = 0 };
        }

        var starts = new double[Apart.Points.Length];
        for (var k = 0; k < Items.Length; k++)
        {
            range.Starts.Draw(range.Seed, range.First + Items[k], starts.AsSpan(k * Apart.Dimension, Apart.Dimension));
        }

        return new(new GivenPoints(starts, Apart.Dimension), range.Seed, 0, Items.Length);
    }
}
