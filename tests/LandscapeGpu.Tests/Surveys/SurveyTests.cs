namespace LandscapeGpu.Tests.Surveys;

public class SurveyTests
{
    [Fact]
    public void Telling_apart_again_gives_what_a_fresh_survey_gives()
    {
        var cluster = Catalogue.Find("lennard-jones").Create();
        var first = Survey.Run(cluster, new() { Restarts = 1500 });
        foreach (var (identity, tolerance) in new (IdentityKind, double?)[] { (IdentityKind.Fingerprint, null), (IdentityKind.Symmetry, 1e-2), (IdentityKind.Fingerprint, 1e-1) })
        {
            var fresh = Survey.Run(cluster, new() { Restarts = 1500, Identity = identity, Tolerance = tolerance });
            var again = Survey.Identify(first, identity, tolerance);
            Assert.Equal(fresh.Minima.Select(m => (m.Value, m.Count)), again.Minima.Select(m => (m.Value, m.Count)));
            Assert.Equal(fresh.IdentityMargin, again.IdentityMargin);
            Assert.Equal(fresh.Outcomes, again.Outcomes);
        }
    }

    [Fact]
    public void Running_until_a_coverage_reaches_it()
    {
        var found = Survey.Run(Catalogue.Find("rastrigin").Create(2), new() { Restarts = 50, UntilCoverage = 0.99, Budget = 100_000 });
        Assert.InRange(found.Restarts, 51, 20_000);
        Assert.Equal(found.Restarts, found.Outcomes.Total);
        Assert.True(found.Coverage.GoodTuringLow >= 0.99 || found.Coverage.GoodTuring >= 0.99);
        Assert.True(found.Minima.Count > 110);
    }

    [Fact]
    public void Running_until_a_coverage_out_of_reach_ends_with_the_budget()
    {
        var found = Survey.Run(Catalogue.Find("rastrigin").Create(8), new() { Restarts = 100, UntilCoverage = 0.9, Budget = 2500 });
        Assert.Equal(2500, found.Restarts);
        Assert.True(found.Coverage.GoodTuring < 0.9);
    }

    [Fact]
    public void Restarts_that_start_on_a_saddle_are_reported_as_a_saddle_not_a_minimum()
    {
        var wells = Objective.Define("wells", 2, x => Square(Square(x[0]) - 1) + Square(x[1]));
        var found = Survey.Run(wells, new() { Restarts = 40, Starts = new GivenPoints([0, 0], [0.5, 0.3]) });
        Assert.Equal(1, Assert.Single(found.Minima).Value is var v && Math.Abs(v) < 1e-12 ? 1 : 0);
        var saddle = Assert.Single(found.Stationary);
        Assert.Equal((20, 1), (saddle.Count, saddle.Index));
        // The Hessian there is diag(−4, 2), computed without rounding.
        Assert.Equal([-4, 2], saddle.Eigenvalues);
    }

    [Fact]
    public void A_formula_that_is_nowhere_a_number_has_no_minima_and_says_why()
    {
        var nowhere = Objective.Define("nowhere", 2, x => Log(-1 - Square(x[0])) + x[1]);
        var found = Survey.Run(nowhere, new() { Restarts = 100 });
        Assert.Empty(found.Minima);
        Assert.Equal(100, found.Outcomes.NotFinite);
    }

    [Fact]
    public void A_formula_that_is_infinite_everywhere_has_no_minima_and_says_why()
    {
        var infinite = Objective.Define("infinite", 2, x => Exp(1000 + Square(x[0])) + Square(x[1]));
        var found = Survey.Run(infinite, new() { Restarts = 100 });
        Assert.Empty(found.Minima);
        Assert.Equal(100, found.Outcomes.NotFinite);
    }

    [Fact]
    public void A_constant_is_flat_in_all_directions_wherever_it_is_looked_at()
    {
        var flat = Objective.Define("flat", 3, x => 7);
        var found = Survey.Run(flat, new() { Restarts = 100 });
        Assert.Equal(100, found.Outcomes.Converged);
        Assert.Equal(100, found.Minima.Sum(m => m.Count));
        Assert.All(found.Minima, m => Assert.Equal((7, 3), (m.Value, m.FlatDirections)));
    }

