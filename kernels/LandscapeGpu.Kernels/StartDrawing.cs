using static System.Math;

namespace LandscapeGpu.Kernels;

/// <summary>Writes the starts of a batch's restarts into their rows of results, where descent finds them. The host's samplers are the definition; these agree bit for bit.</summary>
/// <remarks>A pass of its own: drawn by a thread whose restart has just ended, a start would keep its whole warp waiting.</remarks>
public readonly struct StartDrawing<TMemory> : IKernel<TMemory>
    where TMemory : struct, IDeviceMemory
{
    static void IKernel<TMemory>.Run(TMemory memory, Launch launch, int thread)
    {
        for (var restart = thread; restart < launch.Count; restart += launch.Threads)
        {
            Draw(memory, launch, restart);
        }
    }

    /// <summary>Two coordinates at a time: one block of random bits makes both.</summary>
    private static void Draw(TMemory memory, Launch launch, int restart)
    {
        var number = (ulong)(launch.First + restart);
        var row = restart * launch.Dimension;
        // Points on a sphere need their norm first; normal numbers are pure functions of their names and are simply drawn again.
        var scale = launch.StartKind >= (int)StartKind.Sphere ? Scale(memory, launch, number) : 1.0;
        for (var i = 0; i < launch.Dimension; i += 2)
        {
            var hasOdd = i + 1 < launch.Dimension;
            if (launch.StartKind == (int)StartKind.Given)
            {
                memory.SetPoint(row + i, memory.GetStart(row + i));
                if (hasOdd)
                {
                    memory.SetPoint(row + i + 1, memory.GetStart(row + i + 1));
                }
            }
            else if (launch.StartKind == (int)StartKind.Box)
            {
                var u = CounterRandom.UniformPair(launch.Seed, StreamId.Starts, number, 0, (uint)i >> 1);
                memory.SetPoint(row + i, Between(memory, i, u.Even));
                if (hasOdd)
                {
                    memory.SetPoint(row + i + 1, Between(memory, i + 1, u.Odd));
                }
            }
            else
            {
                var z = CounterRandom.NormalPair(launch.Seed, StreamId.Starts, number, 0, (uint)i >> 1);
                var isGaussian = launch.StartKind == (int)StartKind.Gaussian;
                memory.SetPoint(row + i, isGaussian ? Gaussian(memory, i, z.Even) : z.Even * scale);
                if (hasOdd)
                {
                    memory.SetPoint(row + i + 1, isGaussian ? Gaussian(memory, i + 1, z.Odd) : z.Odd * scale);
                }
            }
        }
    }

    private static double Scale(TMemory memory, Launch launch, ulong number)
    {
        // A point of a ball is the beginning of a point on a sphere with two dimensions more.
        var length = launch.StartKind == (int)StartKind.Ball ? launch.Dimension + 2 : launch.Dimension;
        var sum = 0.0;
        for (var i = 0; i < length; i++)
        {
            var z = CounterRandom.Normal(launch.Seed, StreamId.Starts, number, 0, (uint)i);
            sum = FusedMultiplyAdd(z, z, sum);
        }

        return memory.GetStart(0) / Sqrt(sum);
    }

    private static double Gaussian(TMemory memory, int i, double z) => FusedMultiplyAdd(memory.GetStart((2 * i) + 1), z, memory.GetStart(2 * i));

    private static double Between(TMemory memory, int i, double u)
    {
        var (lower, upper) = (memory.GetStart(2 * i), memory.GetStart((2 * i) + 1));
        var value = FusedMultiplyAdd(u, upper - lower, lower);
        return value > upper ? upper : value;
    }
}
