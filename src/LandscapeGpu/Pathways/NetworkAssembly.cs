using LandscapeGpu.Statistics;

namespace LandscapeGpu.Pathways;

/// <summary>What a search came to, described as points of the landscape: numbered minima, and saddles of index 1 with the minima that they join.</summary>
internal sealed class NetworkAssembly
{
    private readonly StationaryDatabase database;
    private readonly LaneDevice device;
    private readonly bool isStopped;
    private readonly StationaryPoints described;
    private readonly StationaryPoints points;
    private readonly IdentifiedMinima saddles;
    private readonly IReadOnlyList<StationaryPoint> minima;
    private readonly Dictionary<StationaryPoint, int> numbers;

    /// <param name="database">Everything that was found.</param>
    /// <param name="device">What computes spectra.</param>
    /// <param name="starts">Starts that say how large the landscape's own scales are.</param>
    /// <param name="isStopped">Whether the search was stopped before it was done.</param>
    public NetworkAssembly(StationaryDatabase database, LaneDevice device, RestartRange starts, bool isStopped)
    {
        (this.database, this.device, this.isStopped) = (database, device, isStopped);
        var moving = database.Moving;
        described = StationaryPoints.Of(moving, database.Identified, database.Minima, new(device, device), starts);
        minima = ListOrder.Of(described.All.Where(p => p.IsMinimum || database.HasEnds), moving.Units);
        numbers = new(minima.Select((m, k) => KeyValuePair.Create(m, k)), ReferenceEqualityComparer.Instance);
        saddles = database.IdentifySaddles();
        points = StationaryPoints.Of(moving, saddles, database.Saddles, new(device, device), starts);
    }

    /// <summary>The graph.</summary>
    /// <param name="objective">The landscape, in the coordinates of the formula.</param>
    /// <param name="bands">The bands that were stretched.</param>
    public TransitionNetwork Of(Objective objective, BandSearch bands)
    {
        var moving = database.Moving;
        var (states, folded) = States();
        return new()
        {
            Objective = objective,
            Options = new(),
            Exploration = "",
            Minima = minima,
            AreEndsOfDescents = database.HasEnds,
            TransitionStates = states,
            HigherSaddles = points.All.Count(p => !p.IsMinimum) - states.Count - folded,
            Climbs = 0,
            Bands = bands.Count,
            BandsWithoutMaximum = bands.WithoutMaximum,
            BandPaths = [.. bands.Paths.Select(p => (From: Number(p.A), To: Number(p.B), p.Highest, p.Band)).Where(p => p is { From: not null, To: not null } && p.From != p.To)
                .Select(p => new BandPath(p.From!.Value, p.To!.Value, p.Highest / moving.Units.Value, [.. p.Band.Points.Chunk(moving.Dimension).Select(x => moving.Shown(x))]))],
            ModeConnectivity = null,
            Arrived = database.Arrived,
            Outside = database.Outside,
            Coverage = CoverageSummary.Of([.. states.Select(t => t.Saddle)]),
            Stopped = isStopped,
            Seconds = 0,
            GradientEvaluations = database.Evaluations + bands.Evaluations,
            NotCrossed = folded,
        };
    }

    /// <summary>Distinct saddles of index 1, lowest first; and how many places look like saddles only because both sides of them are the same one.</summary>
    private (List<TransitionState> States, int Folded) States()
    {
        var isNothing = CurvatureScale.Nothing(database.Moving, minima, points.All, device);
        var found = new Dictionary<StationaryPoint, TransitionState>(ReferenceEqualityComparer.Instance);
        var folded = new HashSet<StationaryPoint>(ReferenceEqualityComparer.Instance);
        foreach (var (group, sides) in database.Paths)
        {
            var saddle = points.All[points.PointOfGroup[saddles.ClusterOf[group]]];
            // On a line a saddle of index 1 is a maximum.
            if (saddle is { Kind: StationaryKind.StrictSaddle or StationaryKind.Maximum, Index: 1 } && !isNothing.Contains(saddle) && !found.ContainsKey(saddle) && !folded.Contains(saddle))
            {
                var escape = EscapeFrom(saddle);
                if (database.Moving.Region.IsFoldedAlong([.. saddle.Place], escape))
                {
                    folded.Add(saddle);
                }
                else
                {
                    found.Add(saddle, Joined(saddle, sides, escape));
                }
            }
        }

        return ([.. ListOrder.Of(found.Keys, database.Moving.Units).Select(s => found[s])], folded.Count);
    }

    private TransitionState Joined(StationaryPoint saddle, Sides sides, double[] escape)
    {
        var (a, b) = (sides.First, sides.Second);
        if ((Number(b.Group) ?? int.MaxValue) < (Number(a.Group) ?? int.MaxValue))
        {
            (a, b) = (b, a);
        }

        return new()
        {
            Saddle = saddle,
            From = Number(a.Group),
            To = Number(b.Group),
            LengthFrom = a.Length,
            LengthTo = b.Length,
            EscapeDirection = escape,
            Path = [.. a.Path.Skip(1).Reverse().Select(p => p with { Arc = -p.Arc }), .. b.Path],
            Unjoined = string.Join("; ", new[] { a, b }.Where(s => Number(s.Group) is null).Select(Why).Distinct()),
        };
    }

    /// <summary>The number of the minimum that a group shows; null where it shows none.</summary>
    private int? Number(int group) => group >= 0 && numbers.TryGetValue(described.All[described.PointOfGroup[database.Identified.ClusterOf[group]]], out var number) ? number : null;

    private string Why(Side side) => side switch
    {
        { Group: >= 0 } => "a side came to a flat or falling place that is no minimum",
        { End: DownhillEnd.Lost or DownhillEnd.Arrived } when isStopped => "the search was stopped before a side was followed to its end",
        { End: DownhillEnd.Endless } => "a side runs out of reach: downhill there is no minimum",
        { End: DownhillEnd.AtSide } => "a side came to the boundary of the region, and to no minimum there",
        { End: DownhillEnd.Blocked } => "on a side f does not follow its gradient, however short a step: it jumps, has a kink, or is not finite there",
        { End: DownhillEnd.Arrived } => "a side came to a place where polishing finds no minimum: flat, or a kink",
        _ => "a side is still falling after all its steps",
    };

    /// <summary>The unit eigenvector of the negative eigenvalue, in the coordinates that move.</summary>
    private double[] EscapeFrom(StationaryPoint saddle)
    {
        var moving = database.Moving;
        double[] place = [.. saddle.Place];
        moving.Units.ToMoving(place);
        if (place.Length > LanePolish.MostCoordinates)
        {
            double[] escape = [.. LowestModes.Of(moving, [place], 2, device)[0].Vectors[0]];
            moving.Units.ToShown(escape);
            Inner.Scale(1 / Inner.Norm(escape), escape);
            return escape;
        }

        var hessian = new LaneDifferentiator(moving, device).Hessians(place);
        HeldFaces.Of(moving, [place], device)[0].Project(hessian, place.Length);
        var shown = moving.Units.HessianToShown(hessian);
        return SymmetricEigenvalues.Decompose(shown, place.Length).Vector(0).ToArray();
    }
}
