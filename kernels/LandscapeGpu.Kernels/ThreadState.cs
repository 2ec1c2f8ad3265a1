namespace LandscapeGpu.Kernels;

/// <summary>One thread's part of the state, element by element, in double precision.</summary>
public readonly struct ThreadState<TMemory>(TMemory memory, int place)
    where TMemory : struct, IDeviceMemory<double>
{
    public TMemory Memory { get; } = memory;

    /// <summary>Where its first element is (<see cref="StateTiles"/>).</summary>
    public int Place { get; } = place;

    public double this[int element] => Memory.LoadState(Place + (element * StateTiles.Width), 0);

    public void Set(int element, double value) => Memory.StoreState(Place + (element * StateTiles.Width), 0, value);

    public void Copy(int from, int to, int length)
    {
        for (var i = 0; i < length; i++)
        {
            Set(to + i, this[from + i]);
        }
    }

    public double Product(int a, int b, int length)
    {
        var sum = 0.0;
        for (var i = 0; i < length; i++)
        {
            sum += this[a + i] * this[b + i];
        }

        return sum;
    }

    public double Norm(int a, int length) => Math.Sqrt(Product(a, a, length));

    /// <summary>target += factor·a.</summary>
    public void Add(double factor, int a, int target, int length)
    {
        for (var i = 0; i < length; i++)
        {
            Set(target + i, this[target + i] + (factor * this[a + i]));
        }
    }
}
