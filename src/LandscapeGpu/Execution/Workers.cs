using System.Runtime.ExceptionServices;

namespace LandscapeGpu.Execution;

/// <summary>Runs the same work on several threads and passes on what goes wrong in one.</summary>
internal static class Workers
{
    /// <param name="threads">How many threads.</param>
    /// <param name="work">What each does, until its token says stop.</param>
    /// <param name="cancellation">Stops all; so does what goes wrong in one, which is seen at once.</param>
    public static void Run(int threads, Action<CancellationToken> work, CancellationToken cancellation = default)
    {
        if (threads <= 1)
        {
            work(cancellation);
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);

        var failures = new List<Exception>();
        var others = Enumerable.Range(1, threads - 1).Select(_ => new Thread(Guarded) { IsBackground = true }).ToList();
        others.ForEach(t => t.Start());
        Guarded();
        others.ForEach(t => t.Join());
        if (failures.Count > 0)
        {
            ExceptionDispatchInfo.Throw(failures[0]);
        }

        void Guarded()
        {
            try
            {
                work(stop.Token);
            }
            catch (Exception e)
            {
                lock (failures)
                {
                    failures.Add(e);
                }

                stop.Cancel();
            }
        }
    }
}
