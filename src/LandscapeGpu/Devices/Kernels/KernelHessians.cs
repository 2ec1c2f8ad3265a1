namespace LandscapeGpu.Devices.Kernels;

/// <summary>Hessians at many points on a device, one point a thread; on a manifold as <see cref="Differentiation.LaneHessians.ComputeApart"/> says.</summary>
internal sealed class KernelHessians
{
    private readonly KernelWork work;
    private readonly Launch launch;

    public KernelHessians(Objective objective, KernelDevice device)
    {
        var newton = new NewtonDemand(objective, device);
        launch = newton.Launch;
        work = new(device, KernelOf(objective, device), newton.Demand(objective.Dimension, objective.Dimension * objective.Dimension));
    }

    /// <summary>The kernel of an objective on a device.</summary>
    public static Type KernelOf(Objective objective, KernelDevice device)
    {
        var memory = device.MemoryType(isDouble: true);
        return typeof(ItemLife<,>).MakeGenericType(new NewtonDemand(objective, device).Over(typeof(HessianItem<,>)), memory);
    }

    public bool Fits => work.Fits;

    public bool Pays(int count) => work.Pays(count);

    /// <param name="points">count × d coordinates.</param>
    /// <returns>count × d × d entries, row by row.</returns>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public double[] Run(ReadOnlyMemory<double> points) => work.Run(points, launch).Points;
}
