using LandscapeGpu.Compilation;

namespace LandscapeGpu.Polish;

/// <summary>Products with the Hessian for the walks of all lanes side by side, as many as each asks for.</summary>
/// <param name="objective">The landscape.</param>
/// <param name="derivatives">Its derivatives.</param>
/// <param name="walk">A new walk.</param>
internal sealed class ModeDirections(Objective objective, Derivatives derivatives, Func<ModeWalk> walk) : IDirections
{
    private readonly int d = derivatives.Dimension;
    private readonly Lanes lanes = objective.OnLanes(derivatives.Curvature);
    private readonly double[] normal = new double[derivatives.Normal is null ? 0 : derivatives.Dimension];
    private readonly double[] hessian = new double[derivatives.Direction is null ? derivatives.Dimension * derivatives.Dimension : 0];

    public bool KnowsSides => false;

    public Walk NewWalk() => walk();

    public long Find(Walk[] walks)
    {
        var asking = new RitzModes?[walks.Length];
        for (var l = 0; l < walks.Length; l++)
        {
            lanes.Write(derivatives.At, l, walks[l].Point);
            if (walks[l] is ModeWalk { Item: >= 0, IsTurning: true } turning)
            {
                turning.Ask();
                asking[l] = turning.Modes;
            }
        }

        return derivatives.Direction is { } direction ? ByProducts(asking, direction) : ByEntries(asking);
    }

    public bool Turn(Walk walk, int lane) => ((ModeWalk)walk).Turn();

    public void Dispose() => lanes.Dispose();

    private long ByProducts(RitzModes?[] asking, ProgramArray direction)
    {
        var made = 0L;
        while (asking.Any(a => a is { IsOpen: true }))
        {
            for (var l = 0; l < asking.Length; l++)
            {
                if (asking[l] is { IsOpen: true } modes)
                {
                    lanes.Write(direction, l, modes.Direction);
                }
            }

            _ = made == 0 ? lanes.Run() : lanes.RunAgain();
            for (var l = 0; l < asking.Length; l++)
            {
                if (asking[l] is { IsOpen: true } modes)
                {
                    lanes.Read(derivatives.Result, l, modes.Product);
                    if (derivatives.Normal is { } outside)
                    {
                        lanes.Read(outside, l, normal);
                    }

                    modes.Take(normal);
                    made++;
                }
            }
        }

        return made;
    }

    /// <summary>Of a small formula all entries are computed at once.</summary>
    private long ByEntries(RitzModes?[] asking)
    {
        if (!asking.Any(a => a is { IsOpen: true }))
        {
            return 0;
        }

        lanes.Run();
        var made = 0L;
        for (var l = 0; l < asking.Length; l++)
        {
            if (asking[l] is not { IsOpen: true } modes)
            {
                continue;
            }

            lanes.Read(derivatives.Result, l, hessian);
            made += d;
            while (modes.IsOpen)
            {
                for (var i = 0; i < d; i++)
                {
                    modes.Product[i] = Inner.Product(hessian.AsSpan(i * d, d), modes.Direction);
                }

                modes.Take();
            }
        }

        return made;
    }
}
