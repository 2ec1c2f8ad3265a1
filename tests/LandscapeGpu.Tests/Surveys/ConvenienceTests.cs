using Microsoft.Extensions.Logging;

namespace LandscapeGpu.Tests.Surveys;

/// <summary>What a program asks a result for.</summary>
public class ConvenienceTests
{
    [Fact]
    public void Two_runs_that_share_the_restarts_find_what_one_does()
    {
        var whole = Run(0, 60);
        Assert.Equal(whole.Minima.Select(m => m.Count), Run(0, 25).Minima.Zip(Run(25, 35).Minima, (a, b) => a.Count + b.Count));

        static SurveyResult Run(long first, long restarts) =>
            Survey.Run(LandscapeGpu.Objectives.Catalogue.Catalogue.Find("himmelblau").Create(), new() { First = first, Restarts = restarts, VectorBits = 0 });
    }

    [Fact]
    public void Of_a_parameter_at_its_bound_there_is_no_error_and_the_others_are_those_with_it_held()
    {
        // y = p₀ + p₁t at t = 0 … 9 with p₀ ≥ 2, where 1.5 would be best: the slope alone is left, of variance s²/Σt².
        double[] y = [.. Enumerable.Range(0, 10).Select(t => 1.5 + t + (t % 2 == 0 ? 0.1 : -0.1))];
        var data = new Data("y", y);
        var line = Objective.Define("line", 2, p => Sum(10, k => Square(p[0] + (p[1] * (Real)k) - data[k]))) with { Region = Region.Box([2, -100], [100, 100]) };
        var best = Assert.Single(Survey.Run(line, new() { Restarts = 50 }).BoundaryMinima);

        var covariance = line.Covariance(best);

        Assert.Equal(best.Value / 9 / Enumerable.Range(0, 10).Sum(t => t * t), covariance[1, 1], 1e-9);
        Assert.All(new[] { covariance[0, 0], covariance[0, 1], covariance[1, 0] }, c => Assert.True(double.IsNaN(c)));
    }

    [Fact]
    public void The_covariance_of_a_straight_line_is_the_textbooks_whatever_factor_stands_before_it()
    {
        var (t, y) = (new Data("t", [0, 1, 2, 3]), new Data("y", [1, 3, 4, 8]));
        double[] best = [0.7, 2.2];
        foreach (var factor in new[] { 1.0, 0.125 })
        {
            var line = Objective.Define("line", 2, x => factor * Sum(4, k => Square(x[0] + (x[1] * t[k]) - y[k])));
            var covariance = line.Covariance(best);
            // Residuals 0.3, 0.1, -1.1, 0.7: 1.8 over 2 degrees of freedom; (XᵀX)⁻¹ = [[14, -6], [-6, 4]]/20.
            Assert.Equal(0.9 * 0.7, covariance[0, 0], 1e-12);
            Assert.Equal(0.9 * -0.3, covariance[0, 1], 1e-12);
            Assert.Equal(0.9 * 0.2, covariance[1, 1], 1e-12);
        }

        Assert.Throws<ArgumentException>(() => Objective.Define("no fit", 1, x => Sin(x[0])).Covariance([0]));
        Assert.Throws<ArgumentException>(() => Objective.Define("one", 1, x => Square(x[0])).Covariance([0]));
    }

    [Fact]
    public void What_follows_from_derivatives_is_asked_for_at_a_minimum_that_was_found()
    {
        var (t, y) = (new Data("t", [0, 1, 2, 3]), new Data("y", [1, 3, 4, 8]));
        var line = Objective.DefineModel("line", 2, w => Vector(4, k => w[0] + (w[1] * t[k])), o => Sum(4, k => Square(o[k] - y[k])));
        var minimum = Survey.Run(line, new() { Restarts = 20 }).Minima.Single();
        Assert.Equal(0.9 * 0.7, line.Covariance(minimum)[0, 0], 1e-9);
        Assert.Equal(8.0, line.Hessian(minimum)[0, 0], 1e-9);
        Assert.Equal([0.7, 2.9, 5.1, 7.3], line.Model!.Outputs(minimum).Select(o => Math.Round(o, 6)));
    }

    [Fact]
    public void Eigenvectors_come_on_request()
    {
        var seen = Spectrum.WithVectors(Objective.Define("tilted", 2, x => Square(x[0] + x[1]) + (3 * Square(x[0] - x[1]))).Hessian([0.5, 2]));
        Assert.Equal([4.0, 12.0], seen.Eigenvalues.Select(l => Math.Round(l, 9)));
        Assert.Equal(seen.Vectors![0][0], seen.Vectors[0][1], 1e-12);
        Assert.Equal(seen.Vectors[1][0], -seen.Vectors[1][1], 1e-12);
    }

    [Fact]
    public void Warnings_have_codes_and_go_to_a_logger()
    {
        var log = new Listener();
        var lost = Survey.Run(Objective.Define("falls", 1, x => Exp(x[0])), new() { Restarts = 20, Logger = log });
        Assert.Contains(lost.Warnings, w => w.Code == Warning.AllLost);
        Assert.Equal(lost.Warnings.Select(w => w.Code), log.Names);
        var flat = Survey.Run(Objective.Define("half", 1, x => 1 / 2 * Square(x[0])), new() { Restarts = 20 });
        Assert.Contains(flat.Warnings, w => w.Code == Warning.Constant);
    }

    [Fact]
    public void Rows_are_flat_and_a_cancelled_token_stops_before_work()
    {
        var found = Survey.Run(LandscapeGpu.Objectives.Catalogue.Catalogue.Find("himmelblau").Create(), new() { Restarts = 100 });
        Assert.Equal(found.AllMinima.Select(m => m.Value), found.Rows.Select(r => r.Value));
        var stages = new List<string>();
        Assert.Throws<OperationCanceledException>(() => Survey.Run(found.Objective, null, p => stages.Add(p.Stage), new CancellationToken(canceled: true)));
        Assert.Empty(stages);
    }

    [Fact]
    public void A_model_says_its_outputs()
    {
        var model = Objective.DefineModel("line", 2, x => Vector(3, k => x[0] + (x[1] * k)), y => Sum(3, k => Square(y[k])));
        Assert.Equal([1.0, 3.0, 5.0], model.Model!.Outputs([1, 2]));
    }

    private sealed class Listener : ILogger
    {
        public List<string?> Names { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Names.Add(eventId.Name);
    }
}
