namespace LandscapeGpu.Polish;

/// <summary>A walk that chooses each step from modes of the Hessian that a few products show.</summary>
internal abstract class ModeWalk(int dimension, Symmetry? symmetry) : TrialWalk(dimension)
{
    // So many products are enough to be on the way; more are made where they bring more, up to the most.
    private const int First = 8;
    private const int Most = 64;

    /// <summary>The modes at the point.</summary>
    public RitzModes Modes { get; } = new(dimension, symmetry);

    /// <summary>How many products a step may take.</summary>
    protected int Products { get; private set; }

    public override void Begin(int item, ReadOnlySpan<double> start)
    {
        base.Begin(item, start);
        Products = Math.Min(D, First);
        Modes.Forget();
    }

    /// <summary>Begins the space of modes at the point, unless they are known.</summary>
    public void Ask()
    {
        if (!Modes.IsKnown)
        {
            Modes.Begin(Point, Guides(), ProductsNow);
        }
    }

    /// <summary>The next trial point from the modes; true if the walk has ended.</summary>
    public abstract bool Turn();

    /// <summary>What the space of modes is to hold above all.</summary>
    protected abstract IEnumerable<double[]> Guides();

    /// <summary>How many products the space at this point may take.</summary>
    protected virtual int ProductsNow => Products;

    /// <summary>Fits the number of products to the step that was taken: more where what the space left out is most of the gradient now, fewer where it is little of it.</summary>
    /// <param name="leftOut">The part of the product with the step that is outside the space.</param>
    protected void Fit(double leftOut) => Products = leftOut > Norm / 2 ? Math.Min(All, Products * 3 / 2)
        : leftOut < Norm / 8 ? Math.Max(Math.Min(D, First), Products * 2 / 3)
        : Products;

    /// <summary>As many as there may be, where nothing is known to begin from.</summary>
    protected int All => Math.Min(D, Most);
}
