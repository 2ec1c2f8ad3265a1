using LandscapeGpu.Surveys;

namespace LandscapeGpu.RunFiles;

/// <summary>Which points neighbouring restarts came to, asked for in ascending order; one piece is in memory at a time.</summary>
/// <param name="pieces">What is known, in ascending order.</param>
/// <param name="lists">The lists that points are counted through, with how many points each has.</param>
internal sealed class ArrivalReader(IEnumerable<ArrivedPiece> pieces, IReadOnlyList<(string Name, int Count)> lists) : IDisposable
{
    private static readonly Arrival Unknown = new("unknown", 0);

    private readonly IEnumerator<ArrivedPiece> pieces = pieces.GetEnumerator();
    private ArrivedPiece piece = new(0, []);

    /// <summary>For each restart of a span its point.</summary>
    public Arrival[] Of(RestartSpan span)
    {
        var arrivals = new Arrival[span.Count];
        Array.Fill(arrivals, Unknown);
        for (var restart = span.First; restart < span.Last; restart++)
        {
            while (piece.First + piece.Points.Length <= restart)
            {
                if (!pieces.MoveNext())
                {
                    return arrivals;
                }

                piece = pieces.Current;
            }

            if (restart >= piece.First)
            {
                arrivals[restart - span.First] = Named(piece.Points[restart - piece.First]);
            }
        }

        return arrivals;
    }

    private Arrival Named(int point)
    {
        if (point <= 0)
        {
            return new(point == Arrivals.None ? "none" : "unlisted", 0);
        }

        foreach (var (name, count) in lists)
        {
            if (point <= count)
            {
                return new(name, point);
            }

            point -= count;
        }

        throw new InvalidOperationException("A restart came to a point that no list has.");
    }

    public void Dispose() => pieces.Dispose();
}
