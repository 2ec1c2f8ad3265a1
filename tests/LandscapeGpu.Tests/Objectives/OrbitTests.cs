using System.Numerics;

namespace LandscapeGpu.Tests.Objectives;

/// <summary>Orbit sizes, stabilisers and dimensions at points where they are known.</summary>
public class OrbitTests
{
    // Far below the differences of the weights used here, far above their rounding.
    private const double Tolerance = 1e-6;

    [Theory]
    [InlineData(2, 1, 4, 5)]
    [InlineData(3, 1, 12, 6)]
    [InlineData(4, 2, 24, 6)]
    public void A_regular_clusters_stabiliser_is_its_point_group(int atoms, int pieces, int order, int dimension)
    {
        // D∞h has two components for each of rotation and inversion, D3h is of order 12, Td of order 24.
        double[][] corners = [[1, 1, 1], [1, -1, -1], [-1, 1, -1], [-1, -1, 1]];
        var orbit = new RigidMotions(3).OrbitOf([.. corners.Take(atoms).SelectMany(c => c)], Tolerance)!;
        Assert.Equal(order, orbit.StabiliserOrder);
        Assert.Equal(pieces, orbit.Size);
        Assert.Equal(dimension, orbit.Dimension);
    }

    [Fact]
    public void Three_atoms_on_a_line_have_a_group_of_order_four_and_five_motions()
    {
        var orbit = new RigidMotions(3).OrbitOf([0, 0, 0, 1, 1, 0, 2, 2, 0], Tolerance)!;
        Assert.Equal((4, 3, 5), ((int)orbit.StabiliserOrder!.Value, (int)orbit.Size!.Value, orbit.Dimension));
    }

    [Fact]
    public void An_icosahedron_has_120_rotations_and_reflections_and_the_thirteenth_atom_does_not_change_that()
    {
        var golden = (1 + Math.Sqrt(5)) / 2;
        var corners = new[] { -1.0, 1 }.SelectMany(a => new[] { -golden, golden }.SelectMany(b => new double[][] { [0, a, b], [a, b, 0], [b, 0, a] })).SelectMany(c => c).ToArray();
        Assert.Equal(120, new RigidMotions(3).OrbitOf(corners, Tolerance)!.StabiliserOrder);
        var centred = new RigidMotions(3).OrbitOf([.. corners, 0, 0, 0], Tolerance)!;
        Assert.Equal(120, centred.StabiliserOrder);
        // 2·13!/120 permutation-inversion isomers.
        Assert.Equal(103_783_680, centred.Size);
        Assert.Equal(3, (new RigidMotions(3) { IsAboutOrigin = true }).OrbitOf(corners, Tolerance)!.Dimension);
    }

    [Fact]
    public void Atoms_without_symmetry_have_none()
    {
        var random = new Random(1);
        double[] x = [.. Enumerable.Range(0, 30).Select(_ => random.NextDouble())];
        var orbit = new RigidMotions(3).OrbitOf(x, Tolerance)!;
        Assert.Equal((BigInteger)1, orbit.StabiliserOrder);
        Assert.Equal(2 * Orbit.Factorial(10), orbit.Size);
        Assert.Equal("", orbit.Stabiliser);
    }

    [Fact]
    public void Even_functions_have_pairs_and_the_origin_alone()
    {
        Assert.Equal(2, new GlobalSign().OrbitOf([1, -2], Tolerance)!.Size);
        Assert.Equal(1, new GlobalSign().OrbitOf([0, 1e-9], Tolerance)!.Size);
        var signs = new CoordinateSigns().OrbitOf([1, 0, -2, 0], Tolerance)!;
        Assert.Equal((4, 4, "2 zero coordinates"), ((int)signs.Size!.Value, (int)signs.StabiliserOrder!.Value, signs.Stabiliser));
    }

    [Fact]
    public void Equal_blocks_can_be_exchanged_unseen()
    {
        double[] x = [1, 2, 3, 4, 1, 2, -1, -2];
        Assert.Equal((12, 2, "2 equal blocks"), Of(new BlockPermutations(2), x));
        // Up to sign three are equal: each copy can take any of three places.
        Assert.Equal((64, 6, "3 equal blocks up to sign"), Of(new BlockPermutations(2, SignFlips: true), x));
        Assert.Equal((6, 1, ""), Of(new BlockPermutations(1), [3, 1, 2]));
    }

