namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>½ Σₖ (1 − k/T)(rₖ − r*ₖ)²: the population risk of a linear recurrent network on white inputs, by its impulse response r.</summary>
/// <remarks>
/// yₜ = Σⱼ aⱼ yₜ₋ⱼ + Σⱼ bⱼ uₜ₋ⱼ, a linear state of n numbers in canonical form, from rest, on sequences of T inputs u that are independent with variance 1: the mean
/// of ½(yₜ − y*ₜ)² over t and u is a sum over lags, in which lag k is met T − k times. r depends on a by powers, so that the risk is not convex; Hardt, Ma
/// and Recht (2018) show it weakly quasi-convex where the poles of a stay in a region. The network that the data are made from has the poles 0.7, −0.49, 0.343, … .
/// Coordinates are a₁ … aₙ, b₁ … bₙ.
/// </remarks>
internal sealed class LinearRecurrent() : Family(
    "linear-recurrent", "a linear recurrent network on white inputs: one minimum where it is stable", 2,
    "Hardt, Ma and Recht (2018), Gradient descent learns linear dynamical systems, JMLR 19, 29")
{
    public override IReadOnlyList<Setting> Settings => [new("states", 1, "the length n of the hidden state"), new("length", 20, "the length T of the sequences")];

    protected override Objective Build(Choices choices)
    {
        var (n, length) = (choices.Whole("states", 1, 20), choices.Whole("length", 1, 200));
        if (length < 2 * n)
        {
            throw new ArgumentException($"{Name} was given length={length} and states={n}; fewer lags than the {2 * n} coordinates do not tell networks apart.");
        }

        var truth = Truth(n);
        var (response, weight) = (new Data("r", Response(truth, n, length, (a, b) => a * b, (a, b) => a + b)), new Data("weight", [.. Enumerable.Range(0, length).Select(k => 1 - ((double)k / length))]));
        return Objective.DefineModel(
            Name, 2 * n,
            x => Vector(Response([.. Enumerable.Range(0, 2 * n).Select(i => x[i])], n, length, (a, b) => a * b, (a, b) => a + b)),
            r => 0.5 * Sum(length, k => weight[k] * Square(r[k] - response[k]))) with
        {
            Starts = new Gaussian(0.3 / Math.Sqrt(n)),
            Known = new() { GlobalValue = 0, Points = [truth], PointError = 1e-9 },
        };
    }

    /// <summary>aⱼ from the poles 0.7, −0.7², 0.7³, …: zⁿ − Σ aⱼzⁿ⁻ʲ = Π (z − pᵢ); b = 1.3, −1.3/2, 1.3/3, …, which no pole cancels.</summary>
    private static double[] Truth(int n)
    {
        double[] polynomial = [1];
        for (var i = 1; i <= n; i++)
        {
            var pole = -Math.Pow(-0.7, i);
            polynomial = [.. Enumerable.Range(0, i + 1).Select(k => (k < i ? polynomial[k] : 0) - (k > 0 ? pole * polynomial[k - 1] : 0))];
        }

        return [.. polynomial.Skip(1).Select(c => -c), .. Enumerable.Range(1, n).Select(j => (j % 2 == 0 ? -1.3 : 1.3) / j)];
    }

    /// <summary>rₖ = Σⱼ aⱼ rₖ₋ⱼ + bₖ₊₁.</summary>
    private static T[] Response<T>(T[] x, int n, int length, Func<T, T, T> times, Func<T, T, T> plus)
    {
        var r = new T[length];
        for (var k = 0; k < length; k++)
        {
            var terms = Enumerable.Range(1, Math.Min(n, k)).Select(j => times(x[j - 1], r[k - j]));
            r[k] = (k < n ? terms.Append(x[n + k]) : terms).Aggregate(plus);
        }

        return r;
    }
}
