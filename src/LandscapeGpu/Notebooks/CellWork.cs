using System.Runtime.InteropServices;

namespace LandscapeGpu.Notebooks;

/// <summary>Work that the cell of a notebook has begun without a token of its own: interrupting the cell stops it.</summary>
/// <remarks>
/// Editors cancel the token that the kernel has for a cell. Jupyter interrupts a kernel by a signal, at which .NET Interactive shuts down, with all that was
/// computed in it. Handlers of a signal run one after the other, those registered last first: while there is work that can be stopped, ours stops it and
/// does not let the others be reached.
/// </remarks>
internal sealed class CellWork : IDisposable
{
    private static readonly Lock Turn = new();
    private static readonly HashSet<CellWork> AtWork = [];
    private static PosixSignalRegistration? interrupts;

    private readonly CancellationTokenSource? source;

    private CellWork(bool isListening) => source = isListening ? CancellationTokenSource.CreateLinkedTokenSource(Notebook.Cancellation) : null;

    /// <summary>Begins work; it ends when it is disposed of.</summary>
    /// <param name="token">The token that the caller has; where it can never be cancelled and this is a notebook, it becomes one that an interrupt of the cell cancels.</param>
    public static CellWork Begin(ref CancellationToken token)
    {
        var work = new CellWork(!token.CanBeCanceled && Notebook.IsHere);
        if (work.source is not null)
        {
            token = work.source.Token;
            lock (Turn)
            {
                AtWork.Add(work);
                // Now, not when the library is loaded: the kernel has its own by then.
                interrupts ??= PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Stop());
            }
        }

        return work;
    }

    public void Dispose()
    {
        lock (Turn)
        {
            AtWork.Remove(this);
        }

        source?.Dispose();
    }

    private static void Stop()
    {
        lock (Turn)
        {
            if (AtWork.Count == 0)
            {
                return;
            }

            foreach (var work in AtWork)
            {
                work.source!.Cancel();
            }
        }

        // A signal's handlers have a thread of their own; the kernel's comes after this one on it.
        Thread.Sleep(Timeout.Infinite);
    }
}
