namespace LandscapeGpu.Polish;

/// <summary>Newton's steps by products with the Hessian alone: conjugate gradients on H p = −∇f, for the points of all lanes side by side.</summary>
/// <remarks>
/// It ends when the residual is short against the gradient, so that the next step is as much shorter, or where the curvature along a direction is not
/// positive: what has been gathered by then leads downhill. R. Dembo, T. Steihaug, Truncated-Newton algorithms for large-scale unconstrained
/// optimization (Mathematical Programming 26, 1983).
/// </remarks>
internal sealed class ConjugateDirections : IDirections
{
    // Every step gains four digits; three take a descent's endpoint to the floor of rounding.
    private const double Residual = 1e-4;

    private readonly Derivatives derivatives;
    private readonly Lanes lanes;
    private readonly HeldSides sides;
    private readonly AlignedMemory data;
    private readonly Equations[] systems;
    private readonly int most;

    /// <param name="objective">The landscape.</param>
    /// <param name="derivatives">Its derivatives, whose Hessian comes as products.</param>
    /// <param name="together">How many threads make one product, where it is of matrices.</param>
    public ConjugateDirections(Objective objective, Derivatives derivatives, int together)
    {
        this.derivatives = derivatives;
        lanes = new(derivatives.Curvature, together);
        sides = new(objective.Region, derivatives.Dimension);
        data = derivatives.Curvature.NewData(objective.Parameters, objective.Replaced);
        systems = [.. Enumerable.Range(0, lanes.Count).Select(_ => new Equations(derivatives.Dimension))];
        // In exact arithmetic d products are enough; where so many have not been, the step so far is as good as any.
        most = Math.Min(2 * derivatives.Dimension, 500);
    }

    public bool KnowsSides => true;

    public Walk NewWalk() => new PolishWalk(derivatives.Dimension, sides, isPlain: true);

    public long Find(Walk[] walks)
    {
        for (var l = 0; l < walks.Length; l++)
        {
            systems[l].Begin((PolishWalk)walks[l], sides);
            lanes.Write(derivatives.At, l, walks[l].Point);
        }

        var products = 0L;
        for (var k = 0; k < most && systems.Any(s => s.IsOpen); k++)
        {
            for (var l = 0; l < systems.Length; l++)
            {
                lanes.Write(derivatives.Direction!, l, systems[l].Search);
            }

            _ = k == 0 ? lanes.Run(data) : lanes.RunAgain(data);
            for (var l = 0; l < systems.Length; l++)
            {
                if (systems[l].IsOpen)
                {
                    products++;
                    lanes.Read(derivatives.Result, l, systems[l].Product);
                    systems[l].Advance();
                }
            }
        }

        return products;
    }

    public bool Turn(Walk walk, int lane) => ((PolishWalk)walk).Turn();

    public void Dispose()
    {
        lanes.Dispose();
        data.Dispose();
    }

    /// <summary>The equations of one lane.</summary>
    private sealed class Equations(int d)
    {
        private readonly double[] left = new double[d];
        private (ActiveConstraint Side, double Multiplier)[] held = [];
        private double[] solution = [];
        private double square;
        private double enough;

        public bool IsOpen { get; private set; }

        public double[] Search { get; } = new double[d];

        public double[] Product { get; } = new double[d];

        public void Begin(PolishWalk walk, HeldSides sides)
        {
            IsOpen = walk is { Item: >= 0, IsTurning: true };
            if (!IsOpen)
            {
                return;
            }

            solution = walk.Direction;
            held = [.. sides.HoldingAt(walk.Point, walk.Gradient).Select(side => (side, side.Multiplier(walk.Gradient)))];
            for (var i = 0; i < d; i++)
            {
                (solution[i], left[i]) = (0, -walk.Gradient[i]);
            }

            Free(left);
            left.CopyTo(Search, 0);

            square = Inner.Product(left, left);
            // A residual below the gradient's own rounding is none.
            enough = Math.Max(square * Residual * Residual, walk.Errors.Where(double.IsFinite).Sum(e => e * e));
            IsOpen = square > 0;
        }

        /// <summary>One step of conjugate gradients, given the product with the search direction.</summary>
        public void Advance()
        {
            // P(H + μκ)P, with P without the normals of the sides that hold.
            foreach (var (side, multiplier) in held)
            {
                for (var i = side.First; side.Curvature != 0 && i < side.First + side.Normal.Length; i++)
                {
                    Product[i] += multiplier * side.Curvature * Search[i];
                }
            }

            Free(Product);

            var curvature = Inner.Product(Search, Product);
            // Less is rounding: H is symmetric, and this is a mean of its eigenvalues.
            if (!(curvature > Stationarity.UnitRoundoff * Math.Sqrt(Inner.Product(Search, Search) * Inner.Product(Product, Product))))
            {
                if (solution.All(e => e == 0))
                {
                    left.CopyTo(solution, 0);
                }

                IsOpen = false;
                return;
            }

            var step = square / curvature;
            for (var i = 0; i < d; i++)
            {
                solution[i] += step * Search[i];
                left[i] -= step * Product[i];
            }

            // What rounding leaves along a normal has no curvature to be taken away by, and would be all that is left in the end.
            Free(left);
            var next = Inner.Product(left, left);
            for (var i = 0; i < d; i++)
            {
                Search[i] = left[i] + (next / square * Search[i]);
            }

            square = next;
            IsOpen = square > enough;
        }

        private void Free(double[] v)
        {
            // Once leaves the rounding of the part that is taken out, which may be all of a gradient; twice is enough.
            for (var turn = 0; turn < 2; turn++)
            {
                foreach (var (side, _) in held)
                {
                    side.Remove(v);
                }
            }
        }
    }
}
