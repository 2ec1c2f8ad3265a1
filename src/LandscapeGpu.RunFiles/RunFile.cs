using System.Globalization;
using LandscapeGpu.Objectives;
using LandscapeGpu.Surveys;
using Microsoft.Data.Sqlite;

namespace LandscapeGpu.RunFiles;

/// <summary>A survey in one SQLite file: what was asked, every endpoint, and what was found.</summary>
/// <remarks>
/// The file is valid at any moment, whatever becomes of the process that writes it: batches of endpoints are transactions (write-ahead log, synchronised).
/// Every row has a checksum. A run is exactly a function of what is kept, so that it can be cut off and gone on with, or made in parts. Opening a file
/// runs nothing that it carries.
/// </remarks>
public sealed class RunFile : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly RunLock? taken;
    private readonly RunWriter? writer;
    private readonly SqliteConnection? writing;
    private Dictionary<string, string> facts = [];
    private List<(string Name, string Value)> options = [];
    private List<StoredFile> files = [];

    private RunFile(string path, SqliteConnection connection, RunLock? taken = null)
    {
        (Path, this.connection, this.taken) = (path, connection, taken);
        if (taken is not null)
        {
            writing = Database.Connect(path, SqliteOpenMode.ReadWrite);
            writing.Execute("PRAGMA synchronous = FULL");
            // The log is emptied into the file at 32 MB: a batch or two.
            writing.Execute("PRAGMA wal_autocheckpoint = 4096");
            writer = new(writing, path);
            Store = new RunStore(this, writer);
        }
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>What the run is of and how it was made, by name: objective, dimension, seed, restarts, descent, engine, device …</summary>
    public IReadOnlyDictionary<string, string> Facts => facts;

    /// <summary>The options of the command line that it was made with, in their order; none where a program made it.</summary>
    public IReadOnlyList<(string Name, string Value)> Options => options;

    /// <summary>d, the number of coordinates.</summary>
    public int Dimension => int.Parse(facts["dimension"], CultureInfo.InvariantCulture);

    /// <summary>How many restarts were asked for.</summary>
    public long Asked => long.Parse(facts["restarts"], CultureInfo.InvariantCulture);

    /// <summary>How many restarts have ended and are kept.</summary>
    public long Restarts => Kept.Sum(s => s.Count);

    /// <summary>Files that the objective was made from.</summary>
    internal IReadOnlyList<StoredFile> Files => files;

    /// <summary>Whether a batch has points in double precision.</summary>
    internal bool HasDoubles => Guard(() => connection.Number("SELECT count(*) FROM batch WHERE bits = 64")) > 0;

    /// <summary>Which restarts are kept, in ascending order.</summary>
    internal IReadOnlyList<RestartSpan> Kept => Guard(() => BatchTable.Spans(connection, Path));

    /// <summary>Keeps endpoints in this file, and gives back those it has.</summary>
    internal EndpointStore? Store { get; }

    /// <summary>Opens a file to read it; whoever writes it goes on.</summary>
    /// <exception cref="RunFileException">There is none, or it is damaged, foreign or newer.</exception>
    public static RunFile Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        Database.RequireHeader(path);
        return Opened(path, () => Database.ToRead(path), null);
    }

    /// <summary>Explores a landscape and keeps everything in a file; where the file is there already, the run goes on and ends as if it had never stopped.</summary>
    /// <param name="path">The file.</param>
    /// <param name="objective">What to explore.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Told how far it is, from any thread.</param>
    /// <param name="cancellation">Stops early; what was found is kept.</param>
    /// <exception cref="RunFileException">The file cannot be used, or is of another run.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static SurveyResult Explore(string path, Objective objective, SurveyOptions? options = null, Action<SurveyProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        options ??= new();
        using var file = Begin(path, RunFacts.Of("explore", objective, options, null), [], []);
        var result = Survey.Run(objective, options with { Store = file.Store }, progress, cancellation);
        file.Keep(result, []);
        return result;
    }

    /// <summary>The endpoints, batch by batch in the order of their restarts: one batch is in memory at a time.</summary>
    /// <exception cref="RunFileException">One of them is damaged.</exception>
    public IEnumerable<EndpointBatch> Endpoints()
    {
        foreach (var span in Kept)
        {
            var row = Read(span.First);
            var ends = row.Piece(Dimension).Ends;
            yield return new(row.First, row.Bits == 64, ends.Outcomes, ends.Steps, Checksum.Numbers<double>(row.Values), ends.Points);
        }
    }

    /// <summary>The points of a list that the last result had: minima, boundary, kink or stationary.</summary>
    /// <exception cref="RunFileException">One of them is damaged.</exception>
    public IReadOnlyList<RecordedPoint> Points(string list) => Guard(() => PointTable.Read(connection, list, Dimension, Path, PointsOf(list)));

    /// <summary>A text that the last result left: report, json, evidence or warnings; null where there is none.</summary>
    /// <exception cref="RunFileException">It is damaged.</exception>
    public string? Report(string name) => Guard(() => ReportTable.Read(connection, name, Path)) is { } text ? text
        : facts.ContainsKey("finished") && name == "report" ? throw new RunFileException($"{Path} is damaged: its report is gone.") : null;

    /// <summary>Makes a file, or goes on with one of the same run.</summary>
    /// <param name="path">The file.</param>
    /// <param name="facts">What the run is of.</param>
    /// <param name="options">The command line's options.</param>
    /// <param name="files">What the objective was made from.</param>
    /// <param name="changes">Facts that may be others than the file has.</param>
    internal static RunFile Begin(string path, Dictionary<string, string> facts, IReadOnlyList<(string Name, string Value)> options, IReadOnlyList<StoredFile> files, params string[] changes)
    {
        var taken = RunLock.Take(path);
        try
        {
            if (!File.Exists(path) || Database.IsEmpty(path))
            {
                using var fresh = Database.Connect(path, SqliteOpenMode.ReadWriteCreate);
                Schema.Create(fresh, () => FactTable.Write(fresh, facts, options, files));
            }

            Database.RequireHeader(path);
            var file = Opened(path, () => Database.Connect(path, SqliteOpenMode.ReadWrite), taken);
            try
            {
                file.RequireSame(facts, [.. RunFacts.OfNumbers, .. RunFacts.OfResult.Except(changes), "shard"]);
                if (changes.Length > 0)
                {
                    // The result that is there is that of other options, and stays until there is one of these.
                    file.Change(facts.Where(f => changes.Contains(f.Key)), options);
                }

                return file;
            }
            catch
            {
                // The lock is released below.
                file.DisposeConnections();
                throw;
            }
        }
        catch (Exception e) when (e is SqliteException or IOException)
        {
            taken.Dispose();
            throw e is SqliteException s ? new IOException($"{path} cannot be written: {Database.Plain(s)}", e) : e;
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>Refuses a file of another run.</summary>
    internal void RequireSame(IReadOnlyDictionary<string, string> others, IEnumerable<string> names, string other = "what is asked for")
    {
        foreach (var name in names)
        {
            var (mine, wanted) = (facts.GetValueOrDefault(name, "none"), others.GetValueOrDefault(name, "none"));
            if (mine != wanted)
            {
                throw new RunFileException(name == "fingerprint"
                    ? $"{Path} is a run of another problem: {facts["objective"]} has other values there than in {other} (another formula, setting or data)."
                    : $"{Path} is another run: its {name} is {mine}, and that of {other} is {wanted}.{(RunFacts.OfResult.Contains(name) ? " `landscape resume` changes --restarts, --until-coverage and --budget; `landscape identify` tells points apart otherwise." : " Give another file, or the same options.")}");
            }
        }
    }

    /// <summary>Keeps what a survey found, in place of what was there.</summary>
    internal void Keep(SurveyResult result, IReadOnlyList<(string Name, string Content)> reports)
    {
        var lists = PointTable.Lists(result);
        writer!.Add(() =>
        {
            foreach (var (name, points) in lists)
            {
                PointTable.Write(writing!, name, points);
                facts[$"points of {name}"] = points.Count.ToString(CultureInfo.InvariantCulture);
            }

            ReportTable.Clear(writing!);
            foreach (var (name, content) in reports)
            {
                ReportTable.Write(writing!, name, content);
            }

            facts["device"] = result.Device;
            facts["polished on"] = result.PolishedOn;
            facts["seconds"] = result.Seconds.Total.ToString("R", CultureInfo.InvariantCulture);
            facts["finished"] = result.Stopped ? "stopped" : result.Restarts.ToString(CultureInfo.InvariantCulture);
            FactTable.Write(writing!, facts, options, files);
        });
        writer.Flush();
    }

    /// <summary>Options that make of the endpoints in this file what a survey makes of them, and run none that are missing.</summary>
    /// <param name="objective">What the file says that was explored.</param>
    /// <param name="survey">How it says that was done, but for identity and tolerance.</param>
    /// <exception cref="RunFileException">The objective is another, or there is no restart in the file.</exception>
    internal SurveyOptions OnlyKept(Objective objective, SurveyOptions survey)
    {
        RequireSame(RunFacts.Of("explore", objective, survey, null), RunFacts.OfNumbers, "the objective that it names");
        var kept = RestartSpan.United(Kept.Select(k => new RestartSpan(k.First - survey.First, k.Last - survey.First)));
        var last = kept.Count > 0 ? kept[^1].Last : throw new RunFileException($"{Path} has no restarts yet; `landscape resume {Path}` makes them.");
        return survey with
        {
            // How many there were in the end is what the coverage asked for.
            UntilCoverage = null,
            Restarts = survey.UntilCoverage is null ? Math.Max(survey.Restarts, last) : last,
            Part = kept,
            Store = new KeptOnly(this),
        };
    }

    internal BatchTable.Row Read(long first) => Guard(() => BatchTable.Read(connection, first, Dimension, Path));

    /// <summary>Copies restarts of another file that this one does not have.</summary>
    internal void Take(RunFile other)
    {
        var have = Kept.ToList();
        foreach (var span in other.Kept)
        {
            var row = other.Read(span.First);
            var at = span.First;
            foreach (var gap in have.Where(h => h.And(span).Count > 0).Append(new(span.Last, span.Last)))
            {
                if (new RestartSpan(at, gap.First).And(span) is { Count: > 0 } missing)
                {
                    writer!.Add(() => BatchTable.Write(writing!, row.Of(missing)));
                }

                at = Math.Max(at, gap.Last);
            }
        }

        writer!.Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        DisposeConnections();
        taken?.Dispose();
    }

    private void DisposeConnections()
    {
        writer?.Dispose();
        connection.Dispose();
        writing?.Dispose();
    }

    private void Change(IEnumerable<KeyValuePair<string, string>> changed, IReadOnlyList<(string Name, string Value)> others)
    {
        foreach (var (name, value) in changed)
        {
            facts[name] = value;
        }

        facts.Remove("finished");
        options = [.. others];
        writer!.Add(() => FactTable.Write(writing!, facts, options, files));
        writer.Flush();
    }

    private int PointsOf(string list) => facts.TryGetValue($"points of {list}", out var count) ? int.Parse(count, CultureInfo.InvariantCulture) : 0;

    private static RunFile Opened(string path, Func<SqliteConnection> connect, RunLock? taken)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = connect();
            Schema.Require(connection, path);
            var (facts, options, files) = FactTable.Read(connection, path);
            var file = new RunFile(path, connection, taken) { facts = facts, options = options, files = files };
            _ = file.Kept;
            return file;
        }
        catch (SqliteException e)
        {
            connection?.Dispose();
            throw new RunFileException($"{path} is damaged, or cannot be read ({Database.Plain(e)}).");
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is SqliteException or InvalidCastException or InvalidOperationException or OverflowException or FormatException)
        {
            throw new RunFileException($"{Path} is damaged ({(e is SqliteException s ? Database.Plain(s) : "a value is not of its column's kind")}).");
        }
    }
}
