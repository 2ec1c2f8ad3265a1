namespace LandscapeGpu.Devices.Kernels;

/// <summary>Hessian-vector products on a device, one point with one vector a thread.</summary>
internal sealed class KernelProducts : IDisposable
{
    private readonly KeptBatch session = new();
    private readonly KernelWork work;
    private readonly Launch launch;

    public KernelProducts(Objective objective, KernelDevice device)
    {
        var plan = new CurvatureDemand(objective, device, basis: 0);
        launch = plan.Launch;
        work = new(device, plan.KernelOf(typeof(HessianProduct<,>)), plan.Demand(objective.Dimension));
    }

    public bool Fits => work.Fits;

    public bool Pays(int count) => work.Pays(count);

    /// <summary>H(x)·v of many pairs.</summary>
    /// <param name="pairs">count × 2d: a point and a vector in turn.</param>
    /// <returns>count × d.</returns>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public double[] Run(ReadOnlyMemory<double> pairs) => work.Run(pairs, launch, session).Points;

    public void Dispose() => session.Dispose();
}
