namespace LandscapeGpu.Polish;

/// <summary>Endpoints after polishing, in the order they were given.</summary>
internal sealed class PolishedSet(int dimension, int count) : IRows<PolishedSet>
{
    public int Dimension { get; } = dimension;

    public int Count { get; } = count;

    /// <summary>count × d coordinates.</summary>
    public double[] Points { get; } = new double[(long)dimension * count];

    public double[] Values { get; } = Unknown(count);

    /// <summary>‖∇f‖, on a box of the coordinates that can move.</summary>
    public double[] Residuals { get; } = Unknown(count);

    /// <summary>count × 2: trace and squared Frobenius norm of the Hessian, the first two moments of its spectrum; NaN where no Hessian was formed.</summary>
    public double[] Moments { get; } = new double[2L * count];

    /// <summary>Bounds of the values' rounding: two values are the same where they differ by no more than a few of these together.</summary>
    public double[] Roundings { get; } = new double[count];

    /// <summary>
    /// How far a stationary point may be from where it was found: H⁻¹ times the gradient and its rounding. Points within some of it are the same.
    /// NaN where nobody said.
    /// </summary>
    public double[] Uncertainties { get; } = Unknown(count);

    /// <summary>Whether the point is stationary to rounding.</summary>
    public bool[] Stationary { get; } = new bool[count];

    /// <summary>Whether the value kept falling out of reach: a valley whose minimum, if it has one, is far from where it was entered, or at infinity.</summary>
    public bool[] Endless { get; } = new bool[count];

    /// <summary>Whether steps still shrank by a share where the gradient was zero to its rounding: derivatives vanish there in several orders.</summary>
    public bool[] Slow { get; } = new bool[count];

    /// <summary>Whether the place may be no end, but the floor of a valley that leads on down; of walks down valleys, whether they began at such a place.</summary>
    public bool[] OnFloor { get; } = new bool[count];

    /// <summary>The number of the minimum that an endpoint is a copy of, or the first of; −1 where nobody looked.</summary>
    public int[] CopyOf { get; } = [.. Enumerable.Repeat(-1, count)];

    /// <summary>How many gradients were evaluated, and products of the Hessian with a vector.</summary>
    public long Evaluations { get; set; }

    /// <summary>How many of these were gradients with bounds of their rounding, which cost several others.</summary>
    public long Bounded { get; set; }

    private static double[] Unknown(int count)
    {
        var unknown = new double[count];
        Array.Fill(unknown, double.NaN);
        return unknown;
    }

    /// <summary>Whether an endpoint was looked at; one without a finite gradient is no loss if it is looked at again.</summary>
    public bool IsFinished(int item) => !double.IsNaN(Residuals[item]);

    /// <summary>Notes that a place is known no better than so: the step that polish ended with may have been short by chance.</summary>
    public void Widen(int item, double uncertainty) => Uncertainties[item] = uncertainty > Uncertainties[item] ? uncertainty : Uncertainties[item];

    /// <summary>Sets an endpoint to one of another set.</summary>
    public void Take(int to, PolishedSet others, int from)
    {
        others.Points.AsSpan(from * Dimension, Dimension).CopyTo(Points.AsSpan(to * Dimension));
        (Values[to], Residuals[to], Stationary[to]) = (others.Values[from], others.Residuals[from], others.Stationary[from]);
        (Roundings[to], Uncertainties[to], OnFloor[to]) = (others.Roundings[from], others.Uncertainties[from], others.OnFloor[from]);
        (Moments[2 * to], Moments[(2 * to) + 1]) = (others.Moments[2 * from], others.Moments[(2 * from) + 1]);
    }
}
