namespace LandscapeGpu.Kernels;

/// <summary>What one thread does: load, step, stop, store, take the next restart; until its slice of steps or the restarts are used up.</summary>
/// <remarks>
/// Restarts are taken from a common counter, so no thread waits for a slow one. A slice ends after so many steps whatever happened:
/// the host sees progress and cancellation, and a display's watchdog is content. Everything is then in memory, for the next slice.
/// </remarks>
public static class RestartLife
{
    /// <summary>Held by a thread that has no restart and takes the next.</summary>
    public const int None = -1;

    /// <summary>Held by a thread for which there was no restart left.</summary>
    public const int Done = -2;

    public static void Run<TStep, TMemory>(TMemory memory, Launch launch, int thread)
        where TStep : struct, IStep<TMemory>
        where TMemory : struct, IDeviceMemory
    {
        var restart = memory.GetHeld(thread);
        if (restart == Done)
            return;
        var step = default(TStep);
        var place = StateTiles.PlaceOf(thread, launch.StateElements);
        var turn = launch.Turn;
        if (restart >= 0)
            step.Load(memory, place);
        for (var k = 0; k < launch.Steps; k++)
        {
            if (restart < 0)
            {
                restart = memory.TakeRestart();
                if (restart >= launch.Count)
                {
                    restart = Done;
                    break;
                }

                Begin(memory, launch, place, restart);
                step.Load(memory, place);
            }

            if (launch.NoiseAt >= 0)
                DeviceStarts.Noise(memory, launch, place, restart);
            if (launch.BatchAt >= 0)
                DeviceStarts.Batch(memory, launch, place, restart);
            var ended = step.Run(memory, place, turn);
            turn = turn + 1 >= launch.Turns ? 0 : turn + 1;
            if (ended != 0)
            {
                step.Save(memory, place);
                End(memory, launch, place, restart);
                restart = None;
            }
        }

        if (restart >= 0)
            step.Save(memory, place);
        memory.SetHeld(thread, restart);
    }

    private static void Begin<TMemory>(TMemory memory, Launch launch, int place, int restart)
        where TMemory : struct, IDeviceMemory
    {
        for (var e = 0; e < launch.InitialLength; e++)
            memory.SetState(place + (e * StateTiles.Width), memory.GetNumber(launch.InitialAt + e));
        DeviceStarts.Draw(memory, launch, place, restart);
    }

    private static void End<TMemory>(TMemory memory, Launch launch, int place, int restart)
        where TMemory : struct, IDeviceMemory
    {
        for (var i = 0; i < launch.Dimension; i++)
            memory.SetPoint((restart * launch.Dimension) + i, memory.GetState(place + ((launch.PointAt + i) * StateTiles.Width)));
        var outcome = (int)memory.GetState(place + (launch.StatusAt * StateTiles.Width));
        memory.SetEnd(restart, outcome, (int)memory.GetState(place + (launch.StepsAt * StateTiles.Width)));
        memory.CountEnd();
    }
}
