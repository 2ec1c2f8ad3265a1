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

    private CellWork(bool isListening, CancellationToken given, CancellationToken cell)
    {
        source = isListening ? CancellationTokenSource.CreateLinkedTokenSource(cell) : null;
        Token = source?.Token ?? given;
    }

    /// <summary>The given token; where it can never be cancelled and this is a notebook, one that an interrupt of the cell cancels.</summary>
    public CancellationToken Token { get; }

    /// <summary>Begins work; it ends when it is disposed of.</summary>
    /// <param name="given">The token that the caller has.</param>
    public static CellWork Begin(CancellationToken given)
    {
        var work = new CellWork(!given.CanBeCanceled && Notebook.IsHere, given, Notebook.Cancellation);
        if (work.source is not null)
        {
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
