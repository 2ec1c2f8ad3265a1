namespace LandscapeGpu.Tests.Objectives;

/// <summary>What theory says about the landscapes of networks and of coupled systems, seen by surveys.</summary>
public class NetworkLandscapeTests
{
    [Theory]
    [InlineData("deep-linear")]
    [InlineData("deep-linear width=1 layers=2")]
    [InlineData("deep-linear inputs=3 outputs=3 width=2 layers=2")]
    [InlineData("deep-linear inputs=2 outputs=2 width=3 layers=4")]
    [InlineData("linear-residual")]
    public void Every_minimum_of_a_linear_network_is_global_and_computes_the_same_map(string name)
    {
        var result = Survey.Run(CatalogueMembers.Find(name), new() { Restarts = 500 });
        var minimum = Assert.Single(result.Minima);
        Assert.Equal(result.Objective.Known.GlobalValue!.Value, minimum.Value, 1e-12);
        // Weights that compute the same map form a surface: the orbit of changes of basis between layers, and nothing beyond.
        Assert.True(minimum.FlatDirections > 0);
        Assert.Equal(minimum.FlatDirections, minimum.Orbit!.Dimension);
        Assert.True(result.Outcomes.Converged > 400);
    }

    [Fact]
    public void The_origin_of_a_deep_linear_network_is_a_saddle_without_curvature()
    {
        var objective = CatalogueMembers.Find("deep-linear");
        var random = new Random(1);
        double Change(double h)
        {
            double[] x = [.. Enumerable.Range(0, objective.Dimension).Select(_ => h * ((2 * random.NextDouble()) - 1))];
            return objective.Evaluate(x) - objective.Evaluate(new double[objective.Dimension]);
        }

        // Three layers: the value changes with the cube of the distance, in both directions.
        double[] changes = [.. Enumerable.Range(0, 50).Select(_ => Change(1e-2))];
        Assert.All(changes, c => Assert.InRange(Math.Abs(c), 0, 1e-4));
        Assert.Contains(changes, c => c > 0);
        Assert.Contains(changes, c => c < 0);
    }

    [Fact]
    public void Six_relu_units_find_the_teacher_or_one_spurious_minimum()
    {
        var objective = CatalogueMembers.Find("two-layer-relu");
        var result = Survey.Run(objective, new() { Restarts = 2000 });
        Assert.Equal(2, result.Minima.Count);
        Assert.Equal(0, result.Minima[0].Value, 1e-13);
        // Weights at the global minimum are the unit vectors: one 1 in every row.
        Assert.All(result.Minima[0].Point.Chunk(6), row => Assert.Equal(1, row.Max(), 1e-7));
        // Safran and Shamir (2018) report spurious minima for six units, rare ones.
        Assert.Equal(0.025080581, result.Minima[1].Value, 1e-8);
        Assert.True(result.Minima[1].Share < 0.02 && result.Minima[1].Eigenvalues[0] > 1e-3);
        // The declared symmetry merges what value and spectrum merge.
        Assert.Equal(2, Survey.Identify(result, IdentityKind.Fingerprint).Minima.Count);
    }

    [Fact]
    public void Fewer_relu_units_find_the_teacher_always()
    {
        var result = Survey.Run(CatalogueMembers.Find("two-layer-relu units=4"), new() { Restarts = 500 });
        Assert.Equal(0, Assert.Single(result.Minima).Value, 1e-13);
    }

    [Theory]
    [InlineData("perceptron width=2 teacher=2", 4 * 2)]
    [InlineData("perceptron width=2 teacher=2 activation=sigmoid", 4 * 2)]
    public void A_networks_minima_are_counted_once_for_all_orders_and_signs_of_its_units(string name, int images)
    {
        var result = Survey.Run(CatalogueMembers.Find(name), new() { Restarts = 2000 });
        var global = result.Minima[0];
        Assert.InRange(global.Value, 0, 1e-20);
        Assert.True(result.Minima.Count == 1 || result.Minima[1].Value > 1e-10);
        // Two units: 2! orders times 2² signs, all of which restarts find.
        var located = Survey.Identify(result, IdentityKind.Location).Minima.Where(m => m.Value < 1e-20).ToList();
        Assert.Equal(images, located.Count);
        Assert.Equal(global.Count, located.Sum(m => m.Count));
        // The fingerprint needs no declaration and agrees, where the symmetry keeps lengths; the logistic function's moves the output's bias,
        // and with it the Hessian's spectrum.
        var seen = Survey.Identify(result, IdentityKind.Fingerprint).Minima.Count(m => m.Value < 1e-20);
        Assert.True(name.Contains("sigmoid", StringComparison.Ordinal) ? seen > 1 : seen == 1);
    }

