namespace LandscapeGpu.Devices;

/// <summary>Progress of work that is partly done again: what was reported once is not reported twice.</summary>
/// <param name="owed">How many of the items to come have been reported already.</param>
/// <param name="progress">Who is told.</param>
internal sealed class ProgressOnce(long owed, Action<long> progress)
{
    private readonly Lock counting = new();
    private long left = owed;

    public void Report(long done)
    {
        long news;
        lock (counting)
        {
            var known = Math.Min(left, done);
            left -= known;
            news = done - known;
        }

        if (news > 0)
        {
            progress(news);
        }
    }
}
