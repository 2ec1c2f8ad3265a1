namespace LandscapeGpu.Devices.Kernels;

/// <summary>Computations that each multiply the Hessian at a point of their own; the products they ask for are made together on a device.</summary>
/// <remarks>Every computation waits with its vector until all others have one too, or have ended; then one launch serves them all.</remarks>
internal static class ProductsTogether
{
    // What is deep in such a computation is small; so many threads of the usual stack would be a waste of address space.
    private const int StackBytes = 512 * 1024;

    /// <param name="products">What multiplies.</param>
    /// <param name="points">The points.</param>
    /// <param name="compute">A computation, given the operator of its point, and the point's number.</param>
    /// <returns>What the computations answer, in the order of the points.</returns>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public static T[] Run<T>(KernelProducts products, IReadOnlyList<double[]> points, Func<SymmetricOperator, int, T> compute)
    {
        var d = points[0].Length;
        var (pairs, answers, failures) = (new double[2 * d * points.Count], new T[points.Count], new List<Exception>());
        var rows = Array.Empty<double>();
        for (var k = 0; k < points.Count; k++)
        {
            points[k].CopyTo(pairs, 2 * k * d);
        }

        using var together = new Barrier(points.Count, _ => rows = products.Run(pairs));
        var threads = Enumerable.Range(0, points.Count).Select(k => new Thread(() => Guarded(k), StackBytes) { IsBackground = true }).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        if (failures.Count > 0)
        {
            throw failures.OfType<DeviceFailedException>().FirstOrDefault() ?? failures[0];
        }

        return answers;

        void Guarded(int k)
        {
            try
            {
                answers[k] = compute((v, result) =>
                {
                    v.CopyTo(pairs.AsSpan(((2 * k) + 1) * d, d));
                    together.SignalAndWait();
                    rows.AsSpan(k * d, d).CopyTo(result);
                }, k);
            }
            catch (Exception e)
            {
                Note(e);
            }

            try
            {
                // The last one that was waited for: the others go on now.
                together.RemoveParticipant();
            }
            catch (BarrierPostPhaseException e)
            {
                Note(e);
            }
        }

        void Note(Exception e)
        {
            lock (failures)
            {
                failures.Add(e is BarrierPostPhaseException { InnerException: { } inner } ? inner : e);
            }
        }
    }
}
