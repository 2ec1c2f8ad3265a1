using System.Text;
using LandscapeGpu.Notebooks;

namespace LandscapeGpu.Surveys;

/// <summary>Which descents are recorded, and how.</summary>
public sealed record TrajectoryOptions
{
    /// <summary>How restarts descend; in double precision unless said otherwise, since what is recorded is looked at.</summary>
    public DescentOptions Descent { get; init; } = new() { IsDouble = true };

    /// <summary>Where restarts begin; null for the objective's own, or its domain. <see cref="GivenPoints"/> begins where one likes.</summary>
    public Sampler? Starts { get; init; }

    /// <summary>The seed of all randomness: restart i is that of a survey with this seed.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The numbers of the restarts.</summary>
    public IReadOnlyList<long> Restarts { get; init; } = [0];

    /// <summary>Every k-th step is recorded, and the last; null for as many steps between that there are at most 500 points.</summary>
    public int? Every { get; init; }

    /// <summary>
    /// Whether steps are recorded ever more seldom, unless <see cref="Every"/> says how: each at first, then one whenever a sixteenth more have been made. Fast and slow descents are
    /// seen side by side so, and it costs 17 times as many steps as are made, however many that is.
    /// </summary>
    public bool IsThinning { get; init; }

    /// <summary>What descends, as in <see cref="SurveyOptions.Device"/>; null for lanes.</summary>
    public string? Device { get; init; }

    /// <summary>How many threads; null for all cores.</summary>
    public int? Threads { get; init; }
}

/// <summary>A point on a descent.</summary>
/// <param name="Step">How many steps had been made.</param>
/// <param name="Point">x, as the formula is given it.</param>
/// <param name="Value">f(x), in double precision.</param>
/// <param name="GradientNorm">‖∇f(x)‖, in double precision; on a surface of the gradient along it.</param>
/// <param name="Moved">The distance from the point recorded before; 0 at the start.</param>
public sealed record TrajectoryPoint(int Step, IReadOnlyList<double> Point, double Value, double GradientNorm, double Moved)
{
    /// <summary>What the objective is judged by beside f there, such as the loss on held-out samples (<see cref="Objective.Scores"/>).</summary>
    public Score Score { get; init; }
}

/// <summary>The way that one restart took.</summary>
/// <remarks>
/// It is recorded by the very programs that surveys run, on any device: a restart is a function of its number and its options, so that the point after k
/// steps is where the same restart ends when k is its iteration limit. That costs about half as many steps as there are, times the points recorded.
/// </remarks>
[TypeFormatterSource(typeof(ResultFormatters))]
public sealed record Trajectory
{
    private const int MostPoints = 500;

    // Of steps that are recorded ever more seldom, the next comes after this part of those that were made.
    private const int Part = 16;

    private Trajectory()
    {
    }

    /// <summary>The landscape.</summary>
    public required Objective Objective { get; init; }

    /// <summary>The rule in words.</summary>
    public required string Rule { get; init; }

    /// <summary>The number of the restart.</summary>
    public required long Restart { get; init; }

    /// <summary>How it ended.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>What descended.</summary>
    public required string Device { get; init; }

    /// <summary>What went wrong without stopping it, such as a device that failed.</summary>
    public IReadOnlyList<Warning> Warnings { get; private init; } = [];

    /// <summary>The start, every k-th step, and the end.</summary>
    public required IReadOnlyList<TrajectoryPoint> Points { get; init; }

    /// <summary>How many steps it made.</summary>
    public int Steps => Points[^1].Step;

    /// <summary>The recorded point with the least loss on held-out samples, where early stopping would have stopped; null where none are held out.</summary>
    public TrajectoryPoint? LeastTestLoss => Points.Where(p => p.Score.TestLoss is { } loss && double.IsFinite(loss)).MinBy(p => p.Score.TestLoss);

    /// <summary>Records descents.</summary>
    /// <param name="objective">The landscape.</param>
    /// <param name="options">Which; null for the first restart of seed 1.</param>
    /// <param name="cancellation">Stops; nothing is returned then.</param>
    /// <returns>One for each restart, in the order asked for.</returns>
    /// <exception cref="ArgumentException">Options contradict each other or the objective.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static IReadOnlyList<Trajectory> Record(Objective objective, TrajectoryOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        using var cell = CellWork.Begin(ref cancellation);
        options ??= new();
        if (options.Every < 1 || options.Restarts.Count == 0 || options.Restarts.Any(r => r < 0))
        {
            throw new ArgumentException("A trajectory is of at least one restart, numbers of restarts begin at 0, and every k-th step is recorded with k at least 1.");
        }