    [Fact]
    public void A_matrixs_stabiliser_is_counted_where_it_cannot_be_listed()
    {
        // Rows and columns of the identity can be exchanged together: 40! ways.
        var identity = new double[1600];
        for (var i = 0; i < 40; i++)
        {
            identity[41 * i] = 1;
        }

        Assert.Equal(Orbit.Factorial(40), new MatrixPermutations(40, 40).OrbitOf(identity, Tolerance)!.StabiliserOrder);
        Assert.Equal(2, new MatrixPermutations(2, 3).OrbitOf([1, 2, 3, 1, 2, 3], Tolerance)!.StabiliserOrder);
    }

    [Theory]
    [InlineData(new double[] { 1, 0, 0, 1, 1, 1 }, 2, 1)]
    [InlineData(new double[] { 1, 2, 2, 4, 0, 0 }, 1, 1)]
    [InlineData(new double[] { 0, 0, 0, 0, 0, 0 }, 1, 0)]
    public void Factors_rotate_in_as_many_dimensions_as_their_rank_lets_them(double[] factor, int pieces, int dimension)
    {
        var orbit = new Rotations(2).OrbitOf(factor, Tolerance)!;
        Assert.Equal((pieces, dimension), ((int)orbit.Size!.Value, orbit.Dimension));
    }

