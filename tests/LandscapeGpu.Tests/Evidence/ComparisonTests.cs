namespace LandscapeGpu.Tests.Evidence;

public class ComparisonTests
{
    [Fact]
    public void A_comparison_runs_on_the_device_that_is_named()
    {
        var options = new ComparisonOptions { Contenders = [new() { Descent = new() { Rule = new Lbfgs(), IsDouble = true } }], Restarts = 60, PlateauStarts = 0 };
        var objective = Catalogue.Find("himmelblau").Create();
        var lanes = Comparison.Run(objective, options).Results[0];
        var kernels = Comparison.Run(objective, options with { Device = "reference" });
        Assert.Empty(kernels.Warnings);
        // The same starts in double precision: only one that begins on the edge of two basins can end otherwise.
        Assert.InRange(Math.Abs(lanes.Reached.Count - kernels.Results[0].Reached.Count), 0, 1);
        Assert.Contains("no such device", Assert.Throws<ArgumentException>(() => Comparison.Run(objective, options with { Device = "no such device" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Noise_at_a_saddle_ends_no_restart_and_leads_away_from_it()
    {
        var well = Objective.Define("double well", 2, x => Square(Square(x[0]) - 1) + Square(x[1]));
        var options = new ComparisonOptions
        {
            Restarts = 40,
            PlateauStarts = 0,
            Starts = new GivenPoints([0.0, 0.0], 2),
            Contenders = [.. new[] { 0.0, 1e-4 }.Select(t => new Contender { Descent = new() { Rule = new GradientDescent { Step = 0.05 }, Temperature = t, IsDouble = true, Stop = new() { Iterations = 500 } } })],
        };
        var seen = Comparison.Run(well, options).Results;
        // Exactly at the saddle the gradient is 0: without noise a restart ends there at once.
        Assert.Equal((0, 40), (seen[0].Reached.Count, seen[0].Outcomes.Converged));
        Assert.Equal((40, 0), (seen[1].Reached.Count, seen[1].Outcomes.Converged));
        // f″ = −4 at the saddle along x, 8 at the minima; where noise left them it is a little less or more than 8.
        Assert.Equal(2, seen[0].StoppedSharpness, 1e-9);
        Assert.Equal(8, seen[1].StoppedSharpness, 0.3);
        Assert.All(seen, r => Assert.Equal(40, r.EdgeOfStability, 1e-12));
    }

    [Fact]
    public void Rules_are_compared_from_the_same_starts_by_how_often_they_reach_the_global_value()
    {
        var tilted = Catalogue.Find("tilted-sine").Create();
        var seen = Comparison.Run(tilted, new()
        {
            Restarts = 400,
            PlateauStarts = 0,
            Contenders = [new() { Descent = new() { Rule = new GradientDescent { Step = 0.1 }, IsDouble = true } }, new() { Descent = new() { Rule = new GradientDescent { Step = 0.1 }, Schedule = LandscapeGpu.Descent.Schedule.Exponential(0.999), IsDouble = true } }],
        });
        // Gradient flow from [−10, 10]: the basin of the leftmost interior minimum reaches from the left end to the maximum at acos(−0.2) − 2π.
        var share = (Math.Acos(-0.2) - (2 * Math.PI) + 10) / 20;
        Assert.All(seen.Results, r => Assert.True(r.Reached.Interval.Contains(share), $"{r.Reached.Interval} does not hold {share}"));
        // f″ = −sin x = √(1 − 0.04) at every minimum.
        Assert.All(seen.Results, r => Assert.Equal(Math.Sqrt(0.96), r.MedianSharpness, 1e-6));
        Assert.Equal(2, EvidenceTables.Of(seen).Rows.Count);
        Assert.Contains("most often", seen.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_restart_that_came_to_a_minimum_is_not_stuck_though_its_gradient_is_not_short()
    {
        // At a kink no gradient is short: where one of two kinks is the lower, the other is as good an end.
        Contender[] contenders = [new() { Descent = new() { Rule = new Lbfgs(), IsDouble = true } }];
        foreach (var tilt in new[] { 0, 0.5 })
        {
            var kinks = Objective.Define("kinks", 1, x => Abs(Abs(x[0]) - 1) + (tilt * x[0])) with { Region = Region.Box(1, -3, 3) };
            var seen = Comparison.Run(kinks, new() { Contenders = contenders, Restarts = 40, PlateauStarts = 0 }).Results.Single();
            Assert.Equal((0, 40, 0), (seen.Outcomes.Converged, seen.Outcomes.IterationLimit + seen.Outcomes.Stalled, seen.Stuck));
        }

        // Three steps that are far too short for it come nowhere.
        var still = Comparison.Run(Catalogue.Find("himmelblau").Create(), new() { Contenders = [new() { Descent = new() { Rule = new GradientDescent { Step = 1e-9 }, Stop = new() { Iterations = 3 } } }], Restarts = 40, PlateauStarts = 0 }).Results.Single();
        Assert.Equal((40, 40), (still.Outcomes.IterationLimit, still.Stuck));
    }

    [Fact]
    public void A_rule_that_takes_fewer_gradients_is_seen_to()
    {
        var seen = Comparison.Run(Catalogue.Find("rosenbrock").Create(2), new()
        {
            Restarts = 64,
            PlateauStarts = 0,
            Contenders = new ContenderGrid { Common = new() { IsDouble = true, Stop = new() { Iterations = 100_000 } }, Rules = [new Lbfgs(), new GradientDescent { Step = 1e-4 }] }.All(),
        });
        Assert.True(10 * seen.Results[0].GradientsPerSuccess < seen.Results[1].GradientsPerSuccess);
        Assert.Equal(seen.Results[0].Reached.Count, seen.Results[0].Reached.Total);
    }

    [Fact]
    public void Noise_is_judged_by_the_basin_it_stops_in_though_it_never_converges()
    {
        var seen = Comparison.Run(Catalogue.Find("himmelblau").Create(), new()
        {
            Restarts = 50,
            PlateauStarts = 0,
            Contenders = new ContenderGrid { Common = new() { IsDouble = true, Stop = new() { Iterations = 2_000 } }, Rules = [new GradientDescent { Step = 5e-3 }], Temperatures = [0.01] }.All(),
        }).Results.Single();
        Assert.Equal(50, seen.Outcomes.IterationLimit);
        Assert.Equal(50, seen.Reached.Count);
    }

    [Fact]
    public void Batches_are_counted_by_the_share_of_samples_they_see_and_steps_until_they_are_there_and_stay()
    {
        var seen = Comparison.Run(Catalogue.Find("glm").Create(), new()
        {
            Restarts = 60,
            PlateauStarts = 0,
            Contenders = new ContenderGrid { Common = new() { IsDouble = true, Stop = new() { Iterations = 512, GradientTolerance = 1e-4 } }, Rules = [new Lbfgs(), new GradientDescent { Step = 1 }], Batches = [null, 20] }.All(),
        });
        // L-BFGS takes no batches and is there once.
        Assert.Equal(["lbfgs (memory 5)", "gradient-descent (step 1)", "gradient-descent (step 1), batches of 20"], seen.Results.Select(r => r.Contender.ToString()));
        Assert.All(seen.Results, r => Assert.Equal(60, r.Reached.Count));
        var (whole, batch) = (seen.Results[1], seen.Results[2]);
        Assert.Equal(60, batch.Outcomes.IterationLimit);
        // 512 steps, each a tenth of a gradient.
        Assert.Equal(51.2, batch.GradientsPerSuccess, 1e-9);
        // A mean over twenty samples is not far from the gradient: about as many steps, to the factor of two they are known by.
        Assert.InRange(batch.MedianSteps, whole.MedianSteps / 2, whole.MedianSteps * 2);
        Assert.InRange(batch.MedianSteps, 8, 256);
    }

    [Fact]
    public void Momenta_and_starts_are_compared_as_well_and_what_a_rule_cannot_follow_is_left_out()
    {
        var own = new Gaussian(1);
        var grid = new ContenderGrid
        {
            Momenta = [0.5, 0.8],
            Schedules = [LandscapeGpu.Descent.Schedule.Constant, LandscapeGpu.Descent.Schedule.Cosine(50)],
            Starts = [Samplers.Named("own", own, 2), Samplers.Named("scaled:0.1", own, 2)],
        };
        var all = grid.All();
        // Seven rules with a step size, two of them with two momenta, and the adaptive one: 10 × 2 schedules; L-BFGS, Armijo, Newton and cubic once; from two places.
        Assert.Equal(2 * ((10 * 2) + 4), all.Count);
        Assert.Contains(all, c => c.ToString() == "nesterov (step 0.001, mass 0.5), cosine:50, from scaled:0.1");
        Assert.Equal(all.Count, all.Select(c => c.ToString()).Distinct().Count());
        // Noise for everything leaves only rules that take it; asked for by name, another is kept and says why it cannot.
        Assert.All((grid with { Temperatures = [0.1] }).All(), c => Assert.IsAssignableFrom<CoordinateRule>(c.Descent.Rule));
        var forced = new ContenderGrid { Rules = [new Lbfgs()], Batches = [4] }.All();
        Assert.Throws<ArgumentException>(() => Comparison.Run(Catalogue.Find("glm").Create(), new() { Restarts = 2, Contenders = forced }));
    }

    [Fact]
    public void Starts_that_are_nearer_to_one_basin_reach_it_more_often()
    {
        var well = Objective.Define("well", 1, x => Square(Square(x[0]) - 1) + (0.2 * x[0])) with { Starts = new Gaussian(1) };
        var seen = Comparison.Run(well, new()
        {
            Restarts = 200,
            PlateauStarts = 0,
            Contenders = new ContenderGrid { Rules = [new GradientDescent { Step = 0.02 }], Starts = [Samplers.Named("own", well.DefaultStarts, 1), Samplers.Named("uniform:-2:-0.5", well.DefaultStarts, 1)] }.All(),
        });
        // The lower minimum is the left one.
        Assert.Equal(200, seen.Results[1].Reached.Count);
        Assert.InRange(seen.Results[0].Reached.Share, 0.4, 0.7);
        Assert.Contains("uniform:-2:-0.5", seen.Sampling, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_bounces_about_has_not_reached_what_polishing_would_take_it_to()
    {
        // Curvature 1002 at the minimum: a step of 0.01 is five times the longest that is stable.
        var seen = Comparison.Run(Catalogue.Find("rosenbrock").Create(2), new()
        {
            Restarts = 50,
            PlateauStarts = 0,
            Contenders = new ContenderGrid { Common = new() { IsDouble = true, Stop = new() { Iterations = 1_000 } }, Rules = [new GradientDescent { Step = 1e-2 }] }.All(),
        }).Results.Single();
        Assert.InRange(seen.Reached.Count, 0, 5);
    }

    [Fact]
    public void Another_value_of_a_parameter_compiles_nothing_again()
    {
        var one = Objective.Define("scaled", 2, x => new Parameter("h", 1) * (Square(x[0]) + Square(x[1])));
        var (device, options) = (new LaneDevice(1), new DescentOptions());
        var first = (LaneDescent)device.Compile(one, options);
        var second = (LaneDescent)device.Compile(one.With("h", 3), new DescentOptions());
        Assert.Same(first.Program, second.Program);
        Assert.NotSame(first.Program, ((LaneDescent)device.Compile(one, options with { IsDouble = true })).Program);
        Assert.NotSame(first.Program, ((LaneDescent)device.Compile(one with { Region = Region.Box(2, -1, 1) }, options)).Program);
        // And the parameter's value is the new one.
        Assert.Equal(6, Survey.Run(one.With("h", 3), new() { Restarts = 1 }).Minima[0].Sharpness, 1e-12);
        Assert.Equal(2, Survey.Run(one, new() { Restarts = 1 }).Minima[0].Sharpness, 1e-12);
    }

    [Fact]
    public void A_plateau_is_seen_where_descent_lingers_at_a_saddle_and_is_named()
    {
        // From next to the stable manifold of the saddle at the origin, 1e-5 off: ln(1e5)/ln(1.1) ≈ 120 steps until it is left.
        var well = Objective.Define("well", 2, x => (0.25 * Square(Square(x[0]) - 1)) + Square(x[1]));
        var options = new ComparisonOptions
        {
            Restarts = 1,
            PlateauStarts = 1,
            Starts = new GivenPoints([1e-5, 1.0], 2),
            Contenders = new ContenderGrid { Common = new() { IsDouble = true, Stop = new() { Iterations = 4_096 } }, Rules = [new GradientDescent { Step = 0.1 }] }.All(),
        };
        var plateaus = Comparison.Run(well, options).Results.Single().Plateaus!;
        var plateau = Assert.Single(plateaus.Longest);
        Assert.InRange(plateau.To, 64, 256);
        // At step 64 x is 1e-5·1.1⁶⁴ = 0.004.
        Assert.Equal(0.25, plateau.Value, 1e-4);
        Assert.Equal(0.25, plateau.Left, 1e-4);
        var saddles = SaddleSearch.Run(well, new() { Starts = 100 }).Points;
        Assert.Equal("at a saddle of index 1, value 0.25", plateau.Name(saddles));

        // Straight into a minimum there is none.
        var straight = Comparison.Run(well, options with { Starts = new GivenPoints([0.8, 0.1], 2) }).Results.Single().Plateaus!;
        Assert.Empty(straight.Longest);
    }

    [Fact]
    public void Progress_says_which_contender_runs_and_how_many_of_its_restarts_have_ended()
    {
        var seen = new List<SurveyProgress>();
        var bowl = Objective.Define("bowl", 2, x => Square(x[0]) + Square(x[1]));
        Comparison.Run(bowl, new() { Contenders = new ContenderGrid { Rules = [new Lbfgs(), new Adam { Step = 0.1 }] }.All(), Restarts = 20, PlateauStarts = 0 }, p =>
        {
            lock (seen)
            {
                seen.Add(p);
            }
        });
        Assert.All(seen, p => Assert.True(p.Total == 20 && p.Done is >= 0 and <= 20));
        Assert.Equal(["1 of 2, lbfgs (memory 5)", "2 of 2, adam (step 0.1)"], seen.Select(p => p.Stage).Distinct());
    }

    [Fact]
    public void A_comparison_that_is_stopped_shows_who_had_run_and_judges_nobody_else()
    {
        using var stop = new CancellationTokenSource();
        var objective = Objective.Define("bowl", 2, x => Square(x[0]) + Square(x[1]));
        Contender[] contenders = [new() { Descent = new() { Rule = new Lbfgs(), IsDouble = true } }, new() { Descent = new() { Rule = new Lbfgs(), IsDouble = true } }];
        var seen = Comparison.Run(objective, new() { Contenders = contenders, Restarts = 20 }, p => StopAt(2, p), stop.Token);
        Assert.Same(contenders[0], Assert.Single(seen.Results).Contender);
        Assert.EndsWith("stopped when 1 of 2 had run", seen.Sampling, StringComparison.Ordinal);
        Assert.Throws<OperationCanceledException>(() => Comparison.Run(objective, new() { Contenders = contenders, Restarts = 20 }, cancellation: stop.Token));
        Assert.Contains("nothing to compare", Assert.Throws<ArgumentException>(() => Comparison.Run(objective, new() { Contenders = [] })).Message, StringComparison.Ordinal);

        void StopAt(int contender, SurveyProgress progress)
        {
            if (progress.Stage.StartsWith($"{contender} of", StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        }
    }
}