    [Theory]
    [InlineData("perceptron width=2 noise=0.3 decay=0.001", 1000)]
    [InlineData("perceptron noise=0.3 decay=0.0001", 1000)]
    [InlineData("perceptron width=4 noise=0.3 decay=0.0001", 500)]
    [InlineData("perceptron width=2 layers=2 noise=0.3 decay=0.001", 1000)]
    [InlineData("perceptron width=2 layers=2 skip=on noise=0.3 decay=0.001", 500)]
    [InlineData("perceptron width=3 layers=2 decay=0.01", 300)]
    [InlineData("perceptron width=2 activation=relu noise=0.3 decay=0.01", 300)]
    [InlineData("perceptron width=2 layers=2 activation=sigmoid decay=0.0001", 300)]
    public void The_quotient_by_the_declared_symmetry_has_as_many_minima_as_there_are_fingerprints(string name, int restarts)
    {
        var result = Survey.Run(CatalogueMembers.Find(name), new() { Restarts = restarts });
        // Units whose kinks lie at samples end descents there.
        Assert.DoesNotContain(result.Warnings, w => w.Code != Warning.Kinks);
        Assert.True(result.Outcomes.Converged > restarts / 10);
        var fingerprints = Survey.Identify(result, IdentityKind.Fingerprint);
        Assert.Equal(fingerprints.Minima.Select(m => (m.Value, m.Count)), result.Minima.Select(m => (m.Value, m.Count)));
        // By location images are apart: never more of them than the orbit has.
        var located = Survey.Identify(result, IdentityKind.Location);
        Assert.True(located.Minima.Count > result.Minima.Count);
        Assert.True(located.Minima.Count <= result.Minima.Sum(m => (int)m.Orbit!.Size!.Value));
    }

    [Fact]
    public void Minima_that_differ_in_idle_relu_units_alone_are_one()
    {
        // Data of one unit: one finds it, and where the other has gone silent it may be anywhere. Three incoming weights and an outgoing one, and the first's scale.
        var result = Survey.Run(CatalogueMembers.Find("perceptron width=2 teacher=1 activation=relu"), new() { Restarts = 500 });
        var silent = Assert.Single(result.Minima, m => m.Value < 1e-20 && m.Orbit!.Dimension == 5);
        Assert.Equal(5, silent.FlatDirections);
        Assert.True(silent.Count > 5, $"{silent.Count}");
    }

    [Fact]
    public void Decay_that_is_switched_on_later_leaves_the_symmetry_that_it_allows()
    {
        var network = CatalogueMembers.Find("perceptron activation=relu width=2").With("decay", 0.01);
        var result = Survey.Run(network, new() { Restarts = 300 });
        // Units whose kinks lie at samples end descents there.
        Assert.DoesNotContain(result.Warnings, w => w.Code != Warning.Kinks);
        Assert.All(result.Minima, m => Assert.Equal((0, 2), (m.Orbit!.Dimension, (int)m.Orbit.GroupOrder)));
    }

    [Fact]
    public void Scales_of_relu_units_are_flat_directions_of_one_minimum()
    {
        var result = Survey.Run(CatalogueMembers.Find("perceptron activation=relu width=2 teacher=2"), new() { Restarts = 1000 });
        var global = result.Minima[0];
        Assert.InRange(global.Value, 0, 1e-20);
        Assert.Equal((2, 2, 0), (global.FlatDirections, global.Orbit!.Dimension, global.FlatBeyondOrbit));
        Assert.Equal(1, result.Minima.Count(m => m.Value < 1e-20));
        Assert.True(global.Count > 100);
    }

    [Theory]
    [InlineData(8, 1000, 3)]
    [InlineData(12, 10_000, 5)]
    public void A_ring_of_rotors_has_a_minimum_for_every_winding(int n, int restarts, int count)
    {
        // Basins of the outermost windings of twelve rotors are a thousandth each.
        var result = Survey.Run(CatalogueMembers.Find($"xy-ring d={n}"), new() { Restarts = restarts });
        Assert.Equal(count, result.Minima.Count);
        Assert.Equal(count, result.Objective.Known.Count);
        double[] energies = [.. Enumerable.Range(-(count / 2), count).Select(q => -n * Math.Cos(2 * Math.PI * q / n)).Order()];
        Assert.All(energies.Zip(result.Minima), p => Assert.Equal(p.First, p.Second.Value, 1e-10));
        // A common rotation.
        Assert.All(result.Minima, m => Assert.Equal(1, m.FlatDirections));
    }

    [Theory]
    [InlineData("phi4-chain", 64)]
    [InlineData("phi4-chain coupling=0.05", 64)]
    [InlineData("phi4-chain coupling=2", 2)]
    public void Coupling_merges_the_minima_of_a_chain(string name, int count) =>
        Assert.Equal(count, Survey.Run(CatalogueMembers.Find(name), new() { Restarts = 2000 }).Minima.Count);

    [Fact]
    public void Confinement_takes_a_landscape_from_glassy_to_convex_without_compiling_again()
    {
        var objective = CatalogueMembers.Find("glassy");
        int[] counts = [.. new[] { 0.2, 0.5, 1, 3, 100 }.Select(k => Survey.Run(objective.With("confinement", k), new() { Restarts = 2000 }).Minima.Count)];
        Assert.Equal(counts.OrderDescending(), counts);
        Assert.True(counts[0] > 30);
        Assert.Equal(1, counts[^1]);
        Assert.Null(objective.With("confinement", 100).Known.Count);
        Assert.Equal(1, CatalogueMembers.Find("glassy confinement=100").Known.Count);
    }
}
