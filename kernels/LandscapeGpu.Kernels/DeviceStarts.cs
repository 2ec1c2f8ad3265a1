using static System.Math;

namespace LandscapeGpu.Kernels;

/// <summary>Starts, noise and batches drawn where they are used. The host's samplers are the definition; these agree bit for bit.</summary>
public static class DeviceStarts
{
    /// <summary>Writes the start of a restart into its thread's state.</summary>
    public static void Draw<TMemory>(TMemory memory, Launch launch, int place, int restart)
        where TMemory : struct, IDeviceMemory
    {
        var number = (ulong)(launch.First + restart);
        // Points on a sphere need their norm first; normal numbers are pure functions of their names and are simply drawn again.
        var scale = launch.StartKind >= (int)StartKind.Sphere ? Scale(memory, launch, number) : 1.0;
        for (var i = 0; i < launch.Dimension; i++)
        {
            double x;
            if (launch.StartKind == (int)StartKind.Given)
                x = memory.GetStart((restart * launch.Dimension) + i);
            else if (launch.StartKind == (int)StartKind.Box)
                x = Between(memory.GetStart(2 * i), memory.GetStart((2 * i) + 1), CounterRandom.Uniform(launch.Seed, StreamId.Starts, number, 0, (uint)i));
            else if (launch.StartKind == (int)StartKind.Gaussian)
                x = FusedMultiplyAdd(memory.GetStart((2 * i) + 1), Normal(launch, number, i), memory.GetStart(2 * i));
            else
                x = Normal(launch, number, i) * scale;
            memory.SetState(place + ((launch.PointAt + i) * StateTiles.Width), x);
        }
    }

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

    private static double Scale<TMemory>(TMemory memory, Launch launch, ulong number)
        where TMemory : struct, IDeviceMemory
    {
        // A point of a ball is the beginning of a point on a sphere with two dimensions more.
        var length = launch.StartKind == (int)StartKind.Ball ? launch.Dimension + 2 : launch.Dimension;
        var sum = 0.0;
        for (var i = 0; i < length; i++)
        {
            var z = Normal(launch, number, i);
            sum = FusedMultiplyAdd(z, z, sum);
        }

        return memory.GetStart(0) / Sqrt(sum);
    }

    private static double Normal(Launch launch, ulong number, int i) =>
        CounterRandom.Normal(launch.Seed, StreamId.Starts, number, 0, (uint)i);

    private static double Between(double lower, double upper, double u)
    {
        var value = FusedMultiplyAdd(u, upper - lower, lower);
        return value > upper ? upper : value;
    }
}
