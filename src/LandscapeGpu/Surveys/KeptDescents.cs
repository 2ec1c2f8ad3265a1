using System.Diagnostics;

namespace LandscapeGpu.Surveys;

/// <summary>Descents whose endpoints are kept: what a store has is not run again, and what is run is kept in pieces of a few seconds.</summary>
/// <remarks>A restart is a function of the seed and its number, so that pieces, and where they came from, change no result.</remarks>
/// <param name="store">Where endpoints are kept; null for nowhere.</param>
/// <param name="descent">Runs restarts.</param>
/// <param name="frozen">Goes on with those that stand still; null where they are to be shown as they are.</param>
/// <param name="objective">What they descend, in the formula's units.</param>
/// <param name="bits">The width of vectors.</param>
internal sealed class KeptDescents(EndpointStore? store, CompiledDescent descent, FrozenSteps? frozen, Objective objective, int? bits) : IDisposable
{
    // So much may be lost where the process is killed; small beside a survey that anybody would miss, long beside what the end of a piece costs.
    private const double SecondsInPiece = 2;

    // A restart may take a second, and nobody knows before the first have ended.
    private const int FirstPiece = 256;

    private const int Growth = 4;

    private readonly LaneValues? values = store is null ? null : new(objective, bits);
    private readonly int dimension = objective.Dimension;
    private int pieceSize = FirstPiece;

    /// <summary>The endpoints of a batch, kept or run.</summary>
    /// <param name="range">Its restarts.</param>
    /// <param name="spare">The endpoints of a batch that nobody looks at any more, to be written over; null for none.</param>
    /// <param name="progress">Told how many more restarts have ended.</param>
    /// <param name="cancellation">Stops early.</param>
    public Endpoints Run(RestartRange range, Endpoints? spare, Action<long>? progress, CancellationToken cancellation)
    {
        if (store is null)
        {
            return Descend(range, spare, progress, cancellation);
        }

        var (all, next) = (new RestartSpan(range.First, range.First + range.Count), range.First);
        // Those that are not run because of a cancellation stay unfinished.
        var ends = Endpoints.InPlaceOf(spare, dimension, range.Count);
        foreach (var kept in store.Kept.Where(k => k.And(all).Count > 0).ToList())
        {
            var (piece, common) = (store.Read(kept), kept.And(all));
            RunPieces(common.First);
            Copy(piece.Ends, (int)(common.First - kept.First), ends, (int)(common.First - all.First), (int)common.Count);
            // Of a piece that two batches share, the one that has its beginning counts.
            if (common.First == kept.First)
            {
                frozen?.Note(piece.StoodStill, piece.Repeated);
            }

            progress?.Invoke(common.Count);
            next = common.Last;
        }

        RunPieces(all.Last);
        return ends;

        void RunPieces(long last)
        {
            while (next < last && !cancellation.IsCancellationRequested)
            {
                var piece = Piece(range with { First = next, Count = (int)Math.Min(last - next, pieceSize) }, progress, cancellation);
                Copy(piece, 0, ends, (int)(next - all.First), piece.Count);
                next += piece.Count;
            }
        }
    }

    private Endpoints Piece(RestartRange range, Action<long>? progress, CancellationToken cancellation)
    {
        var (watch, before) = (Stopwatch.StartNew(), Counts);
        // Pieces are written down later, by another thread.
        var ends = Descend(range, null, progress, cancellation);
        var seconds = watch.Elapsed.TotalSeconds;
        pieceSize = seconds * Growth < SecondsInPiece ? (int)Math.Min((long)pieceSize * Growth, int.MaxValue)
            : seconds > SecondsInPiece * Growth ? Math.Max(1, pieceSize / Growth)
            : pieceSize;

        // After a cancellation those that ended before the first that did not.
        var count = 0;
        while (count < ends.Count && ends.IsFinished(count))
        {
            count++;
        }

        if (count > 0)
        {
            var kept = count == ends.Count ? ends : Part(ends, count);
            store!.Keep(new(range.First, kept, (int)(Counts.Stood - before.Stood), (int)(Counts.Repeated - before.Repeated)), (from, found) => ValuesOf(kept, from, found));
        }

        return ends;
    }

    private (long Stood, long Repeated) Counts => frozen?.Counts ?? default;

    private Endpoints Descend(RestartRange range, Endpoints? spare, Action<long>? progress, CancellationToken cancellation)
    {
        var ends = descent.RunInto(range, spare, progress, cancellation);
        return frozen?.GoOn(ends, range, cancellation) ?? ends;
    }

    private void ValuesOf(Endpoints ends, int first, Span<double> found) => values!.At(ends.Points.AsSpan(first * dimension, found.Length * dimension), found);

    private static Endpoints Part(Endpoints ends, int count)
    {
        var part = new Endpoints(ends.Dimension, count);
        Copy(ends, 0, part, 0, count);
        return part;
    }

    private static void Copy(Endpoints from, int at, Endpoints to, int where, int count)
    {
        var d = from.Dimension;
        Array.Copy(from.Outcomes, at, to.Outcomes, where, count);
        Array.Copy(from.Steps, at, to.Steps, where, count);
        Array.Copy(from.Points, (long)at * d, to.Points, (long)where * d, (long)count * d);
    }

    public void Dispose()
    {
        try
        {
            // Values are asked for by whoever writes, later.
            store?.Flush();
        }
        catch (IOException)
        {
            // Whoever keeps or flushes next is told.
        }

        values?.Dispose();
    }
}
