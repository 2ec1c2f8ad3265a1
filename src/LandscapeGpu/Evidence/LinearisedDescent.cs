namespace LandscapeGpu.Evidence;

/// <summary>Gradient descent of the linearised model g(θ) = y₀ + J₀(θ − θ₀) on the loss of its outputs: a step costs two products with J₀.</summary>
internal sealed class LinearisedDescent(double[][] columns, double[] y0, double[] start, ConvexFit fit, double step)
{
    private int made;

    /// <summary>θ.</summary>
    public double[] Point { get; } = (double[])start.Clone();

    /// <summary>g(θ).</summary>
    public double[] Outputs { get; } = (double[])y0.Clone();

    /// <summary>Goes on until so many steps are made in all.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public void AdvanceTo(int steps, CancellationToken stop)
    {
        for (; made < steps; made++)
        {
            stop.ThrowIfCancellationRequested();
            var slope = fit.Slopes(Outputs);
            for (var j = 0; j < columns.Length; j++)
            {
                var change = -step * Inner.Product(columns[j], slope);
                Point[j] += change;
                Inner.Add(change, columns[j], Outputs);
            }
        }
    }
}