    [Fact]
    public void A_deep_linear_networks_orbit_has_a_dimension_for_each_entry_of_an_invertible_matrix()
    {
        var random = new Random(2);
        double[] Generic(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
        // 3-2-2-2: two hidden layers of GL(2), pinned down from above and below.
        var orbit = new LayerProduct([3, 2, 2, 2]).OrbitOf(Generic(14), Tolerance)!;
        Assert.Equal((8, (BigInteger)4), (orbit.Dimension, orbit.Size));
        Assert.Equal(0, new LayerProduct([3, 2, 2, 2]).OrbitOf(new double[14], Tolerance)!.Dimension);
        Assert.Equal(2, new Translations([[1.0, 0, 0]]).OrbitOf([1, 2, 3], Tolerance)!.Dimension);
        Assert.Equal(1, new CommonPhase().OrbitOf([1, 2, 3], Tolerance)!.Dimension);
    }

    [Fact]
    public void Equal_and_zero_units_of_a_network_are_counted()
    {
        // Three tanh units of two inputs: incoming weights, bias, outgoing weight; the output's bias.
        var symmetry = CatalogueMembers.Find("perceptron n=10").Symmetry!;
        Assert.Equal((48, 1, ""), Of(symmetry, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]));
        Assert.Equal((24, 2, "2 equal hidden units up to sign"), Of(symmetry, [1, 2, 3, 4, -1, -2, -3, -4, 9, 10, 11, 12, 13]));
        Assert.Equal((24, 2, "1 zero hidden unit"), Of(symmetry, [1, 2, 3, 4, 0, 0, 0, 0, 9, 10, 11, 12, 13]));
        Assert.Equal((1, 48, "3 zero hidden units"), Of(symmetry, new double[13]));
        // Beside a decay of the weights, units of the logistic function cannot change sign.
        Assert.Equal(48, (int)CatalogueMembers.Find("perceptron n=10 activation=sigmoid").Symmetry!.OrbitOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13], Tolerance)!.Size!.Value);
        Assert.Equal(6, (int)CatalogueMembers.Find("perceptron n=10 activation=sigmoid decay=0.1").Symmetry!.OrbitOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13], Tolerance)!.Size!.Value);
    }

    [Fact]
    public void Two_hidden_layers_have_the_orbits_of_both()
    {
        var objective = CatalogueMembers.Find("perceptron n=10 layers=2 width=2");
        double[] generic = [.. Enumerable.Range(1, objective.Dimension).Select(k => Math.Sin(k))];
        Assert.Equal((64, 1, ""), Of(objective.Symmetry!, generic));

        // Units of the first layer that receive the same and send the same; then the second's too.
        double[] equal = [.. generic];
        generic.AsSpan(0, 3).CopyTo(equal.AsSpan(3));
        (equal[7], equal[10]) = (equal[6], equal[9]);
        Assert.Equal((32, 2, "layer 1: 2 equal hidden units up to sign"), Of(objective.Symmetry!, equal));
        equal.AsSpan(6, 3).CopyTo(equal.AsSpan(9));
        equal[13] = equal[12];
        Assert.Equal(4, (int)objective.Symmetry!.OrbitOf(equal, Tolerance)!.StabiliserOrder!.Value);

        // Streams: exchanging units exchanges them in both layers, and one sign goes through.
        var tied = CatalogueMembers.Find("perceptron n=10 layers=2 width=2 skip=on").Symmetry!;
        Assert.Equal((8, 1, ""), Of(tied, generic));
        // Normalised layers have one sign each.
        Assert.Equal(16, (int)CatalogueMembers.Find("perceptron n=10 layers=2 width=2 normalise=on").Symmetry!.OrbitOf(generic, Tolerance)!.Size!.Value);
    }

    [Theory]
    // Scales of three units; with two layers, of six; of three streams.
    [InlineData("perceptron n=10 activation=relu", 3)]
    [InlineData("perceptron n=10 activation=relu layers=2", 6)]
    [InlineData("perceptron n=10 activation=relu layers=2 skip=on", 3)]
    [InlineData("perceptron n=10 activation=relu decay=0.1", 0)]
    // A vector of two inputs and a bias; with two layers, and one of three units and a bias.
    [InlineData("perceptron n=10 activation=gelu normalise=on", 3)]
    [InlineData("perceptron n=10 activation=tanh normalise=on layers=2", 7)]
    [InlineData("perceptron n=10 activation=tanh", 0)]
    public void Flat_directions_of_networks_are_scales_and_shifts(string name, int dimension)
    {
        var objective = CatalogueMembers.Find(name);
        // Biases near zero and inputs on both sides: all units bend.
        double[] x = [.. Enumerable.Range(1, objective.Dimension).Select(k => Math.Sin(k * k))];
        var orbit = objective.Symmetry!.OrbitOf(WithoutBiases(name, x), Tolerance)!;
        Assert.Equal(dimension, orbit.Dimension);
    }

    [Fact]
    public void A_silent_units_weights_are_flat_and_do_not_tell_minima_apart()
    {
        var objective = CatalogueMembers.Find("perceptron n=10 activation=relu");
        var symmetry = objective.Symmetry!;
        // Inputs are normal: a bias of −100 silences the last unit.
        double[] x = [1, 2, 0.1, 1, -1, 1, 0.1, 2, 0.5, 0.5, -100, 3, 0.7], other = [.. x];
        (other[8], other[9], other[11]) = (-0.3, 0.2, -5);
        Assert.Equal(objective.Evaluate(x), objective.Evaluate(other), 1e-12);
        Assert.Equal(symmetry.Invariants(x), symmetry.Invariants(other));
        // Four weights of the silent unit, scales of the two others.
        Assert.Equal(6, symmetry.OrbitOf(x, Tolerance)!.Dimension);

        // Two silent units can be exchanged.
        x[6] = -100;
        var orbit = symmetry.OrbitOf(x, Tolerance)!;
        Assert.Equal((9, 2, "2 idle or zero hidden units"), (orbit.Dimension, (int)orbit.StabiliserOrder!.Value, orbit.Stabiliser));
    }

    [Fact]
    public void A_straight_unit_shares_its_bias_with_the_output()
    {
        var objective = CatalogueMembers.Find("perceptron n=10 activation=relu");
        var symmetry = objective.Symmetry!;
        double[] x = [1, 2, 0.1, 1, -1, 1, 0.1, 2, 0.5, 0.5, 100, 3, 0.7], other = [.. x];
        (other[10], other[12]) = (200, 0.7 - 300);
        Assert.Equal(objective.Evaluate(x), objective.Evaluate(other), 1e-9);
        // Rounding of a sum of 300.
        Assert.All(symmetry.Invariants(x).Zip(symmetry.Invariants(other)), p => Assert.Equal(p.First, p.Second, 1e-11));
        Assert.Equal(4, symmetry.OrbitOf(x, Tolerance)!.Dimension);
        other[11] = -3;
        Assert.Contains(symmetry.Invariants(x).Zip(symmetry.Invariants(other)), p => Math.Abs(p.First - p.Second) > 1);
    }

    private static double[] WithoutBiases(string name, double[] x)
    {
        var shape = name.Contains("layers", StringComparison.Ordinal) ? 3 : 4;
        for (var k = 2; k < (shape == 3 ? 9 : 12); k += shape)
        {
            x[k] = 0;
        }

        // The second layer sees what the first one lets through, which is positive with ReLU: positive weights and a negative bias.
        for (var k = 9; shape == 3 && k < 21; k++)
        {
            x[k] = (k - 9) % 4 == 3 ? -1 : 2 + x[k];
        }

        return x;
    }

    private static (int Size, int Stabiliser, string Words) Of(Symmetry symmetry, double[] x)
    {
        var orbit = symmetry.OrbitOf(x, Tolerance)!;
        return ((int)orbit.Size!.Value, (int)orbit.StabiliserOrder!.Value, orbit.Stabiliser);
    }
}
