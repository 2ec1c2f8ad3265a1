using MathNet.Numerics.LinearAlgebra;

namespace LandscapeGpu.Tests.Objectives;

/// <summary>What the catalogue states about minima holds for the formula it states it of.</summary>
public class KnownMinimaTests
{
    public static TheoryData<string> Names => CatalogueMembers.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Known_points_are_minima_to_the_digits_printed(string name)
    {
        var objective = CatalogueMembers.Find(name);
        foreach (var point in objective.Known.Points)
        {
            var (step, leastCurvature, mostCurvature) = Newton(objective, [.. point]);
            // Newton's step estimates the distance to the stationary point; differences leave 1e-8 of noise in it.
            Assert.All(step, s => Assert.InRange(Math.Abs(s), 0, objective.Known.PointError + 1e-8));
            // Differences leave a relative 1e-6 in curvatures that are 0 by symmetry.
            Assert.True(leastCurvature > -1e-6 * mostCurvature, $"The curvatures of {name} are {leastCurvature} to {mostCurvature} at [{string.Join(", ", point)}].");
            Assert.True(mostCurvature > 0);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_best_known_point_has_the_known_global_value(string name)
    {
        var objective = CatalogueMembers.Find(name);
        if (objective.Known is { GlobalValue: { } value, Points.Count: > 0 } known)
        {
            // Newton's step first: the digits printed may be too few for those of the value.
            var best = known.Points.Min(p => CatalogueMembers.Value(objective, [.. p.Zip(Newton(objective, [.. p]).Step, (x, s) => x + s)]));
            Assert.Equal(value, best, known.ValueError);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Known_points_lie_inside_the_domain(string name)
    {
        var objective = CatalogueMembers.Find(name);
        Assert.All(objective.Known.Points, point =>
        {
            Assert.Equal(objective.Dimension, point.Count);
            Assert.All(Enumerable.Range(0, point.Count), i =>
            {
                var (lower, upper) = CatalogueMembers.Side(objective, i);
                Assert.True(point[i] > lower && point[i] < upper);
            });
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_random_point_is_below_the_known_global_value(string name)
    {
        var objective = CatalogueMembers.Find(name);
        var random = new Random(3);
        for (var trial = 0; trial < 500; trial++)
        {
            var value = objective.Evaluate(CatalogueMembers.RandomPoint(objective, random));
            Assert.True(double.IsFinite(value));
            Assert.True(objective.Known.GlobalValue is not { } least || value >= least - objective.Known.ValueError);
        }
    }

    [Fact]
    public void Every_family_says_where_it_comes_from_and_has_its_own_name()
    {
        Assert.All(Catalogue.Families, f => Assert.True(f.Source.Length > 20 && f.Summary.Length > 10));
        Assert.Equal(Catalogue.Families.Count, Catalogue.Families.Select(f => f.Name).Distinct().Count());
    }

    /// <summary>Newton's step and the extreme curvatures, by central differences of the interpreted formula.</summary>
    private static (double[] Step, double Least, double Most) Newton(Objective objective, double[] x)
    {
        // Truncation h² and rounding 1e-16/h² of second differences balance near 1e-4, to a relative 1e-8.
        const double H = 1e-4;
        var d = x.Length;
        double At(int i, double a, int j, double b)
        {
            double[] moved = [.. x];
            moved[i] += a;
            moved[j] += b;
            return CatalogueMembers.Value(objective, moved);
        }

        var here = CatalogueMembers.Value(objective, x);
        // A smaller step for the gradient, whose truncation is the step's error.
        var gradient = Vector<double>.Build.Dense(d, i => (At(i, 1e-6, i, 0) - At(i, -1e-6, i, 0)) / 2e-6);
        var hessian = Matrix<double>.Build.Dense(d, d);
        for (var i = 0; i < d; i++)
        {
            hessian[i, i] = (At(i, H, i, 0) + At(i, -H, i, 0) - (2 * here)) / (H * H);
            for (var j = 0; j < i; j++)
            {
                hessian[i, j] = hessian[j, i] = (At(i, H, j, H) - At(i, H, j, -H) - At(i, -H, j, H) + At(i, -H, j, -H)) / (4 * H * H);
            }
        }

        var spectrum = hessian.Evd(Symmetricity.Symmetric);
        var most = spectrum.EigenValues.AbsoluteMaximum().Real;
        // Directions in which nothing changes, such as moving all atoms together, need no step.
        var inverse = spectrum.EigenValues.Map(e => Math.Abs(e.Real) > 1e-5 * most ? 1 / e.Real : 0);
        var step = -(spectrum.EigenVectors * inverse.PointwiseMultiply(spectrum.EigenVectors.TransposeThisAndMultiply(gradient)));
        return ([.. step], spectrum.EigenValues.Min(e => e.Real), spectrum.EigenValues.Max(e => e.Real));
    }
}
