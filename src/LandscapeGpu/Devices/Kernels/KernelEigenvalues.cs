namespace LandscapeGpu.Devices.Kernels;

/// <summary>Eigenvalues of many small symmetric matrices on a device, one matrix a thread.</summary>
internal sealed class KernelEigenvalues
{
    private readonly KernelWork work;
    private readonly Launch launch;

    /// <param name="device">Where they are computed.</param>
    /// <param name="n">Rows of each matrix.</param>
    public KernelEigenvalues(KernelDevice device, int n)
    {
        launch = new() { Dimension = n };
        var memory = device.MemoryType(isDouble: true);
        work = new(device, typeof(ItemLife<,>).MakeGenericType(typeof(EigenvalueItem<>).MakeGenericType(memory), memory), new()
        {
            IsDouble = true,
            StateElements = 1 + SymmetricPlaces.Length(n),
            Numbers = [],
            Integers = [],
            GivenLength = n * n,
            RowLength = n,
        });
    }

    public bool Fits => work.Fits;

    public bool Pays(int count) => work.Pays(count);

    /// <param name="matrices">count × n × n, row by row.</param>
    /// <returns>count × n, ascending for each matrix.</returns>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public double[] Run(ReadOnlyMemory<double> matrices) => work.Run(matrices, launch).Points;
}
