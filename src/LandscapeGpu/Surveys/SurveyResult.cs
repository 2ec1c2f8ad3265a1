using LandscapeGpu.Notebooks;
using LandscapeGpu.Statistics;

namespace LandscapeGpu.Surveys;

/// <summary>One stationary point that restarts ended at.</summary>
public sealed partial record StationaryPoint
{
    /// <summary>What the spectrum says that it is.</summary>
    public required StationaryKind Kind { get; init; }

    /// <summary>f(x).</summary>
    public required double Value { get; init; }

    /// <summary>x, of the restart that ended closest to it; d coordinates, as the formula is given them.</summary>
    public required IReadOnlyList<double> Point { get; init; }

    /// <summary>The coordinates that move: the point itself, except on manifolds with coordinates of their own.</summary>
    internal IReadOnlyList<double> Place
    {
        get => place ?? Point;
        init => place = value;
    }

    private readonly IReadOnlyList<double>? place;

    /// <summary>Whether the number of negative eigenvalues says what it is; not where the values around the point had to.</summary>
    public bool HasIndex => Kind is not (StationaryKind.DegenerateSaddle or StationaryKind.Singular or StationaryKind.Undecided or StationaryKind.Tail);

    /// <summary>Whether it is a minimum of some kind: isolated, of a flat family, at a bound, or at a kink.</summary>
    public bool IsMinimum => Kind is StationaryKind.Minimum or StationaryKind.DegenerateMinimum or StationaryKind.BoundaryMinimum or StationaryKind.MinimumAtKink or StationaryKind.EdgeMinimum or StationaryKind.SingularMinimum;

    /// <summary>Whether it is a minimum that no gradient all round it tells of: at a kink, or where the formula's definition ends.</summary>
    internal bool IsWithoutGradient => Kind is StationaryKind.MinimumAtKink or StationaryKind.EdgeMinimum;

    /// <summary>Whether it is one of a continuum that no symmetry explains: it counts once, however large that is.</summary>
    public bool IsFlatFamily => Kind is StationaryKind.DegenerateMinimum or StationaryKind.MinimumAtKink or StationaryKind.EdgeMinimum or StationaryKind.SingularMinimum && FlatBeyondOrbit > 0 && !RisesAllRound;

    /// <summary>Of a minimum whose Hessian has zeros: the value was seen to rise all round it, as that of x⁴ does at 0, so that it is an isolated one.</summary>
    public bool RisesAllRound { get; init; }

    /// <summary>The same with its count as a share.</summary>
    internal StationaryPoint AsShareOf(long total)
    {
        var share = new Proportion(Count, total);
        return this with { Share = share.Share, ShareLow = share.Interval.Lower, ShareHigh = share.Interval.Upper };
    }

    /// <summary>How far the stationary point may be from the point, in the units of the coordinates that move; NaN where it is not known.</summary>
    internal double Uncertainty { get; init; }

    /// <summary>How many restarts ended here.</summary>
    public required long Count { get; init; }

    /// <summary>How many of these had ended elsewhere, at no stationary point, and were led here afterwards.</summary>
    internal long Led { get; init; }

    /// <summary>Count as a share of the restarts that came to a stationary point or a minimum at a kink.</summary>
    public required double Share { get; init; }

    /// <summary>The lower end of the share's 95% interval.</summary>
    public required double ShareLow { get; init; }

    /// <summary>The upper end of the share's 95% interval.</summary>
    public required double ShareHigh { get; init; }

    /// <summary>‖∇f‖ at the point after polishing (on sides of the region: of its free part).</summary>
    public required double GradientNorm { get; init; }

    /// <summary>The Hessian's eigenvalues, ascending: all of them, or the extreme ones where the dimension is large.</summary>
    public required IReadOnlyList<double> Eigenvalues { get; init; }

    /// <summary>How many eigenvalues are negative.</summary>
    public required int Index { get; init; }

    /// <summary>How many eigenvalues are zero to rounding.</summary>
    public required int FlatDirections { get; init; }

    /// <summary>Whether more may be zero among those that were not computed.</summary>
    internal bool IsFlatAtLeast { get; init; }

    /// <summary>Its orbit under the symmetry the objective declares; null where there is none, or the orbit is not worked out.</summary>
    public Orbit? Orbit { get; init; }

    /// <summary>Of the flat directions, those that do not lead along the orbit: the Hessian's nullity beyond what symmetry explains.</summary>
    public int FlatBeyondOrbit => Math.Max(0, FlatDirections - (Orbit?.Dimension ?? 0));

    /// <summary>The Hessian's lowest eigenvalue that is not of a zero mode of the declared symmetry; null where none are known or left.</summary>
    public double? LowestEigenvalue =>
        // The group's own are the nearest to 0.
        Eigenvalues.OrderBy(Math.Abs).Skip(Orbit?.Dimension ?? 0).Order().Select(l => (double?)l).FirstOrDefault();

