using LandscapeGpu.Arithmetic;

namespace LandscapeGpu.Expressions;

/// <summary>Whether a formula has one value and one slope on both sides of where its pieces tie, as Huber's loss ½r², δ|r| − ½δ² does at |r| = δ, and as max(|r| − ε, 0) does at r = 0.</summary>
/// <remarks>
/// An identity of formulas, tested as one: what ties is given a number t of its own, everything else that changes a random one, and value and slope are compared beside the numbers t where the pieces tie. Where they
/// meet with one slope their differences vanish with the distance; a kink leaves one, and so does what has an infinite curvature. That such numbers are independent, which they may not be, only makes the test
/// stricter. J. Schwartz, Fast probabilistic algorithms for verification of polynomial identities (Journal of the ACM 27, 1980).
/// </remarks>
internal sealed class OneSlope
{
    private const int Trials = 8;

    // What is asked of each tie is a formula of a few operations; a large one is left as it is.
    private const int MostNodes = 300;

    // Two distances of which one is a 1024th of the other: what vanishes with them does so by as much, but for roundings. From 0, where numbers have no last digit, any distance is small beside no other tie.
    private const double Near = 1.0 / (1 << 20);
    private static readonly double NearZero = Math.ScaleB(1, -100);
    private const double Nearer = 1.0 / 1024;

    private readonly Point point = new("t", 1);
    private readonly Dictionary<Real, (Real Node, bool IsLoose)> rebuilt = new(ReferenceEqualityComparer.Instance);
    private readonly Random random;
    private readonly Real core;
    private readonly Func<Real, bool> ties;

    private OneSlope(Random random, Real core, Func<Real, bool> ties) => (this.random, this.core, this.ties) = (random, core, ties);

    /// <summary>Whether a node has one slope there; false where nobody can tell.</summary>
    /// <param name="node">What may have a kink.</param>
    /// <param name="zero">What is 0 where pieces tie.</param>
    /// <param name="core">What of it is given a number.</param>
    /// <param name="ties">Whether a node's own pieces tie there: it takes the one that counts. Of others, whose choice hangs on what is random, any.</param>
    public static bool At(Real node, Real zero, Real core, Func<Real, bool> ties) => Trace.Continue(new Trace(), () => IsAt(node, zero, core, ties));

    private static bool IsAt(Real node, Real zero, Real core, Func<Real, bool> ties)
    {
        var (random, seen) = (new Random(1), 0);
        for (var k = 0; k < Trials; k++)
        {
            var trial = new OneSlope(random, core, ties);
            var (value, difference) = (trial.Rebuilt(node).Node, trial.Rebuilt(zero).Node);
            if (trial.rebuilt.Count > MostNodes)
            {
                return false;
            }

            foreach (var t in trial.Roots(difference))
            {
                if (!trial.MeetsAt(t, value))
                {
                    return false;
                }

                seen++;
            }
        }

        return seen >= Trials / 2;
    }

    /// <summary>A node as a formula of t, and whether it hangs on a random number.</summary>
    private (Real Node, bool IsLoose) Rebuilt(Real n)
    {
        if (ReferenceEquals(n, core))
        {
            return (point[0], false);
        }

        if (n.IsConstant || rebuilt.Count > MostNodes)
        {
            return (n, false);
        }

        if (!rebuilt.TryGetValue(n, out var result))
        {
            rebuilt[n] = result = Rebuild(n);
        }

        return result;
    }

    private (Real Node, bool IsLoose) Rebuild(Real n)
    {
        switch (n.Operation)
        {
            case Operation.Parameter when n.Parameter.Value != 0:
                // A setting keeps its sign, and data keep theirs.
                return (n.Parameter.Value * Math.ScaleB(1 + random.NextDouble(), random.Next(-1, 1)), false);
            case Operation.Element when n.Vector is Data { Values: var given } && (given.All(v => v > 0) || given.All(v => v < 0)):
                return (given[random.Next(given.Length)] * (1 + random.NextDouble()), false);
            case Operation.Parameter or Operation.Element or Operation.FromIndex or Operation.Sum or Operation.IndexLess or Operation.IndexEqual:
                return (Math.ScaleB(1 + random.NextDouble(), random.Next(-4, 4)) * (random.Next(2) == 0 ? 1 : -1), true);
        }

        var operands = n.Operands.Select(Rebuilt).ToArray();
        Real[] nodes = [.. operands.Select(o => o.Node)];
        var isLoose = operands.Any(o => o.IsLoose);
        if (!ties(n))
        {
            // Which piece counts is not known: any may.
            switch (n.Operation)
            {
                case Operation.Select when operands[0].IsLoose:
                    return (nodes[1 + random.Next(2)], true);
                case Operation.Min or Operation.Max when isLoose:
                    return (nodes[random.Next(2)], true);
                case Operation.Abs when isLoose:
                    return (random.Next(2) == 0 ? nodes[0] : -nodes[0], true);
                case Operation.And or Operation.Or or Operation.Not when isLoose:
                    return (nodes[0], true);
            }
        }

        return (Rewriting.With(n, nodes), isLoose);
    }

    /// <summary>Where a formula of t is zero, or changes its sign: of powers of four on both sides of 0 those between which it does.</summary>
    private IEnumerable<double> Roots(Real difference)
    {
        var at = Along(difference);
        double[] grid = [.. Enumerable.Range(-40, 81).Select(k => -Math.ScaleB(1, -2 * k)), 0, .. Enumerable.Range(-40, 81).Select(k => Math.ScaleB(1, 2 * k))];
        double[] values = [.. grid.Select(t => at(t)[0])];
        for (var k = 0; k < grid.Length; k++)
        {
            if (values[k] == 0)
            {
                yield return grid[k];
            }
            else if (k + 1 < grid.Length && values[k] * values[k + 1] < 0)
            {
                var (low, high) = (grid[k], grid[k + 1]);
                while ((low + high) / 2 is var middle && middle > low && middle < high)
                {
                    var isBelow = at(middle)[0] * values[k] > 0;
                    (low, high) = isBelow ? (middle, high) : (low, middle);
                }

                yield return high;
            }
        }
    }

    private bool MeetsAt(double t, Real value)
    {
        var at = Along(value, ForwardMode.Along(value, point, new ComponentVector([Real.Constant(1)])));
        var distance = t == 0 ? NearZero : Near * Math.Abs(t);
        var (near, nearer) = (Jump(distance), Jump(Nearer * distance));
        return Enumerable.Range(0, near.Length).All(k => Math.Abs(nearer[k].Jump) <= 1.2 * Nearer * Math.Abs(near[k].Jump) || Math.Abs(near[k].Jump) <= 1e-12 * near[k].Size);

        (double Jump, double Size)[] Jump(double h) => [.. at(t - h).Zip(at(t + h), (below, above) => (above - below, Math.Max(Math.Abs(above), Math.Abs(below))))];
    }

    private Func<double, double[]> Along(params Real[] formulas)
    {
        var order = new EvaluationOrder(formulas);
        return t =>
        {
            var run = new Interpreter<double>(DoubleArithmetic.Instance, order, new() { Points = new Dictionary<Point, double[]> { [point] = [t] } });
            return [.. formulas.Select(f => run[f])];
        };
    }
}
