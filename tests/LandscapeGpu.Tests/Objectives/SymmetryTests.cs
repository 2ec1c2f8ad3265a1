namespace LandscapeGpu.Tests.Objectives;

public class SymmetryTests
{
    private const int Length = 12;

    public static TheoryData<Symmetry> Symmetries => new(
        new NoSymmetry(),
        new GlobalSign(),
        new CoordinateSigns(),
        new BlockPermutations(1),
        new BlockPermutations(1, SignFlips: true),
        new BlockPermutations(3),
        new BlockPermutations(3, SignFlips: true),
        new BlockPermutations(5, SignFlips: true) { BlockCount = 2 },
        new RigidMotions(3),
        new RigidMotions(2),
        new RigidMotions(3) { IsAboutOrigin = true },
        new Rotations(1),
        new Rotations(2),
        new Rotations(3),
        new CommonPhase());

    [Theory]
    [MemberData(nameof(Symmetries))]
    public void Invariants_do_not_change_along_an_orbit(Symmetry symmetry)
    {
        var random = new Random(1);
        for (var trial = 0; trial < 100; trial++)
        {
            var x = Normal(random, Length);
            // Rounding only: a dozen additions of numbers of order one, and a rotation.
            Assert.True(Distance(symmetry.Invariants(x), symmetry.Invariants(Moved(symmetry, x, random))) < 1e-13);
        }
    }

    [Theory]
    [MemberData(nameof(Symmetries))]
    public void Nearby_points_have_nearby_invariants_that_still_differ(Symmetry symmetry)
    {
        // Noise of length 1e-6 moves invariants by at most 2e-6, and, being generic, by more than a twentieth of it, also
        // about points that a sign or an order would have to be decided at: zeros, equal blocks, atoms in a plane.
        var random = new Random(2);
        for (var trial = 0; trial < 200; trial++)
        {
            double[] x = Normal(random, Length), noise = Normal(random, Length);
            if (trial % 2 == 0)
            {
                for (var j = 0; j < Length; j += 3)
                {
                    x[j] = 0;
                }
            }

            if (trial % 4 == 0)
            {
                x.AsSpan(0, 3).CopyTo(x.AsSpan(3));
            }

            var size = 1e-6 / Math.Sqrt(noise.Sum(v => v * v));
            double[] y = [.. x.Select((v, j) => v + size * noise[j])];
            var apart = Distance(symmetry.Invariants(x), symmetry.Invariants(Moved(symmetry, y, random)));
            Assert.InRange(apart, 0, 2.001e-6);
            if (trial % 4 != 0)
            {
                Assert.True(apart > 5e-8, $"{apart}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Symmetries))]
    public void Different_orbits_have_different_invariants(Symmetry symmetry)
    {
        // Random points of norm about 3.5, and the hard case of a point with two coordinates exchanged or one negated,
        // where that is no symmetry: all farther apart than a thousand default tolerances.
        var random = new Random(3);
        for (var trial = 0; trial < 300; trial++)
        {
            double[] x = Normal(random, Length), exchanged = [.. x], negated = [.. x];
            Assert.True(Distance(symmetry.Invariants(x), symmetry.Invariants(Normal(random, Length))) > 1e-2);

            x[1] = exchanged[4] = 0.7;
            x[4] = exchanged[1] = -1.9;
            negated[1] = -0.7;
            negated[4] = -1.9;
            if (symmetry is not BlockPermutations { BlockLength: 1 })
            {
                Assert.True(Distance(symmetry.Invariants(x), symmetry.Invariants(exchanged)) > 1e-2, "exchanged");
            }

            if (symmetry is not CoordinateSigns and not BlockPermutations { BlockLength: 1, SignFlips: true })
            {
                Assert.True(Distance(symmetry.Invariants(x), symmetry.Invariants(negated)) > 1e-2, "negated");
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(40)]
    public void Global_sign_keeps_between_a_fifth_and_all_of_the_distance_of_two_orbits(int dimension)
    {
        // The hard pairs for magnitudes are x + y and x − y: half the directions favour one sign, half the other.
        var random = new Random(4);
        var map = new GlobalSign().MapFor(dimension);
        for (var trial = 0; trial < 300; trial++)
        {
            double[] u = Normal(random, dimension), v = Normal(random, dimension);
            double[] x = [.. u.Zip(v, (a, b) => a + b)], y = [.. u.Zip(v, (a, b) => a - b)];
            var apart = Math.Min(Distance(x, y), Distance(x, [.. y.Select(t => -t)]));
            var seen = Distance(Mapped(x), Mapped(y));
            Assert.InRange(seen / apart, 0.2, 1 + 1e-12);
        }

        double[] Mapped(double[] point)
        {
            var invariants = new double[4 * dimension];
            map(point, invariants);
            return invariants;
        }
    }

    [Fact]
    public void Shapes_that_share_all_pairwise_distances_are_told_apart()
    {
        // The kite and the trapezium of Boutin and Kemper (2004): √2, √2, 2, √10, √10, 4 both.
        double[] trapezium = [-2, 0, 2, 0, -1, 1, 1, 1], kite = [0, 0, 4, 0, 1, 1, 1, -1];
        var planar = new RigidMotions(2);
        Assert.True(Distance(planar.Invariants(trapezium), planar.Invariants(kite)) > 0.05);
    }

    [Fact]
    public void A_point_the_group_does_not_act_on_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new RigidMotions(3).LengthFor(10));
        Assert.Throws<ArgumentException>(() => new BlockPermutations(3).MapFor(10));
        Assert.Throws<ArgumentException>(() => new BlockPermutations(3) { BlockCount = 4 }.MapFor(10));
        Assert.Throws<ArgumentException>(() => new BlockPermutations(0).MapFor(10));
    }

    private static double[] Moved(Symmetry symmetry, double[] x, Random random)
    {
        double[] moved = [.. x];
        symmetry.Move(moved, random);
        return moved;
    }

    private static double[] Normal(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (u, v) => (u - v) * (u - v)).Sum());
}
