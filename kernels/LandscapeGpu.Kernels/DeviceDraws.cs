namespace LandscapeGpu.Kernels;

/// <summary>Noise and batches drawn where they are used. The host's samplers are the definition; these agree bit for bit.</summary>
public static class DeviceDraws
{
    /// <summary>Writes the noise of a restart's next step into its thread's state.</summary>
    public static void Noise<TMemory>(TMemory memory, Launch launch, int place, int restart)
        where TMemory : struct, IDeviceMemory
    {
        var iteration = (uint)(int)memory.GetState(place + (launch.StepsAt * StateTiles.Width));
        var number = (ulong)(launch.First + restart);
        for (var i = 0; i < launch.Dimension; i++)
        {
            var z = CounterRandom.Normal(launch.Seed, StreamId.Noise, number, iteration, (uint)i);
            memory.SetState(place + ((launch.NoiseAt + i) * StateTiles.Width), z);
        }
    }

    /// <summary>Writes the samples of a restart's next step into its thread's state.</summary>
    public static void Batch<TMemory>(TMemory memory, Launch launch, int place, int restart)
        where TMemory : struct, IDeviceMemory
    {
        var step = (uint)(int)memory.GetState(place + (launch.StepsAt * StateTiles.Width));
        var batch = new ThreadBatch<TMemory>(memory, place + (launch.BatchAt * StateTiles.Width));
        SampleDraw.Fill(batch, launch.Batch, (ulong)(launch.First + restart), step);
    }
}
