using System.Collections.Concurrent;
using LandscapeGpu.Surveys;
using Microsoft.Data.Sqlite;

namespace LandscapeGpu.RunFiles;

/// <summary>Writes pieces to a run file on a thread of its own, each in one transaction.</summary>
internal sealed class RunWriter : IDisposable
{
    // Descent waits where the disk is slower than that: memory stays that of a few pieces.
    private const int MostWaiting = 2;

    private readonly BlockingCollection<Action> work = new(MostWaiting);
    private readonly SqliteConnection connection;
    private readonly string path;
    private readonly Thread thread;
    private volatile Exception? failure;

    public RunWriter(SqliteConnection connection, string path)
    {
        (this.connection, this.path) = (connection, path);
        thread = new(() =>
        {
            foreach (var write in work.GetConsumingEnumerable())
            {
                write();
            }
        })
        { IsBackground = true, Name = "run file" };
        thread.Start();
    }

    /// <exception cref="IOException">It, or something before it, could not be written.</exception>
    public void Keep(long seed, int member, EndpointPiece piece, EndpointValues values) => Add(() => BatchTable.Write(connection, seed, member, piece, values));

    /// <exception cref="IOException">It, or something before it, could not be written.</exception>
    public void Add(Action write)
    {
        Require();
        work.Add(() =>
        {
            if (failure is not null)
            {
                return;
            }

            try
            {
                using var transaction = connection.BeginTransaction();
                write();
                transaction.Commit();
            }
#pragma warning disable CA1031 // Whatever it was is told to whoever writes next.
            catch (Exception e)
#pragma warning restore CA1031
            {
                failure = e;
            }
        });
    }

    /// <summary>Comes back when all is on the disk.</summary>
    /// <exception cref="IOException">Something could not be written.</exception>
    public void Flush()
    {
        using var done = new ManualResetEventSlim();
        work.Add(done.Set);
        done.Wait();
        Require();
    }

    public void Dispose()
    {
        work.CompleteAdding();
        thread.Join();
        work.Dispose();
    }

    private void Require()
    {
        if (failure is { } e)
        {
            throw Unwritable(path, e);
        }
    }

    /// <summary>Says why a run file, or what is written beside it, cannot be written, and what to do.</summary>
    public static IOException Unwritable(string path, Exception e) => new(
        $"{path} cannot be written: {(IsFull(e) ? "the disk is full" : e.Message.TrimEnd('.'))}. What was kept before is whole; make space, and `landscape resume {path}` goes on from there", e);

    private static bool IsFull(Exception e)
    {
        const int SqliteFull = 13;
        // ENOSPC, and ERROR_DISK_FULL of Windows.
        return e is SqliteException { SqliteErrorCode: SqliteFull } || (e is IOException && (e.HResult & 0xFFFF) is 28 or 112);
    }
}
