using LandscapeGpu.Pictures;
using LandscapeGpu.Pictures.Evidence;
using LandscapeGpu.Pictures.Spectra;
using LandscapeGpu.Pictures.Surveys;

namespace LandscapeGpu.Tests.Pictures;

/// <summary>Pictures of spectra, slices, sweeps, comparisons and what theory says.</summary>
public class EvidencePictureTests
{
    private static readonly Objective Himmelblau = Catalogue.Find("himmelblau").Create();

    [Fact]
    public void Spectra_of_minima_are_overlaid_and_counted() =>
        Structure.Check(SpectraFigure.Of(Survey.Run(Catalogue.Find("rastrigin").Create(3), new() { Restarts = 50 })), "spectra");

    [Fact]
    public void A_density_is_drawn_from_lanczos_quadrature()
    {
        var rastrigin = Catalogue.Find("rastrigin").Create(40);
        var density = new HessianDensity { Probes = 4, Steps = 20 }.At(rastrigin, [new double[40]]);
        Structure.Check(SpectraFigure.Of([("the origin", density[0])]), "density");
    }

    [Fact]
    public void Hessians_at_the_start_and_the_end_of_a_descent_stand_side_by_side()
    {
        var path = Trajectory.Record(Himmelblau)[0];
        var figure = SpectraFigure.Of(Himmelblau, [("at the start", path.Points[0].Point), ("at the end", path.Points[^1].Point)]);
        Structure.Check(figure, "hessians");
        // The Hessian of Himmelblau's function by hand: [12x² + 4y − 42, 4(x + y); 4(x + y), 4x + 12y² − 26].
        var (x, y) = (path.Points[^1].Point[0], path.Points[^1].Point[1]);
        var trace = (12 * x * x) + (4 * y) - 42 + (4 * x) + (12 * y * y) - 26;
        Assert.Equal(trace, ((Points)figure.Panels[0].Series[1]).Y.Sum(), 1e-9 * Math.Abs(trace));
    }

    [Fact]
    public void Slices_go_between_minima_along_lines_and_on_planes()
    {
        var result = Survey.Run(Catalogue.Find("rastrigin").Create(3), new() { Restarts = 50 });
        var figure = SliceFigure.Of(result);
        Structure.Check(figure, "slices");
        // The best two minima of Rastrigin's function are neighbours or copies; the line between ends at their values.
        var between = (Line)figure.Panels[0].Series[0];
        var minima = result.AllMinima.Take(2).ToList();
        Assert.Equal(minima[0].Value, between.Y[between.X.ToList().FindIndex(t => Math.Abs(t) < 2e-3)], 0.05);
    }

    [Fact]
    public void A_slice_shows_the_formula_itself()
    {
        var bowl = Objective.Define("bowl", 2, x => Square(x[0]) + (4 * Square(x[1])));
        var line = (Line)SliceFigure.AlongLines(bowl, [1.0, 0.0], [SliceDirection.Coordinate(2, 1)], 2).Panels[0].Series[0];
        Assert.All(line.X.Zip(line.Y), p => Assert.Equal(1 + (4 * p.First * p.First), p.Second, 12));
        Assert.Equal(2, SliceDirection.Eigenvectors(bowl, [0.0, 0.0]).Count);
        Assert.Equal(1, Math.Abs(SliceDirection.Eigenvectors(bowl, [0.0, 0.0])[0].Vector[1]), 9);
        // Filter normalisation: each block of the direction is as long as the point's.
        var normalised = SliceDirection.FilterNormalised([3.0, 4.0, 0.0, 2.0], [2, 2]).Vector;
        Assert.Equal(5, Math.Sqrt((normalised[0] * normalised[0]) + (normalised[1] * normalised[1])), 12);
        Assert.Equal(2, Math.Sqrt((normalised[2] * normalised[2]) + (normalised[3] * normalised[3])), 12);
    }

    [Fact]
    public void Straight_lines_leave_a_surface_and_are_refused_there() =>
        Assert.Contains("straight lines leave it", Assert.Throws<ArgumentException>(() => SliceFigure.Of(Survey.Run(Catalogue.Find("orthogonal-tensor").Create(), new() { Restarts = 20 }))).Message, StringComparison.Ordinal);

    [Fact]
    public void Fewer_restarts_find_fewer_minima()
    {
        var result = Survey.Run(Catalogue.Find("rastrigin").Create(2), new() { Restarts = 200 });
        var figure = CoverageFigure.Of(result);
        Structure.Check(figure, "coverage");
        var (found, seen) = ((Line)figure.Panels[0].Series[0], (Line)figure.Panels[1].Series[0]);
        // One restart finds one minimum, all find all, and both curves only rise.
        Assert.Equal(1, found.Y[0], 9);
        Assert.Equal(result.AllMinima.Count(), found.Y[^1], 9);
        Assert.Equal(found.Y.Order(), found.Y);
        // Of one restart the coverage is Σ pᵢ² of the sample, without the restart itself.
        var n = (double)result.AtMinima;
        Assert.Equal(result.AllMinima.Sum(m => m.Count / n * ((m.Count - 1) / (n - 1))), seen.Y[0], 9);
    }

    [Fact]
    public void A_sweep_is_curves_with_intervals()
    {
        var sweep = Sweep.Run("p", [0.3, 0.6], (p, set) => Catalogue.Find("matrix-completion").Create(null, new Dictionary<string, double> { ["p"] = p, ["seed"] = set }), new() { Survey = new() { Restarts = 30 }, DataSets = 2, Samples = 0 });
        Structure.Check(sweep.Figure(), "sweep");
    }

    [Fact]
    public void A_comparison_is_shares_costs_and_fans()
    {
        var comparison = Comparison.Run(Himmelblau, new() { Restarts = 40, PlateauStarts = 0, Contenders = new ContenderGrid { Rules = [new Lbfgs(), new Momentum { Step = 0.005 }] }.All() });
        Structure.Check(comparison.Figure(), "comparison");
        Structure.Check(comparison.Figures()[1], "comparison-fans");
    }

    [Fact]
    public void What_theory_says_is_drawn()
    {
        var found = Verification.Of(Catalogue.Find("least-squares").Create(), new() { Survey = new() { Restarts = 40 }, SaddleStarts = 40, Samples = 70 });
        foreach (var figure in found.Figures())
        {
            Structure.Check(figure, "verify-" + figure.Name);
        }

        // Least squares satisfies the condition: all points lie on or above the line of μ, to rounding.
        Assert.All(found.Conditions!.Looks, l => Assert.True(l.HalfSquare >= found.Conditions!.PolyakLojasiewicz.Value * l.Above * (1 - 1e-12)));
        Assert.Contains(found.Figures(), f => f.Name == "rate");
    }

    [Fact]
    public void Kernels_and_saddles_have_pictures()
    {
        Structure.Check(TangentKernel.Of(Catalogue.Find("perceptron").Create(), iterations: 200).Figure(), "tangent-kernel");
        Structure.Check(SpectraFigure.Of(SaddleSearch.Run(Himmelblau, new() { Starts = 200 })), "saddles");
    }
}