        objective = UntoldScale.Told(objective, options.Starts);
        var (starts, units) = (objective.StartsFrom(options.Starts), UnitChoice.Of(objective, options.Starts));
        options = options with { Descent = new StepChoice(objective, options.Starts, units).For(options.Descent) };
        var device = FallbackDevice.Choose(options.Device, options.Threads);
        var whole = EndsAfter(options.Descent.Stop.Iterations);
        var longest = whole.Max(e => e.Steps);
        var every = options.Every ?? Math.Max(1, (longest + MostPoints - 1) / MostPoints);
        var isThinning = options.IsThinning && options.Every is null;
        var looks = new List<(double[] Point, byte Outcome, int Steps)[]>();
        for (var steps = isThinning ? 1 : every; steps < longest; steps += isThinning ? Math.Max(1, steps / Part) : every)
        {
            looks.Add(EndsAfter(steps));
        }

        using var derivatives = new PointDerivatives(objective);
        return [.. options.Restarts.Select((restart, k) =>
        {
            var start = new double[objective.Dimension];
            starts.Draw(options.Seed, restart, start);
            var at = looks.Select(l => l[k]).Where(l => l.Steps < whole[k].Steps).Select(l => (l.Steps, l.Point)).Prepend((0, start)).Append((whole[k].Steps, whole[k].Point)).ToList();
            TrajectoryPoint[] points = [.. at.Select((a, j) => At(a.Item1, a.Item2, j == 0 ? null : at[j - 1].Item2))];
            var scores = objective.Scores is null ? null : objective.ScoresAt([.. points.Select(p => p.Point)]);
            return new Trajectory
            {
                Objective = objective,
                Rule = options.Descent.Rule.ToString()!,
                Restart = restart,
                Outcome = (Outcome)whole[k].Outcome,
                Device = device.Description,
                Warnings = Warning.Of(device),
                Points = scores is null ? points : [.. points.Zip(scores, (p, score) => p with { Score = score })],
            };
        })];

        (double[] Point, byte Outcome, int Steps)[] EndsAfter(int steps)
        {
            cancellation.ThrowIfCancellationRequested();
            var descent = DescentInUnits.Compile(device, objective, options.Descent with { Stop = options.Descent.Stop with { Iterations = steps } }, units);
            return [.. Stretches(options.Restarts).SelectMany(s =>
            {
                var ends = descent.Run(new(starts, options.Seed, s.First, s.Count), null, cancellation);
                cancellation.ThrowIfCancellationRequested();
                return Enumerable.Range(0, s.Count).Select(k => (ends.Points.AsSpan(k * objective.Dimension, objective.Dimension).ToArray(), ends.Outcomes[k], ends.Steps[k]));
            })];
        }

        TrajectoryPoint At(int step, double[] place, double[]? before)
        {
            var (value, norm) = derivatives.At(place);
            var point = objective.Shown(place);
            return new(step, point, value, norm, before is null ? 0 : Math.Sqrt(point.Zip(objective.Shown(before), (a, b) => (a - b) * (a - b)).Sum()));
        }
    }

    /// <summary>Restarts that follow one another, which run side by side.</summary>
    private static IEnumerable<(long First, int Count)> Stretches(IReadOnlyList<long> restarts)
    {
        for (var begin = 0; begin < restarts.Count;)
        {
            var end = begin + 1;
            while (end < restarts.Count && restarts[end] == restarts[end - 1] + 1)
            {
                end++;
            }

            yield return (restarts[begin], end - begin);
            begin = end;
        }
    }

    /// <summary>Trajectories as CSV: restart, step, value, gradient norm, the distance moved, where there are scores the loss and accuracy on training and held-out samples, and the coordinates.</summary>
    /// <param name="trajectories">The trajectories, of one objective.</param>
    public static string Csv(IReadOnlyList<Trajectory> trajectories)
    {
        ArgumentNullException.ThrowIfNull(trajectories);
        var isScored = trajectories.Any(t => t.Objective.Scores is not null);
        string[] columns = ["restart", "step", "value", "gradient norm", "moved", .. isScored ? ["train loss", "train accuracy", "test loss", "test accuracy"] : Array.Empty<string>()];
        var text = new StringBuilder(string.Join(',', columns));
        foreach (var name in trajectories.Count == 0 ? [] : trajectories[0].Objective.ColumnNamesBeside(columns))
        {
            text.Append(',').Append(name.AsSpan().ContainsAny(",\"\n\r") ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : name);
        }

        text.Append('\n');
        foreach (var trajectory in trajectories)
        {
            foreach (var p in trajectory.Points)
            {
                text.Append(CultureInfo.InvariantCulture, $"{trajectory.Restart},{p.Step},{p.Value:R},{p.GradientNorm:R},{p.Moved:R}");
                foreach (var score in isScored ? [p.Score.TrainLoss, p.Score.TrainAccuracy, p.Score.TestLoss, p.Score.TestAccuracy] : Array.Empty<double?>())
                {
                    text.Append(CultureInfo.InvariantCulture, $",{score:R}");
                }

                foreach (var c in p.Point)
                {
                    text.Append(CultureInfo.InvariantCulture, $",{c:R}");
                }

                text.Append('\n');
            }
        }

        return text.ToString();
    }
}
