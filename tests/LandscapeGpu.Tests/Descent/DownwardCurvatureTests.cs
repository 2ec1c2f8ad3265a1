namespace LandscapeGpu.Tests.Descent;

/// <summary>L-BFGS where f curves downwards, of which no pair of its memory says anything.</summary>
public class DownwardCurvatureTests
{
    // A third row fixes a coordinate; the last curves down in every direction.
    [Theory]
    [InlineData(new[] { -0.77, -1.14, -0.11, -0.37, 0.62, 0.03 }, new[] { 0.47, -1.34, 0.64 }, 1.06)]
    [InlineData(new[] { 0.26, 0.66, -0.17, -1.54, -0.18, 1.6 }, new[] { 0.24, -0.05, 0.24 }, -1.5)]
    [InlineData(new[] { -2, 0.5, 0.25, -0.02, 0.1, -1e-3 }, new[] { 0.1, 0, -0.01 }, 1.0)]
    public void A_quadratic_in_a_box_is_descended_in_few_steps_from_every_start(double[] upper, double[] slope, double top)
    {
        Real Form(Point x) => (0.5 * ((upper[0] * Square(x[0])) + (upper[3] * Square(x[1])) + (upper[5] * Square(x[2]))))
            + (upper[1] * x[0] * x[1]) + (upper[2] * x[0] * x[2]) + (upper[4] * x[1] * x[2]) + (slope[0] * x[0]) + (slope[1] * x[1]) + (slope[2] * x[2]);
        var box = Objective.Define("quadratic in a box", 3, Form) with { Region = Region.Box([-0.75, -1.61, -1.5], [1.09, 1.14, top]) };
        foreach (var isDouble in new[] { false, true })
        {
            var seen = Survey.Run(box, new() { Restarts = 1_000, Descent = new() { IsDouble = isDouble } });
            Assert.Equal(1_000, seen.Outcomes.Converged);
            // A step doubles until it is the longest, a twentieth of the width: some thirty steps across the box, and as many again where a face or a saddle is passed.
            Assert.True(seen.GradientEvaluations < 100 * 1_000);
        }
    }
}
