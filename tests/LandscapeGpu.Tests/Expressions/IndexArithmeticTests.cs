using FsCheck;
using FsCheck.Fluent;
using LandscapeGpu.Tests.Devices;

namespace LandscapeGpu.Tests.Expressions;

/// <summary>Indices are whole numbers, not numbers of some width: the same everywhere, or refused when the formula is written.</summary>
public class IndexArithmeticTests
{
    [Fact]
    public void Squares_of_indices_beyond_32_bits_are_what_they_are()
    {
        // i² mod 5 is 0, 1 or 4, never 3.
        var f = Objective.Define("residues", 1, x => Sum(70000, i => Square(x[0] - Select(Equal((i * i) % 5, 3), 1.0, 0.0))));
        Assert.Equal(0, f.Evaluate([0]));
        Everywhere.RequireOn(new LandscapeGpu.Devices.Kernels.ReferenceDevice(2), f, [0], [0], [140000]);
        foreach (var device in new[] { "lanes", "reference" })
        {
            var result = LandscapeGpu.Surveys.Survey.Run(f with { Region = Region.Box(1, -1, 1) }, new() { Restarts = 4, Device = device });
            Assert.Equal(0, Assert.Single(result.Minima).Value);
        }
    }

    [Fact]
    public void Random_arithmetic_on_indices_is_exact_on_every_device() =>
        Check.One(Config.QuickThrowOnFailure.WithReplay(3, 1).WithMaxTest(LongTests.AreAsked ? 300 : 30), Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed =>
        {
            // Both are made by the same choices: once of symbols, once of numbers without a width.
            static (Index Symbol, Int128 Number) Make(Random random, int depth, (Index Symbol, Int128 Number)[] known, IndexData data)
            {
                if (depth == 0)
                {
                    return random.Next(3) == 0 ? ((Index, Int128))(random.Next(1 << 20), 0) is var c ? (c.Item1, (Int128)(long)c.Item1.Value) : default : known[random.Next(known.Length)];
                }

                var (a, b) = (Make(random, depth - 1, known, data), Make(random, depth - 1, known, data));
                var n = 1 + random.Next(1 << (1 + random.Next(30)));
                return random.Next(6) switch
                {
                    0 => (a.Symbol + b.Symbol, a.Number + b.Number),
                    1 => (a.Symbol - b.Symbol, a.Number - b.Number),
                    2 => (a.Symbol * b.Symbol, a.Number * b.Number),
                    3 => (a.Symbol / n, Floor(a.Number, n)),
                    4 => (a.Symbol % n, a.Number - (n * Floor(a.Number, n))),
                    _ => (data[a.Symbol % data.Length], data.Values[(int)(a.Number - (data.Length * Floor(a.Number, data.Length)))]),
                };
            }

            static Int128 Floor(Int128 a, Int128 b) => (a / b) - (a % b < 0 ? 1 : 0);

            var data = new IndexData("at", [7, -3, 2_000_000_000, -2_147_483_648]);
            var extents = new[] { 3, 5 };
            try
            {
                // Σ (index mod 1009) over both loops: small numbers that doubles and singles hold, whatever the index is.
                var f = Objective.Define($"random {seed}", 1, x => x[0] * Sum(extents[0], i => Sum(extents[1], j => Make(new Random(seed), 3, [(i, 0), (j, 0), (i * 70001, 0)], data).Symbol % 1009)));
                Int128 total = 0;
                for (var i = 0; i < extents[0]; i++)
                {
                    for (var j = 0; j < extents[1]; j++)
                    {
                        var number = new Trace().Run(() => Make(new Random(seed), 3, [(i, i), (j, j), ((Index)i * 70001, (Int128)i * 70001)], data).Number);
                        total += number - (1009 * Floor(number, 1009));
                    }
                }

                Everywhere.Require(f, [2], 2 * (double)total, [(double)total], [0]);
            }
            catch (ArgumentException refused) when (refused.Message.Contains("2^53", StringComparison.Ordinal))
            {
                // Bounds of products of products: refused when written, never wrong.
            }
        }));

    [Theory]
    [InlineData(3000, 65536)]
    [InlineData(2, int.MaxValue)]
    public void An_element_that_is_not_there_is_refused_however_far_away_it_is(int n, int factor) =>
        Refused(() => Objective.Define("far", 1, x => Sum(n, i => Square(x[i * factor * (i * factor)] - 1))));

    [Fact]
    public void What_exceeds_exact_numbers_is_refused_when_it_is_written()
    {
        Refused(() => Objective.Define("product", 1, x => Sum(2000000000, i => x[0] * Equal01(i * i * i, 7))), "2^53");
        Refused(() => Objective.Define("constant", 1, x => x[0] * ((Index)int.MaxValue * int.MaxValue * 3)), "2^53");
        Refused(() => Objective.Define("negated", 1, x => x[0] * (-((Index)int.MinValue * int.MaxValue * 3))), "2^53");
        Refused(
            () => Objective.Define("chain", 1, x => Sum(5, i =>
            {
                var index = i;
                for (var k = 0; k < 40; k++)
                {
                    index = (index + index) % 1000;
                }

                return x[0] * index;
            })),
            "more than 1000 operations");
        static Real Equal01(Index a, Index b) => Select(Equal(a, b), 1, 0);
    }

    [Fact]
    public void Quotients_of_numbers_below_zero_are_rounded_down_in_64_bits_too()
    {
        var f = Objective.Define("floor", 1, x => x[0] * Sum(4, i => ((i * 2000000000) - 5000000000L.AsIndex()) / 1000000000));
        // −5, −3, −1 and 1.
        Everywhere.Require(f, [1], -8, [-8], [0]);
        var g = Objective.Define("rest", 1, x => x[0] * Sum(4, i => ((i * 2000000000) - 5000000001L.AsIndex()) % 1000000000));
        Everywhere.Require(g, [1], 4 * 999999999.0, [4 * 999999999.0], [0]);
    }

    private static void Refused(Func<Objective> define, params string[] parts)
    {
        var message = Assert.Throws<ArgumentException>(define).Message;
        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }
}

internal static class Numbers
{
    /// <summary>A number beyond 32 bits, as products of those within make it.</summary>
    public static Index AsIndex(this long number) => ((Index)(int)(number / 100000) * 100000) + (int)(number % 100000);
}
