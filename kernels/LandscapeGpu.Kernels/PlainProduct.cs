using static System.Math;

namespace LandscapeGpu.Kernels;

/// <summary>C[i, j] += Σₖ A[i, k]·B[k, j] for each of some restarts side by side: what a library's products are compared with.</summary>
/// <remarks>
/// Plan: rows, columns, inner; of A whether it is data that all restarts share, where it begins, from row to row, from column to column; the same of B, and of C, which
/// is never shared. The state of a restart is in one piece.
/// </remarks>
public readonly struct PlainProduct<TMemory> : IKernel<TMemory>
    where TMemory : struct, IDeviceMemory
{
    static void IKernel<TMemory>.Run(TMemory memory, Launch launch, int thread)
    {
        var plan = launch.PlanAt;
        var (rows, columns, inner) = (memory.LoadInteger(plan), memory.LoadInteger(plan + 1), memory.LoadInteger(plan + 2));
        for (var item = thread; SeatLife.IsLeft(item, launch.Seats * rows * columns); item += launch.Threads)
        {
            var element = item % (rows * columns);
            var (i, j, own) = (element / columns, element % columns, SeatLife.Own(launch, item / (rows * columns)));
            var (a, b) = (new TensorPlace<TMemory>(memory, plan + 3, own), new TensorPlace<TMemory>(memory, plan + 7, own));
            var (aAt, bAt) = (i * memory.LoadInteger(plan + 5), j * memory.LoadInteger(plan + 10));
            var (aInner, bInner) = (memory.LoadInteger(plan + 6), memory.LoadInteger(plan + 9));
            var sum = 0.0;
            for (var n = 0; n < inner; n++)
            {
                sum = FusedMultiplyAdd(a.Get(aAt + (n * aInner)), b.Get(bAt + (n * bInner)), sum);
            }

            var c = own + memory.LoadInteger(plan + 12) + (i * memory.LoadInteger(plan + 13)) + (j * memory.LoadInteger(plan + 14));
            memory.SetState(c, memory.GetState(c) + sum);
        }
    }
}

/// <summary>Numbers of a restart's state, or of the data that all restarts share: as two numbers of a plan say.</summary>
/// <param name="memory">The launch's memory.</param>
/// <param name="plan">Where the two are: 1 for data and 0 for state, and where the numbers begin.</param>
/// <param name="own">Where the restart's state begins.</param>
internal readonly struct TensorPlace<TMemory>(TMemory memory, int plan, int own)
    where TMemory : struct, IDeviceMemory
{
    private readonly TMemory memory = memory;
    private readonly bool isShared = memory.LoadInteger(plan) != 0;
    private readonly int begin = memory.LoadInteger(plan + 1) + (memory.LoadInteger(plan) != 0 ? 0 : own);

    public double Get(int at) => isShared ? memory.GetNumber(begin + at) : memory.GetState(begin + at);
}
