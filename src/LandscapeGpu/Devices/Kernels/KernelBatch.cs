namespace LandscapeGpu.Devices.Kernels;

/// <summary>One batch on a device: its memory, its launches and its results.</summary>
internal abstract class KernelBatch : IDisposable
{
    // Rows that one core writes at a time.
    private const int RowsTogether = 4096;

    /// <summary>How many threads it has room for.</summary>
    public abstract int Threads { get; }

    /// <summary>Begins the batch anew with other starts, as many as before.</summary>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public abstract void Restart(double[] starts);

    /// <summary>Draws the starts of a batch into the rows of its restarts.</summary>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public abstract void DrawStarts(Launch launch);

    /// <summary>Runs all threads for a slice of steps and waits for them.</summary>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public abstract void Run(Launch launch);

    /// <summary>How many restarts of the batch have ended.</summary>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public abstract int Ended();

    /// <summary>Copies the endpoints of restarts that have ended; the others are left as they are.</summary>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public abstract void Download(Endpoints into, int begin, int count);

    public void Dispose()
    {
        try
        {
            Dispose(true);
        }
        catch (DeviceFailedException)
        {
            // What was fetched stands, whether or not memory can be given back.
        }

        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>Writes endpoints that came from a device.</summary>
    protected static void Write<T>(Endpoints into, int begin, int count, T[] points, int[] outcomes, int[] steps)
        where T : System.Numerics.INumberBase<T>
    {
        var d = into.Dimension;
        // A GPU is done with a million restarts before one core has turned them into doubles.
        Parallel.For(0, (count + RowsTogether - 1) / RowsTogether, part =>
        {
            for (var r = part * RowsTogether; r < Math.Min(count, (part + 1) * RowsTogether); r++)
            {
                if (outcomes[r] == (int)Outcome.Unfinished)
                {
                    continue;
                }

                into.Outcomes[begin + r] = (byte)outcomes[r];
                into.Steps[begin + r] = steps[r];
                for (var i = 0; i < d; i++)
                {
                    into.Points[((long)(begin + r) * d) + i] = double.CreateTruncating(points[(r * d) + i]);
                }
            }
        });
    }
}
