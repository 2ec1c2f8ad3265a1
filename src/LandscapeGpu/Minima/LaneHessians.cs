using LandscapeGpu.Execution;
using LandscapeGpu.Objectives;

namespace LandscapeGpu.Minima;

/// <summary>Hessians of one block of points, entry by entry for all lanes: entry (i, j) of lane l is at (i·d + j)·L + l.</summary>
internal sealed class LaneHessians(Derivatives derivatives, Objective objective) : IDisposable
{
    private readonly Lanes lanes = new(derivatives.Curvature);
    private readonly AlignedMemory data = derivatives.Curvature.NewData(objective.Parameters, objective.Replaced);

    public int Count => lanes.Count;

    /// <summary>d·d·L entries.</summary>
    public double[] Entries { get; } = new double[derivatives.Dimension * derivatives.Dimension * derivatives.Curvature.Layout.Restarts];

    public void Set(int lane, ReadOnlySpan<double> point) => lanes.Write(derivatives.At, lane, point);

    public void Compute()
    {
        var d = derivatives.Dimension;
        if (derivatives.Direction is not { } direction)
        {
            lanes.Run(data);
            lanes.Values(derivatives.Result).CopyTo(Entries);
            return;
        }

        var v = lanes.Values(direction);
        for (var j = 0; j < d; j++)
        {
            v.Clear();
            v.Slice(j * Count, Count).Fill(1);
            lanes.Run(data);
            // A row is as good as a column: the Hessian is symmetric.
            lanes.Values(derivatives.Result).CopyTo(Entries.AsSpan(j * d * Count));
        }
    }

    public void Dispose()
    {
        lanes.Dispose();
        data.Dispose();
    }
}