    [Fact]
    public void A_linear_formula_is_left_downhill()
    {
        var slope = Objective.Define("slope", 2, x => (3 * x[0]) - x[1]);
        // L-BFGS takes steps of length 1 here: its ten thousand iterations reach this distance.
        var found = Survey.Run(slope, new() { Restarts = 50, Descent = new() { Stop = new() { Escape = 1000 } } });
        Assert.Equal(50, found.Outcomes.LeftDomain);
        Assert.Empty(found.Minima);
    }

    [Fact]
    public void A_quartic_ends_at_its_degenerate_minimum()
    {
        var quartic = Objective.Define("quartic", 2, x => Pow(x[0], 4) + Square(x[1] - 1));
        var found = Survey.Run(quartic, new() { Restarts = 200 });
        Assert.Equal(200, found.Outcomes.Total);
        Assert.Equal(200, found.Minima.Sum(m => m.Count));
        // Where the value is below 1e-21 it says nothing more about x: |x| = 5e-6, on either side.
        Assert.All(found.Minima, m => Assert.Equal(0, m.Point[0], 1e-5));
        Assert.All(found.Minima, m => Assert.Equal((StationaryKind.DegenerateMinimum, 1), (m.Kind, m.FlatDirections)));
        // Polishing leaves those two sides 1e-5 apart, which identity by location tells from one another.
        Assert.InRange(found.Minima.Count, 1, 2);
    }

    [Fact]
    public void Three_hundred_coordinates_are_refined_and_classified_without_full_hessians()
    {
        const int D = 300;
        var bowl = Objective.Define("chain", D, x => Sum(D, i => Pow(x[i] - 1, 4) + Square(x[i] - 1)) + Sum(D - 1, i => 0.5 * Square(x[i + 1] - x[i])));
        var found = Survey.Run(bowl, new() { Restarts = 40, Starts = new Gaussian(1) });
        var minimum = Assert.Single(found.Minima);
        Assert.Equal(40, minimum.Count);
        Assert.All(minimum.Point, p => Assert.Equal(1, p, 1e-6));
        // The Hessian is 2I + the path's Laplacian, whose eigenvalues are 2 − 2cos(πk/d).
        Assert.Equal(2, minimum.Eigenvalues[0], 1e-4);
        Assert.Equal(4 - (2 * Math.Cos(Math.PI * (D - 1) / D)), minimum.Sharpness, 1e-3);
        Assert.Equal(0, minimum.Index);
    }

    [Fact]
    public void Parameters_change_the_landscape_without_a_new_formula()
    {
        var tilt = new Parameter("tilt", 0);
        var wells = Objective.Define("wells", 1, x => Square(Square(x[0]) - 1) + (tilt * x[0]));
        Assert.Equal(2, Survey.Run(wells, new() { Restarts = 100 }).Minima.Count);
        // Beyond 8/(3√3) ≈ 1.54 one of the wells is gone.
        Assert.Single(Survey.Run(wells.With("tilt", 2), new() { Restarts = 100 }).Minima);
    }

    [Fact]
    public void A_cancelled_survey_reports_what_it_has()
    {
        using var cancellation = new CancellationTokenSource();
        var found = Survey.Run(
            Catalogue.Find("rastrigin").Create(10),
            new() { Restarts = 200_000 },
            progress => Cancel(progress, cancellation),
            cancellation.Token);
        Assert.True(found.Stopped);
        Assert.Equal(200_000, found.Outcomes.Total);
        Assert.True(found.Outcomes.Unfinished > 0 && found.Minima.Count > 0);

        static void Cancel(SurveyProgress progress, CancellationTokenSource source)
        {
            if (progress is { Stage: "descent", Done: > 500 })
            {
                source.Cancel();
            }
        }
    }

    [Theory]
    [InlineData("perceptron")]
    [InlineData("himmelblau")]
    public void How_many_gradients_it_took_is_the_same_for_every_number_of_threads_and_width_of_vectors(string name)
    {
        // A perceptron is polished in many turns, in which lanes wait for one another.
        long Evaluations(int threads, int bits) => Survey.Run(Catalogue.Find(name).Create(), new() { Restarts = 60, Threads = threads, VectorBits = bits }).GradientEvaluations;
        var one = Evaluations(1, 128);
        Assert.Equal(one, Evaluations(2, 128));
        Assert.Equal(one, Evaluations(2, 256));
    }
}