    /// <summary>How many distinct points of one connected flat set were met and joined into this one.</summary>
    public int Places { get; init; } = 1;

    /// <summary>The coordinates that bounds hold; none where a curved side does.</summary>
    public IReadOnlyList<int> AtBound { get; init; } = [];

    /// <summary>Whether it lies on a side of the region.</summary>
    public bool IsOnBoundary { get; init; }

    /// <summary>Σ of the eigenvalues.</summary>
    public required double Trace { get; init; }

    /// <summary>The largest over the smallest eigenvalue in magnitude, of those that are not zero.</summary>
    public required double ConditionNumber { get; init; }

    /// <summary>The condition number in the units that the landscape was explored in, where these differ from coordinate to coordinate; null where they do not.</summary>
    public double? ConditionInUnits { get; init; }

    /// <summary>The largest eigenvalue.</summary>
    public required double Sharpness { get; init; }

    /// <summary>What the objective's scores are there, such as the loss on held-out samples; all null where it has none.</summary>
    public Score Score { get; init; }
}

/// <summary>How complete the list of minima is likely to be.</summary>
public sealed record CoverageSummary
{
    /// <summary>Good and Turing's estimate of the probability that one more restart that comes to a minimum, of whatever kind, ends at one already found; at least so much where only the lowest are listed.</summary>
    public required double GoodTuring { get; init; }

    /// <summary>The lower end of the 95 % interval for the coverage.</summary>
    public required double GoodTuringLow { get; init; }

    /// <summary>The upper end of the 95 % interval for the coverage.</summary>
    public required double GoodTuringHigh { get; init; }

    /// <summary>Chao's lower bound for the number of minima, found and not.</summary>
    public required double Chao1 { get; init; }

    /// <summary>The lower end of the 95 % interval for the number of minima.</summary>
    public required double Chao1Low { get; init; }

    /// <summary>The upper end of the 95 % interval for the number of minima.</summary>
    public required double Chao1High { get; init; }

    /// <summary>The summary of how often each distinct point was found.</summary>
    /// <param name="points">The points.</param>
    /// <param name="unlisted">Restarts that came to others.</param>
    internal static CoverageSummary Of(IReadOnlyList<StationaryPoint> points, long unlisted = 0)
    {
        var counts = points.Select(p => p.Count).ToList();
        var (coverage, chao) = (Statistics.Coverage.Of(counts, unlisted), Statistics.Chao1.Of(counts));
        return new()
        {
            GoodTuring = coverage.Estimate,
            GoodTuringLow = coverage.Interval.Lower,
            GoodTuringHigh = coverage.Interval.Upper,
            Chao1 = chao.Estimate,
            Chao1Low = chao.Interval.Lower,
            Chao1High = chao.Interval.Upper,
        };
    }
}

/// <summary>Where the time of a survey went, in seconds.</summary>
public sealed record SurveySeconds(double Compile, double Descent, double Polish, double Identify, double Spectra, double Total);

/// <summary>What a survey found.</summary>
[TypeFormatterSource(typeof(ResultFormatters))]
public sealed record SurveyResult
{
    /// <summary>The landscape.</summary>
    public required Objective Objective { get; init; }

    /// <summary>What was asked for.</summary>
    public required SurveyOptions Options { get; init; }

    /// <summary>The restarts that were made; more than asked for where the survey ran until its coverage was reached.</summary>
    public required long Restarts { get; init; }

    /// <summary>What descended: the device, its vectors and threads.</summary>
    public required string Device { get; init; }

    /// <summary>Why auto took it, as a clause; null where it was asked for, or there is no GPU to choose.</summary>
    public string? DeviceReason { get; init; }

    /// <summary>What polished: the device that descended where it runs kernels, has room and enough to do, else lanes.</summary>
    public string PolishedOn { get; init; } = "";

    /// <summary>What computed spectra, chosen in the same way.</summary>
    public string SpectraOn { get; init; } = "";

    /// <summary>The rule in words.</summary>
    public required string Rule { get; init; }

    /// <summary>How the restarts ended; they add up to all.</summary>
    public required OutcomeCounts Outcomes { get; init; }

    /// <summary>Distinct interior local minima, best first; those with flat directions among them.</summary>
    public required IReadOnlyList<StationaryPoint> Minima { get; init; }

    /// <summary>Distinct minima of the region that lie on its boundary, best first.</summary>
    public required IReadOnlyList<StationaryPoint> BoundaryMinima { get; init; }

    /// <summary>Distinct minima at kinks and jumps, best first: restarts stop there without a short gradient.</summary>
    public IReadOnlyList<StationaryPoint> KinkMinima { get; init; } = [];

