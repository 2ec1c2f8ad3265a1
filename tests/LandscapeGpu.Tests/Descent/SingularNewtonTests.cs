using LandscapeGpu.Objectives.Symmetries;

namespace LandscapeGpu.Tests.Descent;

/// <summary>Newton's steps where the Hessian has a kernel.</summary>
public class SingularNewtonTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(5, 2)]
    [InlineData(8, 7)]
    [InlineData(12, 3)]
    public void A_step_solves_what_the_hessian_can_and_goes_along_its_kernel_as_the_krylov_space_does(int d, int rank)
    {
        for (ulong seed = 1; seed <= 5; seed++)
        {
            // H = Σ λₖ uₖuₖᵀ over orthonormal uₖ, λ of both signs, and a gradient with a part along the kernel.
            var rows = Orthonormal.Rows(d, d, seed);
            double[] lambda = [.. Enumerable.Range(0, rank).Select(k => (k % 2 == 0 ? 1 : -1) * (1.0 + k))];
            double[] b = [.. Enumerable.Range(0, d).Select(i => Math.Cos(i + (double)seed))];
            var quadratic = Objective.Define("singular", d, x =>
            {
                var sum = Sum(d, i => 0 * x[i]);
                for (var i = 0; i < d; i++)
                {
                    sum += b[i] * x[i];
                }

                for (var k = 0; k < rank; k++)
                {
                    Real along = 0;
                    for (var i = 0; i < d; i++)
                    {
                        along += rows[(k * d) + i] * x[i];
                    }

                    sum += 0.5 * lambda[k] * Square(along);
                }

                return sum;
            });
            double[] g = [.. Enumerable.Range(0, d).Select(k => Enumerable.Range(0, d).Sum(i => rows[(k * d) + i] * b[i]))];
            var alongKernel = -lambda.Sum(l => 1 / l);
            double[] expected = [.. Enumerable.Range(0, d).Select(k => k < rank ? -g[k] / lambda[k] : alongKernel * g[k])];
            var step = FirstStep(quadratic, d);
            double[] modes = [.. Enumerable.Range(0, d).Select(k => Enumerable.Range(0, d).Sum(i => rows[(k * d) + i] * step[i]))];
            // As far as a Hessian of this condition and half the digits of a solution allow.
            Assert.All(modes.Zip(expected), p => Assert.Equal(p.Second, p.First, 1e-6 * (1 + Math.Abs(alongKernel)) * d));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1e5)]
    [InlineData(1e-5)]
    public void On_a_plane_a_step_is_a_share_of_the_region_whatever_the_value_is_measured_in(double factor)
    {
        var plane = Objective.Define("plane", 2, x => factor * ((3 * x[0]) + (4 * x[1]))) with { Region = Region.Box(2, -50, 50) };
        Assert.All(FirstStep(plane, 2).Zip([-0.6, -0.8]), p => Assert.Equal(5 * p.Second, p.First, 1e-12));
    }

    private static double[] FirstStep(Objective objective, int d)
    {
        for (var steps = 1; steps <= (2 * d) + 2; steps++)
        {
            var moved = RuleStepTests.Run(objective, new() { Rule = new Newton(), IsDouble = true, Stop = new() { Iterations = steps, OnlyIterations = true } }, new double[d], 256).Points;
            if (moved.Any(e => e != 0))
            {
                return moved;
            }
        }

        throw new InvalidOperationException("No step was made.");
    }
}
