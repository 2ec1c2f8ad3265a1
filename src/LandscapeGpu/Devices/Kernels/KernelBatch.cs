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

    /// <summary>Runs another kernel in the batch's memory, an item a thread, and waits for it.</summary>
    /// <param name="kernel">An open <see cref="IKernel{TMemory}"/>, over the memory.</param>
    /// <param name="launch">What threads are told.</param>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public abstract void RunEach(Type kernel, Launch launch);

    /// <summary>Begins a kernel in the batch's memory with as many threads as the launch says, after all that was begun before; <see cref="Wait"/> waits for it.</summary>
    /// <param name="kernel">An <see cref="IKernel{TMemory}"/> of the memory, or open over it.</param>
    /// <param name="launch">What threads are told.</param>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public virtual void Queue(Type kernel, Launch launch) => throw new NotSupportedException("This batch runs no kernels one behind the other.");

    /// <summary>Begins a product of matrices for each of some restarts side by side, in the same way.</summary>
    /// <param name="product">The product.</param>
    /// <param name="launch">For which restarts; where the product's plan is for a kernel.</param>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public virtual void Multiply(BatchedProduct product, Launch launch) => Queue(typeof(PlainProduct<>), launch);

    /// <summary>Runs the threads of a launch for a slice of steps and waits for them.</summary>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public abstract void Run(Launch launch);

    /// <summary>Begins what <see cref="Run"/> does: a device that runs several batches side by side returns at once, and nothing else may be asked of this batch before <see cref="Wait"/>.</summary>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public virtual void Begin(Launch launch) => Run(launch);

    /// <summary>Waits for what was begun.</summary>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public virtual void Wait()
    {
    }

    /// <summary>How many restarts of the batch have ended.</summary>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public abstract int Ended();

    /// <summary>Copies the endpoints of restarts that have ended; the others are left as they are.</summary>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public abstract void Download(Endpoints into, int begin, int count);

    /// <summary>How items ended and after how many steps, of those that have.</summary>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public abstract (int[] Outcomes, int[] Steps) Ends(int count);

    /// <summary>The rows of some items, one after the other.</summary>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public abstract double[] Rows(int[] items);

    /// <summary>Takes the points where another batch of the same device ended as what is given here; of items that ended in other ways than those named, what is not a number.</summary>
    /// <param name="ended">The other batch, with as many items; a row is a point.</param>
    /// <param name="count">How many.</param>
    /// <param name="outcomes">Bit o is set where items that ended as o are taken.</param>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public abstract void Take(KernelBatch ended, int count, uint outcomes);

    /// <summary>Sorts keys that are given, one an item, in ascending order, those that are equal in the order of their items; writes the items' numbers in that order behind them.</summary>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public abstract void Sort(int count);

    /// <summary>Writes over a part of what is given.</summary>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public abstract void Give(double[] values, int at);

    /// <summary>A part of what is given, as kernels left it.</summary>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public abstract double[] Given(int at, int count);

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
