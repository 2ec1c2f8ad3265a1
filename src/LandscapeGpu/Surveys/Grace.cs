namespace LandscapeGpu.Surveys;

/// <summary>A token that is cancelled a little after another: descent stops at once, and what it found is worth a few seconds of polish.</summary>
internal sealed class Grace : IDisposable
{
    /// <summary>What a person, and Slurm before it kills, waits without a second thought.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource source = new();
    private readonly CancellationTokenRegistration registration;

    public Grace(TimeSpan length, CancellationToken first) => registration = first.Register(() =>
    {
        // A timer waits for a free thread, and all may be busy with what is to stop.
        if (length == TimeSpan.Zero)
        {
            source.Cancel();
        }
        else
        {
            source.CancelAfter(length);
        }
    });

    /// <summary>Cancelled when the time is over.</summary>
    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        registration.Dispose();
        source.Dispose();
    }
}
