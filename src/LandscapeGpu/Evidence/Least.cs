namespace LandscapeGpu.Evidence;

/// <summary>The least of a number over points that are looked at, and where it is.</summary>
internal sealed class Least
{
    private double[]? where;
    private int points;
    private double value = double.PositiveInfinity;

    public ObservedConstant Constant => new(points == 0 ? double.NaN : value, where, points);

    public void Add(double candidate, double[] point)
    {
        points++;
        if (candidate < value)
        {
            (value, where) = (candidate, point);
        }
    }
}
