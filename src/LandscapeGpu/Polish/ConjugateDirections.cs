namespace LandscapeGpu.Polish;

/// <summary>Newton's steps by products with the Hessian alone: conjugate gradients on H p = −∇f, for the points of all lanes side by side.</summary>
/// <remarks>
/// It ends when the residual is short against the gradient, so that the next step is as much shorter, or where the curvature along a direction is not
/// positive: what has been gathered by then leads downhill. R. Dembo, T. Steihaug, Truncated-Newton algorithms for large-scale unconstrained
/// optimization (Mathematical Programming 26, 1983).
/// </remarks>
/// <param name="objective">The landscape.</param>
/// <param name="derivatives">Its derivatives, whose Hessian comes as products.</param>
/// <param name="together">How many threads make one product, where it is of matrices.</param>
internal sealed class ConjugateDirections(Objective objective, Derivatives derivatives, int together) : IDirections
{
    // Every step gains four digits; three take a descent's endpoint to the floor of rounding.
    private const double Residual = 1e-4;

    // In exact arithmetic d products are enough; where so many have not been, the step so far is as good as any.
    private readonly int most = Math.Min(2 * derivatives.Dimension, 500);
    private readonly Lanes lanes = objective.OnLanes(derivatives.Curvature, together);
    private readonly HeldSides sides = new(objective.Region, derivatives.Dimension);
    private readonly Equations[] systems = [.. Enumerable.Range(0, derivatives.Curvature.Layout.Restarts).Select(_ => new Equations(derivatives.Dimension))];

    public bool KnowsSides => true;

    public Walk NewWalk() => new ProductWalk(derivatives.Dimension, sides);

    public long Find(Walk[] walks)
    {
        for (var l = 0; l < walks.Length; l++)
        {
            systems[l].Begin((ProductWalk)walks[l], sides);
            lanes.Write(derivatives.At, l, walks[l].Point);
        }

        var products = 0L;
        for (var k = 0; k < most && systems.Any(s => s.IsOpen); k++)
        {
            for (var l = 0; l < systems.Length; l++)
            {
                lanes.Write(derivatives.Direction!, l, systems[l].Search);
            }

            _ = k == 0 ? lanes.Run() : lanes.RunAgain();
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

        foreach (var system in systems)
        {
            system.End();
        }

        return products;
    }

    public bool Turn(Walk walk, int lane) => ((PolishWalk)walk).Turn();

    public void Dispose() => lanes.Dispose();

    /// <summary>The equations of one lane.</summary>
    private sealed class Equations(int d)
    {
        private readonly double[] left = new double[d];
        private (ActiveConstraint Side, double Multiplier)[] held = [];
        private double[] solution = [];
        private ProductWalk? walk;
        private double square;
        private double enough;
        private double least;
        private double stiffest;
        private bool isSaddle;

        public bool IsOpen { get; private set; }

        public double[] Search { get; } = new double[d];

        public double[] Product { get; } = new double[d];

        public void Begin(ProductWalk walk, HeldSides sides)
        {
            IsOpen = walk is { Item: >= 0, IsTurning: true };
            this.walk = IsOpen ? walk : null;
            if (!IsOpen)
            {
                return;
            }

            (least, stiffest, isSaddle) = (double.PositiveInfinity, 0, false);
            solution = walk.Direction;
            held = [.. sides.HoldingAt(walk.Point, walk.Gradient).Select(side => (side, side.Multiplier(walk.Gradient)))];
            for (var i = 0; i < d; i++)
            {
                (solution[i], left[i]) = (0, -walk.Gradient[i]);
            }

            Free(left);
            left.CopyTo(Search, 0);

            square = Inner.Product(left, left);
            enough = square * Residual * Residual;
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
            var length = Inner.Product(Search, Search);
            stiffest = Math.Max(stiffest, Math.Sqrt(Inner.Product(Product, Product) / length));
            // Less is rounding: H is symmetric, and this is a mean of its eigenvalues. What of the gradient no curvature takes away, as beside a kink, is all that is left in the end.
            if (!(curvature > Stationarity.UnitRoundoff * stiffest * length))
            {
                isSaddle = curvature < 0;
                if (solution.All(e => e == 0))
                {
                    // As long as the curvature says, whatever its sign: on a tail no step is short that leads to where the slope is another. Without any, as long as a step may be.
                    left.CopyTo(solution, 0);
                    Inner.Scale(curvature < 0 ? square / -curvature : walk!.Reach / Math.Sqrt(square), solution);
                }

                IsOpen = false;
                return;
            }

            least = Math.Min(least, curvature / length);
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
            IsOpen = square > enough && !IsRounding();
        }

        /// <summary>Tells the walk how well its step is solved for.</summary>
        public void End() => walk?.Solved(least < double.PositiveInfinity ? 1 / least : 0, Math.Sqrt(square), isSaddle, IsOpen);

        /// <summary>Each entry of the residual is below its own rounding: some are known much better than others, and one of them alone may be what is left of the gradient.</summary>
        private bool IsRounding()
        {
            for (var i = 0; i < d; i++)
            {
                if (!(Math.Abs(left[i]) <= walk!.Errors[i]))
                {
                    return false;
                }
            }

            return true;
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