    /// <summary>All minima, best first: isolated, of flat families, on the boundary and at kinks; where values agree but for rounding, whose last bits differ between devices, by coordinates.</summary>
    public IEnumerable<StationaryPoint> AllMinima => ListOrder.Merged(Minima, BoundaryMinima, KinkMinima);

    /// <summary>All minima as flat records, best first.</summary>
    public IReadOnlyList<MinimumRow> Rows => [.. AllMinima.Select(MinimumRow.Of)];

    /// <summary>The lowest place that any restart ended at, whatever became of it; null where no value was finite.</summary>
    public LowestEndpoint? Lowest { get; init; }

    /// <summary>A place where a restart ended at which f is a finite number and its derivative is not; null where none was seen.</summary>
    public IReadOnlyList<double>? WithoutDerivative { get; init; }

    /// <summary>A place where a restart ended at which the formula has no finite value, and the operation that makes it so; null where none was seen, or nobody knows why.</summary>
    internal (IReadOnlyList<double> Point, NotFinite Cause)? WithoutValue { get; init; }

    /// <summary>At how many restarts' ends f is no finite number.</summary>
    internal long CountWithoutValue { get; init; }

    /// <summary>A place beside which the value falls without bound; null where none was seen, or nobody noted it.</summary>
    internal IReadOnlyList<double>? UnboundedAt { get; init; }

    /// <summary>Whether a restart ended lower than every minimum listed, by more than rounding.</summary>
    public bool IsLowestMissed { get; init; }

    /// <summary>How many classes of isolated minima there are, if those that agree in value and spectrum, as copies under a symmetry do, count once.</summary>
    public int Classes { get; init; }

    /// <summary>The restarts that came to stationary points that are not listed: beyond <see cref="SurveyOptions.MostPoints"/> only the lowest are told apart.</summary>
    public long Unlisted { get; init; }

    /// <summary>The restarts that came to a minimum that is listed.</summary>
    public long AtMinima => AllMinima.Sum(m => m.Count);

    /// <summary>Saddles, maxima and places in valleys that run to infinity that restarts ended at, by value.</summary>
    public required IReadOnlyList<StationaryPoint> Stationary { get; init; }

    /// <summary>Of the stalled restarts, those whose gradient had been short enough in descent, but that are not stationary in double precision.</summary>
    public required long Unpolished { get; init; }

    /// <summary>The longest ‖∇f‖ that is left at one of these.</summary>
    public double UnpolishedNorm { get; init; }

    /// <summary>
    /// Of the stalled restarts, those in a valley that falls out of reach: followed downhill to more than three times 1 + ‖x‖ of where descent had
    /// ended, its floor has no curvature left (1e-9 of the largest), or what is left to fall is below the value's rounding with the model's minimum still
    /// far away. That a minimum comes after all, farther out, is not ruled out.
    /// </summary>
    public long Endless { get; init; }

    /// <summary>Every point that is listed, in the order in which they are numbered through: minima, on the boundary, at kinks, others.</summary>
    internal IReadOnlyList<IReadOnlyList<StationaryPoint>> Lists => [Minima, BoundaryMinima, KinkMinima, Stationary];

    /// <summary>Hessian, Gauss–Newton matrix and tangent kernel at the lowest minimum by products, of models of more coordinates than have whole spectra; null of others.</summary>
    public ModelSpectra? ModelSpectra { get; init; }

    /// <summary>How much of the landscape was seen.</summary>
    public required CoverageSummary Coverage { get; init; }

    /// <summary>The smallest distance between two points told apart, over the distance within which points are one: how far the tolerance can move before the count changes.</summary>
    public required double IdentityMargin { get; init; }

    /// <summary>Gradients of the whole objective that descent and polishing cost; a batch of B of n samples counts as B/n.</summary>
    public required long GradientEvaluations { get; init; }

    /// <summary>How long each stage took.</summary>
    public required SurveySeconds Seconds { get; init; }

    /// <summary>True if it was stopped before all restarts were made.</summary>
    public required bool Stopped { get; init; }

    /// <summary>What went wrong without stopping the survey, such as a device that failed.</summary>
    public IReadOnlyList<Warning> Warnings { get; init; } = [];

    /// <summary>Opens what the survey ran on, for what looks at the landscape after it; lanes where auto took those.</summary>
    internal FallbackDevice OpenDevice() => Options.Searcher is { } given
        ? new(given, new(Options.Threads, Options.VectorBits))
        : FallbackDevice.Choose(Device.StartsWith("lanes", StringComparison.Ordinal) ? null : Options.Device, Options.Threads, Options.VectorBits);

    /// <summary>The objective in the units that it was explored in.</summary>
    internal Objective? Moving { get; init; }

    /// <summary>The polished endpoints, kept so that identity can be decided again with another tolerance.</summary>
    internal EndpointPool? Endpoints { get; init; }
}
