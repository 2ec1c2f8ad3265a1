using ILGPU;
using LandscapeGpu.Kernels;

namespace LandscapeGpu.Ilgpu;

/// <summary>A batch's memory in single precision, as views on a device.</summary>
internal readonly struct SingleMemory(
    ArrayView<float> state, ArrayView<float> numbers, ArrayView<float> points, in RestartViews book) : IDeviceMemory<float>
{
    private readonly ArrayView<float> state = state;
    private readonly ArrayView<float> numbers = numbers;
    private readonly ArrayView<float> points = points;
    private readonly RestartViews book = book;

    public float LoadState(int at, int offset) => GlobalMemory.Load(ref state[at], offset);

    public void StoreState(int at, int offset, float value) => GlobalMemory.Store(ref state[at], offset, value);

    public float LoadNumber(int at, int offset) => GlobalMemory.LoadConstant(ref numbers[at], offset);

    public Four<float> LoadNumbers(int at, int offset) => GlobalMemory.LoadFour(ref numbers[at], offset);

    public float LoadPoint(int at, int offset) => GlobalMemory.Load(ref points[at], offset);

    public void StorePoint(int at, int offset, float value) => GlobalMemory.Store(ref points[at], offset, value);

    public int LoadInteger(int at) => GlobalMemory.LoadConstant(ref book.Integers[at], 0);

    public double GetState(int at) => GlobalMemory.Load(ref state[at], 0);

    public void SetState(int at, double value) => GlobalMemory.Store(ref state[at], 0, (float)value);

    public double GetNumber(int at) => GlobalMemory.LoadConstant(ref numbers[at], 0);

    public double GetPoint(int at) => GlobalMemory.Load(ref points[at], 0);

    public double GetStart(int at) => GlobalMemory.LoadConstant(ref book.Starts[at], 0);

    public void SetStart(int at, double value) => GlobalMemory.Store(ref book.Starts[at], 0, value);

    public int GetOutcome(int restart) => GlobalMemory.Load(ref book.Outcomes[restart], 0);

    public void SetPoint(int at, double value) => GlobalMemory.Store(ref points[at], 0, (float)value);

    public void SetEnd(int restart, int outcome, int steps) => book.SetEnd(restart, outcome, steps);

    public int GetHeld(int thread) => GlobalMemory.Load(ref book.Held[thread], 0);

    public void SetHeld(int thread, int restart) => GlobalMemory.Store(ref book.Held[thread], 0, restart);

    public int TakeRestart() => Atomic.Add(ref book.Counters[0], 1);

    public void CountEnd() => Atomic.Add(ref book.Counters[1], 1);
}

/// <summary>A batch's memory in double precision, as views on a device.</summary>
internal readonly struct DoubleMemory(
    ArrayView<double> state, ArrayView<double> numbers, ArrayView<double> points, in RestartViews book) : IDeviceMemory<double>
{
    private readonly ArrayView<double> state = state;
    private readonly ArrayView<double> numbers = numbers;
    private readonly ArrayView<double> points = points;
    private readonly RestartViews book = book;

    public double LoadState(int at, int offset) => GlobalMemory.Load(ref state[at], offset);

    public void StoreState(int at, int offset, double value) => GlobalMemory.Store(ref state[at], offset, value);

    public double LoadNumber(int at, int offset) => GlobalMemory.LoadConstant(ref numbers[at], offset);

    public Four<double> LoadNumbers(int at, int offset) => GlobalMemory.LoadFour(ref numbers[at], offset);

    public double LoadPoint(int at, int offset) => GlobalMemory.Load(ref points[at], offset);

    public void StorePoint(int at, int offset, double value) => GlobalMemory.Store(ref points[at], offset, value);

    public int LoadInteger(int at) => GlobalMemory.LoadConstant(ref book.Integers[at], 0);

    public double GetState(int at) => GlobalMemory.Load(ref state[at], 0);

    public void SetState(int at, double value) => GlobalMemory.Store(ref state[at], 0, value);

    public double GetNumber(int at) => GlobalMemory.LoadConstant(ref numbers[at], 0);

    public double GetPoint(int at) => GlobalMemory.Load(ref points[at], 0);

    public double GetStart(int at) => GlobalMemory.LoadConstant(ref book.Starts[at], 0);

    public void SetStart(int at, double value) => GlobalMemory.Store(ref book.Starts[at], 0, value);

    public int GetOutcome(int restart) => GlobalMemory.Load(ref book.Outcomes[restart], 0);

    public void SetPoint(int at, double value) => GlobalMemory.Store(ref points[at], 0, value);

    public void SetEnd(int restart, int outcome, int steps) => book.SetEnd(restart, outcome, steps);

    public int GetHeld(int thread) => GlobalMemory.Load(ref book.Held[thread], 0);

    public void SetHeld(int thread, int restart) => GlobalMemory.Store(ref book.Held[thread], 0, restart);

    public int TakeRestart() => Atomic.Add(ref book.Counters[0], 1);

    public void CountEnd() => Atomic.Add(ref book.Counters[1], 1);
}
