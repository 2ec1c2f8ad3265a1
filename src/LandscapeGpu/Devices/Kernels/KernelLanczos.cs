namespace LandscapeGpu.Devices.Kernels;

/// <summary>Lanczos' method with full reorthogonalisation for the Hessians at many points at once, one point a thread.</summary>
/// <remarks>
/// One start vector sees a multiple eigenvalue once, and nothing is restarted: what <see cref="Spectra.Lanczos"/> adds. Weights are those
/// of stochastic Lanczos quadrature (<see cref="Spectra.SpectralDensity"/>).
/// </remarks>
internal sealed class KernelLanczos
{
    private readonly KernelWork work;
    private readonly Launch launch;
    private readonly int dimension;

    /// <param name="objective">Whose Hessians are meant.</param>
    /// <param name="device">Where they are multiplied.</param>
    /// <param name="steps">m, the products made at each point; at most d are of use.</param>
    public KernelLanczos(Objective objective, KernelDevice device, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        dimension = objective.Dimension;
        var most = Math.Min(steps, dimension);
        var plan = new CurvatureDemand(objective, device, most);
        launch = plan.Launch;
        work = new(device, plan.KernelOf(typeof(LanczosItem<,>)), plan.Demand((3 * most) + 2));
    }

    public bool Fits => work.Fits;

    /// <param name="pairs">count × 2d: a point and a start vector in turn, not zero and of any length.</param>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public IReadOnlyList<RitzValues> Run(ReadOnlyMemory<double> pairs)
    {
        var rows = work.Run(pairs, launch);
        return [.. Enumerable.Range(0, pairs.Length / (2 * dimension)).Select(k => RitzValues.Read(rows.Points.AsSpan(k * rows.Dimension, rows.Dimension)))];
    }
}

/// <summary>What Lanczos' method says of one operator.</summary>
/// <param name="Values">The Ritz values, ascending.</param>
/// <param name="Weights">Of each, the squared part of the start vector along its Ritz vector; they add up to 1.</param>
/// <param name="Residuals">Of each, ‖A y − θ y‖: within it there is an eigenvalue.</param>
/// <param name="Size">A lower bound of ‖A‖: the largest ‖A v‖ seen.</param>
internal sealed record RitzValues(double[] Values, double[] Weights, double[] Residuals, double Size)
{
    /// <summary>Reads a row as <see cref="LanczosItem{TCurvature,TMemory}"/> writes it.</summary>
    public static RitzValues Read(ReadOnlySpan<double> row)
    {
        var triples = row[2..].ToArray().Chunk(3).Take((int)row[0]).OrderBy(t => t[0]).ToList();
        return new([.. triples.Select(t => t[0])], [.. triples.Select(t => t[1])], [.. triples.Select(t => t[2])], row[1]);
    }
}
