using System.Numerics;

namespace LandscapeGpu.Devices.Kernels;

/// <summary>A batch's memory as arrays.</summary>
internal readonly struct ArrayMemory<T> : IDeviceMemory<T>
    where T : unmanaged, INumberBase<T>
{
    private readonly T[] state;
    private readonly T[] numbers;
    private readonly T[] points;
    private readonly int[] integers;
    private readonly int[] held;
    private readonly int[] outcomes;
    private readonly int[] steps;
    private readonly int[] counters;
    private readonly double[] starts;

    internal ArrayMemory(KernelBuffers buffers, double[] starts)
    {
        state = new T[buffers.StateLength];
        numbers = [.. buffers.Numbers.Select(T.CreateTruncating)];
        points = new T[buffers.Restarts * buffers.RowLength];
        integers = buffers.Integers;
        held = new int[buffers.Threads];
        outcomes = new int[buffers.Restarts];
        steps = new int[buffers.Restarts];
        counters = new int[2];
        this.starts = (double[])starts.Clone();
        Restart(starts);
    }

    internal T[] Points => points;

    internal double[] Given => starts;

    internal int[] Outcomes => outcomes;

    internal int[] Steps => steps;

    internal int Ended => Volatile.Read(ref counters[1]);

    /// <summary>As if nothing had been taken yet, with other starts.</summary>
    internal void Restart(double[] given)
    {
        given.CopyTo(starts, 0);
        Array.Fill(held, RestartLife.None);
        Array.Clear(outcomes);
        Array.Clear(counters);
    }

    public T LoadState(int at, int offset) => state[at + offset];

    public void StoreState(int at, int offset, T value) => state[at + offset] = value;

    public T LoadNumber(int at, int offset) => numbers[at + offset];

    public Four<T> LoadNumbers(int at, int offset) => new(numbers[at + offset], numbers[at + offset + 1], numbers[at + offset + 2], numbers[at + offset + 3]);

    public T LoadPoint(int at, int offset) => points[at + offset];

    public void StorePoint(int at, int offset, T value) => points[at + offset] = value;

    public int LoadInteger(int at) => integers[at];

    public double GetState(int at) => double.CreateTruncating(state[at]);

    public void SetState(int at, double value) => state[at] = T.CreateTruncating(value);

    public double GetNumber(int at) => double.CreateTruncating(numbers[at]);

    public double GetPoint(int at) => double.CreateTruncating(points[at]);

    public double GetStart(int at) => starts[at];

    public void SetStart(int at, double value) => starts[at] = value;

    public int GetOutcome(int restart) => outcomes[restart];

    public void SetPoint(int at, double value) => points[at] = T.CreateTruncating(value);

    public void SetEnd(int restart, int outcome, int steps)
    {
        outcomes[restart] = outcome;
        this.steps[restart] = steps;
    }

    public int GetHeld(int thread) => held[thread];

    public void SetHeld(int thread, int restart) => held[thread] = restart;

    public int TakeRestart() => Interlocked.Increment(ref counters[0]) - 1;

    public void CountEnd() => Interlocked.Increment(ref counters[1]);
}
