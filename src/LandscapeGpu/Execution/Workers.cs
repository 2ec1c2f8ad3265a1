namespace LandscapeGpu.Execution;

/// <summary>Runs the same work on several threads and passes on what goes wrong in one.</summary>
internal static class Workers
{
    public static void Run(int threads, Action work)
    {
        if (threads <= 1)
        {
            work();
            return;
        }

        var failures = new List<Exception>();
        var others = Enumerable.Range(1, threads - 1).Select(_ => new Thread(Guarded) { IsBackground = true }).ToList();
        others.ForEach(t => t.Start());
        Guarded();
        others.ForEach(t => t.Join());
        if (failures.Count > 0)
        {
            throw new AggregateException(failures).Flatten().InnerExceptions[0];
        }

        void Guarded()
        {
            try
            {
                work();
            }
            catch (Exception e)
            {
                lock (failures)
                {
                    failures.Add(e);
                }
            }
        }
    }
}
