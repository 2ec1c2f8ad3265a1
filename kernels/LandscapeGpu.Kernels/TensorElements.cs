namespace LandscapeGpu.Kernels;

/// <summary>Formulas of the numbers at one place of several tensors, for every place and each of some restarts side by side.</summary>
/// <remarks>Plan: how many places, where the formulas' parameters begin among the numbers; then as <see cref="ElementMemory{T, TMemory}"/> reads it.</remarks>
/// <typeparam name="TStep">The formulas, an emitted program for one place.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TMemory">The launch's memory.</typeparam>
public readonly struct TensorElements<TStep, T, TMemory> : IKernel<TMemory>
    where TStep : struct, IStep<ElementMemory<T, TMemory>>
    where T : unmanaged
    where TMemory : struct, IDeviceMemory<T>
{
    static void IKernel<TMemory>.Run(TMemory memory, Launch launch, int thread)
    {
        var step = default(TStep);
        var (count, numbers) = (memory.LoadInteger(launch.PlanAt), memory.LoadInteger(launch.PlanAt + 1));
        for (var item = thread; SeatLife.IsLeft(item, launch.Seats * count); item += launch.Threads)
        {
            step.Run(new(memory, launch.PlanAt + 2, numbers, SeatLife.Own(launch, item / count), item % count), 0, 0);
        }
    }
}

/// <summary>The memory of one restart at one place of its tensors: element n of a program's state is the number at that place of the tensor that is n-th in a plan.</summary>
/// <remarks>Plan, of each: 1 for data that all restarts share, where the tensor begins, and from one place to the next, 0 where it is one number for all.</remarks>
public readonly struct ElementMemory<T, TMemory>(TMemory memory, int tensors, int numbers, int own, int place) : IDeviceMemory<T>
    where T : unmanaged
    where TMemory : struct, IDeviceMemory<T>
{
    private const int Each = 3;

    private readonly TMemory memory = memory;
    private readonly int tensors = tensors;
    private readonly int numbers = numbers;
    private readonly int own = own;
    private readonly int place = place;

    public T LoadState(int at, int offset) => IsShared(at + offset) ? memory.LoadNumber(PlaceOf(at + offset), 0) : memory.LoadState(own + PlaceOf(at + offset), 0);

    public void StoreState(int at, int offset, T value) => memory.StoreState(own + PlaceOf(at + offset), 0, value);

    public T LoadNumber(int at, int offset) => memory.LoadNumber(numbers + at, offset);

    public Four<T> LoadNumbers(int at, int offset) => memory.LoadNumbers(numbers + at, offset);

    public T LoadPoint(int at, int offset) => memory.LoadPoint(at, offset);

    public void StorePoint(int at, int offset, T value) => memory.StorePoint(at, offset, value);

    public int LoadInteger(int at) => memory.LoadInteger(at);

    public double GetState(int at) => IsShared(at) ? memory.GetNumber(PlaceOf(at)) : memory.GetState(own + PlaceOf(at));

    public void SetState(int at, double value) => memory.SetState(own + PlaceOf(at), value);

    public double GetNumber(int at) => memory.GetNumber(numbers + at);

    public double GetPoint(int at) => memory.GetPoint(at);

    public double GetStart(int at) => memory.GetStart(at);

    public void SetStart(int at, double value) => memory.SetStart(at, value);

    public void SetPoint(int at, double value) => memory.SetPoint(at, value);

    public void SetEnd(int restart, int outcome, int steps) => memory.SetEnd(restart, outcome, steps);

    public int GetOutcome(int restart) => memory.GetOutcome(restart);

    public int GetHeld(int thread) => memory.GetHeld(thread);

    public void SetHeld(int thread, int restart) => memory.SetHeld(thread, restart);

    public int TakeRestart() => memory.TakeRestart();

    public void CountEnd() => memory.CountEnd();

    private bool IsShared(int at) => memory.LoadInteger(tensors + (at / StateTiles.Width * Each)) != 0;

    private int PlaceOf(int at)
    {
        var tensor = tensors + (at / StateTiles.Width * Each);
        return memory.LoadInteger(tensor + 1) + (place * memory.LoadInteger(tensor + 2));
    }
}
