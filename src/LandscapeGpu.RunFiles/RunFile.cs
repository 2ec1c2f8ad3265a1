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
public sealed partial class RunFile : IDisposable
{
    private const string ArrivalsFact = "arrivals";

    private readonly SqliteConnection connection;
    private readonly RunLock? taken;
    private readonly RunWriter? writer;
    private readonly SqliteConnection? writing;
    private Dictionary<string, string> facts = [];
    private List<(string Name, string Value)> options = [];
    private List<StoredFile> files = [];
    private List<RunMember> members = [];
    private ScratchFile? scratch;
    private IEnumerable<ArrivedPiece> arrivals = [];
    private long seed;

    private RunFile(string path, SqliteConnection connection, RunLock? taken = null)
    {
        (Path, this.connection, this.taken) = (path, connection, taken);
        if (taken is not null)
        {
            writing = Database.Connect(path, SqliteOpenMode.ReadWrite);
            writing.Execute("PRAGMA synchronous = FULL");
            // The log is emptied into the file at 32 MB: a batch or two.
            writing.Execute("PRAGMA wal_autocheckpoint = 1024");
            writer = new(writing, path);
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

    /// <summary>How many restarts have ended and are kept; of a comparison or a sweep, of all its members.</summary>
    public long Restarts => Guard(() => connection.Number("SELECT sum(count) FROM batch"));

    /// <summary>What a comparison or a sweep has begun with; none of a survey.</summary>
    internal IReadOnlyList<RunMember> Members => members;

    /// <summary>Files that the objective was made from.</summary>
    internal IReadOnlyList<StoredFile> Files => files;

    /// <summary>Whether a batch has points in double precision.</summary>
    internal bool HasDoubles => Guard(() => connection.Number("SELECT count(*) FROM batch WHERE bits = 64")) > 0;

    /// <summary>Which restarts are kept, in ascending order.</summary>
    internal IReadOnlyList<RestartSpan> Kept => KeptOf(0);

    internal IReadOnlyList<RestartSpan> KeptOf(int member) => Guard(() => BatchTable.Spans(connection, member, Path));

    /// <summary>Keeps endpoints in this file, and gives back those it has.</summary>
    internal EndpointStore? Store => writer is null ? null : new RunStore(this, writer, null);

    /// <summary>An empty file beside this one, for a survey that is kept here.</summary>
    internal Stream Scratch()
    {
        scratch?.Dispose();
        return scratch = new(Path);
    }

    /// <summary>Which points restarts came to; kept together with the points.</summary>
    internal void Settle(IEnumerable<ArrivedPiece> pieces) => arrivals = pieces;

    /// <summary>Keeps endpoints of a member of a comparison or a sweep.</summary>
    /// <exception cref="RunFileException">The file has another member of this number.</exception>
    internal EndpointStore StoreOf(RunMember member)
    {
        if (members.FirstOrDefault(m => m.Number == member.Number) is not { } there)
        {
            members.Add(member);
            writer!.Add(() => MemberTable.Write(writing!, seed, member));
        }
        else if (there != member)
        {
            throw new RunFileException($"{Path} is a run of another problem: {there.Name} has other values there than what is asked for (another formula, setting or data).");
        }

        return new RunStore(this, writer!, member);
    }

    /// <summary>Opens a file to read it; whoever writes it goes on.</summary>
    /// <exception cref="RunFileException">There is none, or it is damaged, foreign or newer.</exception>
    public static RunFile Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        Database.RequireHeader(path);
        return Opened(path, () => Database.ToRead(path), null);
    }

    /// <summary>The endpoints, batch by batch in the order of their restarts: one batch is in memory at a time.</summary>
    /// <exception cref="RunFileException">One of them is damaged.</exception>
    public IEnumerable<EndpointBatch> Endpoints()
    {
        using var arrived = new ArrivalReader(Arrived(), [.. PointTable.Names.Select(name => (name, PointsOf(name)))]);
        foreach (var member in members.Prepend(null))
        {
            foreach (var span in KeptOf(member?.Number ?? 0))
            {
                var row = Read(span.First, member);
                var ends = row.Piece(member?.Dimension ?? Dimension).Ends;
                yield return new(row.First, row.Bits == 64, ends.Outcomes, ends.Steps, Checksum.Numbers<double>(row.Values), ends.Points)
                {
                    Member = row.Member,
                    Arrivals = member is null ? Guard(() => arrived.Of(span)) : [],
                };
            }
        }
    }

    /// <summary>Which points restarts came to by the last result, piece by piece.</summary>
    private IEnumerable<ArrivedPiece> Arrived() => facts.TryGetValue(ArrivalsFact, out var restarts)
        ? ArrivalTable.Read(connection, RowSeed.OfResult(facts), long.Parse(restarts, CultureInfo.InvariantCulture), PointTable.Names.Sum(PointsOf), Path)
        : [];

    /// <summary>The points of a list that the last result had: minima, boundary, kink or stationary.</summary>
    /// <exception cref="RunFileException">One of them is damaged.</exception>
    public IReadOnlyList<RecordedPoint> Points(string list) => Guard(() => PointTable.Read(connection, RowSeed.OfResult(facts), list, Dimension, Path, PointsOf(list)));

    /// <summary>A text that the last result left: report, json, evidence or warnings; null where there is none.</summary>
    /// <exception cref="RunFileException">It is damaged.</exception>
    public string? Report(string name) => Guard(() => ReportTable.Read(connection, RowSeed.OfResult(facts), name, Path)) is { } text ? text
        : facts.ContainsKey("finished") && name == "report" ? throw new RunFileException($"{Path} is damaged: its report is gone.") : null;

    /// <summary>Keeps what a survey found, in place of what was there.</summary>
    internal void Keep(SurveyResult result, IReadOnlyList<(string Name, string Content)> reports) => Keep(
        PointTable.Lists(result), reports, result.Stopped,
        ("device", result.Device), ("polished on", result.PolishedOn), ("seconds", result.Seconds.Total.ToString("R", CultureInfo.InvariantCulture)));

    /// <summary>Keeps what a comparison or a sweep found.</summary>
    internal void Keep(IReadOnlyList<(string Name, string Content)> reports, bool isStopped, string device) => Keep([], reports, isStopped, ("device", device));

    private void Keep(IEnumerable<(string Name, IReadOnlyList<StationaryPoint> Points)> lists, IReadOnlyList<(string Name, string Content)> reports, bool isStopped, params (string Name, string Value)[] learnt)
    {
        writer!.Flush();
        var restarts = Restarts;
        writer.Add(() =>
        {
            foreach (var (name, value) in learnt)
            {
                facts[name] = value;
            }

            facts["finished"] = isStopped ? "stopped" : restarts.ToString(CultureInfo.InvariantCulture);
            facts[RowSeed.Result] = RowSeed.NewResult(facts);
            var seed = RowSeed.OfResult(facts);
            foreach (var (name, points) in lists)
            {
                PointTable.Write(writing!, seed, name, points);
                facts[$"points of {name}"] = points.Count.ToString(CultureInfo.InvariantCulture);
            }

            facts[ArrivalsFact] = ArrivalTable.Write(writing!, seed, arrivals).ToString(CultureInfo.InvariantCulture);
            ReportTable.Clear(writing!);
            foreach (var (name, content) in reports)
            {
                ReportTable.Write(writing!, seed, name, content);
            }

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

    internal BatchTable.Row Read(long first, RunMember? of = null) => Guard(() => BatchTable.Read(connection, SeedOf(of), of?.Number ?? 0, first, of?.Dimension ?? Dimension, Path));

    /// <summary>What the checksums of a member's endpoints begin with; null for the survey's.</summary>
    internal long SeedOf(RunMember? of) => of is null || seed == RowSeed.None ? seed : RowSeed.OfMember(seed, of);

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
                    writer!.Add(() => BatchTable.Write(writing!, seed, row.Of(missing)));
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
        scratch?.Dispose();
        connection.Dispose();
        writing?.Dispose();
    }

    private int PointsOf(string list) => facts.TryGetValue($"points of {list}", out var count) ? int.Parse(count, CultureInfo.InvariantCulture) : 0;

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
