namespace LandscapeGpu.Kernels;

/// <summary>Something done to an item in steps, such as one product of a Hessian with a vector each.</summary>
public interface IItem<TMemory>
    where TMemory : struct, IDeviceMemory<double>
{
    /// <summary>Makes one step; true when the item is done and its row of results is written.</summary>
    /// <param name="own">The thread's state.</param>
    /// <param name="launch">What all threads are told.</param>
    /// <param name="item">The item's number in the batch.</param>
    /// <param name="step">How many steps it has behind it.</param>
    static abstract bool Step(ThreadState<TMemory> own, Launch launch, int item, int step);
}

/// <summary>A thread takes item after item, in slices of steps.</summary>
public readonly struct ItemLife<TItem, TMemory> : IKernel<TMemory>
    where TItem : struct, IItem<TMemory>
    where TMemory : struct, IDeviceMemory<double>
{
    /// <summary>How an item ended; 0 are those that have not.</summary>
    public const int Finished = 1;

    static void IKernel<TMemory>.Run(TMemory memory, Launch launch, int thread)
    {
        var item = memory.GetHeld(thread);
        if (item == RestartLife.Done)
        {
            return;
        }

        var own = new ThreadState<TMemory>(memory, StateTiles.PlaceOf(thread, launch.StateElements));
        var step = item >= 0 ? (int)own[launch.StepsAt] : 0;
        for (var k = 0; k < launch.Steps; k++)
        {
            if (item < 0)
            {
                item = memory.TakeRestart();
                step = 0;
                if (item >= launch.Count)
                {
                    item = RestartLife.Done;
                    break;
                }
            }

            var isDone = TItem.Step(own, launch, item, step);
            step++;
            if (isDone)
            {
                memory.SetEnd(item, Finished, step);
                memory.CountEnd();
                item = RestartLife.None;
            }
        }

        own.Set(launch.StepsAt, step);
        memory.SetHeld(thread, item);
    }
}
