namespace LandscapeGpu.Kernels;

/// <summary>What one thread does: begin, step, stop, store, take the next restart; until its slice of steps or the restarts are used up.</summary>
/// <remarks>
/// Restarts are taken from a common counter, so no thread waits for a slow one. A slice ends after so many steps whatever happened:
/// the host sees progress and cancellation, and a display's watchdog is content. Everything is then in memory, for the next slice. What
/// one thread of a warp does when its restart ends the others wait for: starts are drawn before (<see cref="StartDrawing{TMemory}"/>), and to
/// begin is to fill registers.
/// </remarks>
public static class RestartLife
{
    /// <summary>Held by a thread that has no restart and takes the next.</summary>
    public const int None = -1;

    /// <summary>Held by a thread for which there was no restart left.</summary>
    public const int Done = -2;

    public static void Run<TStep, TMemory>(TMemory memory, Launch launch, int thread)
        where TStep : struct, IDescentStep<TMemory>
        where TMemory : struct, IDeviceMemory
    {
        var restart = memory.GetHeld(thread);
        if (restart == Done)
        {
            return;
        }

        var step = default(TStep);
        var place = StateTiles.PlaceOf(thread, launch.StateElements);
        var turn = launch.Turn;
        if (restart >= 0)
        {
            step.Load(memory, place);
        }
        else
        {
            restart = memory.TakeRestart();
            if (restart >= launch.Count)
            {
                memory.SetHeld(thread, Done);
                return;
            }

            step.Begin(memory, place, restart * launch.Dimension);
        }

        // A restart begins where the one before has ended, so that going round costs nothing else.
        var k = 0;
        do
        {
            if (step.HasNoise())
            {
                DeviceDraws.Noise(memory, launch, place, restart);
            }

            if (step.HasBatch())
            {
                DeviceDraws.Batch(memory, launch, place, restart);
            }

            var ended = step.Run(memory, place, turn);
            turn = turn + 1 >= launch.Turns ? 0 : turn + 1;
            if (ended != 0)
            {
                step.End(memory, place, restart * launch.Dimension, restart);
                memory.CountEnd();
                restart = memory.TakeRestart();
                if (restart >= launch.Count)
                {
                    memory.SetHeld(thread, Done);
                    return;
                }

                step.Begin(memory, place, restart * launch.Dimension);
            }

            k++;
        }
        while (k < launch.Steps);
        step.Save(memory, place);
        memory.SetHeld(thread, restart);
    }
}
