namespace LandscapeGpu.Kernels;

/// <summary>To[loops] = or += Σ From[loops, over], for each of some restarts side by side; a copy where nothing is summed over, zeros where there is nothing to read.</summary>
/// <remarks>
/// Plan: numbers of To, 1 to add to what is there, 1 where there is something to read, whether From is data, where it begins, where To begins, how many loops and how many
/// loops of sums; of each loop, innermost first, how often it runs, and from one number to the next of From and To.
/// </remarks>
public readonly struct TensorSum<TMemory> : IKernel<TMemory>
    where TMemory : struct, IDeviceMemory
{
    private const int Head = 8;
    private const int Each = 3;

    static void IKernel<TMemory>.Run(TMemory memory, Launch launch, int thread)
    {
        var plan = launch.PlanAt;
        var (count, adds, reads) = (memory.LoadInteger(plan), memory.LoadInteger(plan + 1) != 0, memory.LoadInteger(plan + 2) != 0);
        var (begin, loops, over) = (memory.LoadInteger(plan + 5), memory.LoadInteger(plan + 6), memory.LoadInteger(plan + 7));
        var sums = plan + Head + (Each * loops);
        var terms = 1;
        for (var k = 0; k < over; k++)
        {
            terms *= memory.LoadInteger(sums + (Each * k));
        }

        for (var item = thread; SeatLife.IsLeft(item, launch.Seats * count); item += launch.Threads)
        {
            var own = SeatLife.Own(launch, item / count);
            var from = new TensorPlace<TMemory>(memory, plan + 3, own);
            var (rest, at, to) = (item % count, 0, own + begin);
            for (var k = 0; k < loops; k++)
            {
                var loop = plan + Head + (Each * k);
                var extent = memory.LoadInteger(loop);
                at += rest % extent * memory.LoadInteger(loop + 1);
                to += rest % extent * memory.LoadInteger(loop + 2);
                rest /= extent;
            }

            var sum = adds ? memory.GetState(to) : 0;
            for (var term = 0; reads && term < terms; term++)
            {
                var (left, place) = (term, at);
                for (var k = 0; k < over; k++)
                {
                    var extent = memory.LoadInteger(sums + (Each * k));
                    place += left % extent * memory.LoadInteger(sums + (Each * k) + 1);
                    left /= extent;
                }

                sum += from.Get(place);
            }

            memory.SetState(to, sum);
        }
    }
}
