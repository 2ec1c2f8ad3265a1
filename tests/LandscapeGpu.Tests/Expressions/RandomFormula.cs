namespace LandscapeGpu.Tests.Expressions;

/// <summary>Formulas made at random from everything the language has, with arguments kept where the functions are defined and tame.</summary>
internal sealed class RandomFormula
{
    private readonly Random random;
    private readonly bool smooth;
    private readonly List<Vector> vectors = [];
    private readonly List<Index> indices = [];
    private readonly Data row;
    private readonly Data symmetric;
    private readonly Data plain;
    private readonly IndexData gather;
    private readonly Parameter[] parameters;
    private int budget;

    private RandomFormula(int seed, bool smooth, Point x)
    {
        (random, this.smooth) = (new Random(seed), smooth);
        budget = 12 + random.Next(30);
        vectors.Add(x);
        row = new Data("c", [.. Enumerable.Range(0, 7).Select(_ => Number())]);
        gather = new IndexData("at", [.. Enumerable.Range(0, 5).Select(_ => random.Next(0, 9))]);
        var (a, b) = (new double[4, 4], new double[3, 5]);
        for (var i = 0; i < 4; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                a[i, j] = a[j, i] = Number();
            }
        }

        for (var k = 0; k < 15; k++)
        {
            b[k / 5, k % 5] = Number();
        }

        (symmetric, plain) = (new Data("A", a), new Data("B", b));
        parameters = [new("p", Number()), new("q", Number())];
    }

    /// <summary>A formula; a smooth one has no kinks, so that differences are its derivatives everywhere.</summary>
    public static Objective Of(int seed, bool smooth)
    {
        var dimension = 1 + (int)((uint)seed % 6);
        return Objective.Define($"random {seed}", dimension, x =>
        {
            var formula = new RandomFormula(seed, smooth, x);
            return formula.Loop(2) + formula.Term(3) + formula.Loop(3);
        });
    }

    /// <summary>Something made of a loop.</summary>
    private Real Loop(int depth)
    {
        budget--;
        var extent = indices.Count > 0 && random.Next(3) == 0 ? Triangular() : 1 + random.Next(random.Next(4) == 0 ? 11 : 6);
        switch (random.Next(extent.IsConstant ? 5 : 1))
        {
            case 0 or 1:
                return Sum(extent, i => Inside(i, () => Term(depth - 1)));
            case 2:
                return Mean((int)extent.Value, i => Inside(i, () => Term(depth - 1)));
            default:
                var made = Vector((int)extent.Value, i => Inside(i, () => Term(depth - 1)));
                vectors.Add(made);
                var result = random.Next(3) switch
                {
                    0 => Dot(made, made) * 0.1,
                    1 => Sum(extent, i => Inside(i, () => made[i] * Term(depth - 1))),
                    _ => Sum(1 + random.Next(5), i => Inside(i, () => made[Below(made.Length)] * made[Below(made.Length)] * Term(depth - 1))),
                };
                if (indices.Count > 0)
                {
                    vectors.Remove(made);
                }

                return result;
        }
    }

    private Real Inside(Index i, Func<Real> body)
    {
        indices.Add(i);
        var known = vectors.Count;
        var value = body();
        vectors.RemoveRange(known, vectors.Count - known);
        indices.RemoveAt(indices.Count - 1);
        return value;
    }

    private Index Triangular()
    {
        var i = indices[random.Next(indices.Count)];
        return random.Next(3) switch
        {
            0 => i,
            1 => i + 1,
            _ => ((int)i.Greatest + 1) - i,
        };
    }

    private Real Term(int depth)
    {
        if (depth <= 0 || --budget <= 0)
        {
            return Leaf();
        }

        Real T() => Term(depth - 1);
        Real Tame() => Tanh(T());
        return random.Next(smooth ? 26 : 33) switch
        {
            0 or 1 => T() + T(),
            2 => T() - T(),
            3 or 4 or 5 => T() * T(),
            6 => T() / (2 + Square(T())),
            7 => -T(),
            8 => Square(T()) * 0.3,
            9 => Sin(T()),
            10 => Cos(2 * T()),
            11 => Sin(2 * Math.PI * T()) * 0.1,
            12 => Tame(),
            13 => Exp(Tame()),
            14 => Log(1.5 + Tame()),
            15 => Sqrt(1.5 + Tame()),
            16 => random.Next(2) == 0 ? Asin(0.9 * Tame()) : Acos(0.9 * Tame()),
            17 => random.Next(2) == 0 ? Atan(T()) : Atan2(T(), 1.5 + Tame()),
            18 => random.Next(2) == 0 ? Sigmoid(T()) : Softplus(T()),
            19 => random.Next(2) == 0 ? Erf(T()) : Tan(0.7 * Tame()),
            20 => random.Next(2) == 0 ? Pow(1.5 + Tame(), Tame()) : Pow(T(), 3) * 0.1,
            21 => Product(1 + random.Next(3), k => 0.5 + (0.3 * vectors[0][k % vectors[0].Length])) * Leaf(),
            22 => Vector(Leaf(), T(), Leaf())[Below(3)],
            _ when smooth || random.Next(2) == 0 => Loop(depth),
            26 => Abs(T() + Number()),
            27 => Min(T(), T() + Number()),
            28 => Max(T() + Number(), T()),
            29 => Select(T() < T() + Number(), T(), Leaf()),
            30 => Select((T() <= Number()) & !(T() > Number()), Leaf(), T()),
            31 when indices.Count > 0 => Select(Below(4) < Below(4), T(), Leaf()),
            _ => Select(Equal(Below(3), Below(3)) | (T() > Number()), T(), T()),
        };
    }

    private Real Leaf() => random.Next(10) switch
    {
        0 => row[Below(row.Length)],
        1 => symmetric[Below(4), Below(4)],
        2 => plain[Below(3), Below(5)],
        3 => parameters[random.Next(2)],
        4 => Number(),
        5 when indices.Count > 0 => 0.1 * (Real)Below(5),
        6 => vectors[^1][Below(vectors[^1].Length)],
        7 => vectors[random.Next(vectors.Count)] is var v ? v[Below(v.Length)] : 0,
        _ => vectors[0][Below(vectors[0].Length)],
    };

    /// <summary>An index within 0 … n−1, made of the loops around by any arithmetic.</summary>
    private Index Below(int n)
    {
        if (indices.Count == 0)
        {
            return random.Next(n);
        }

        var i = indices[random.Next(indices.Count)];
        var j = indices[random.Next(indices.Count)];
        return random.Next(9) switch
        {
            <= 2 when i.Greatest < n => i,
            3 when i.Greatest < n => n - 1 - i,
            4 => (i + j) % n,
            5 => (i - j - random.Next(4)) % n,
            6 => ((i * (1 + random.Next(3))) + (j / (1 + random.Next(3)))) % n,
            7 => gather[(i + (2 * j)) % gather.Length] % n,
            8 => (((i * j) - 3) / 2) % n,
            _ => (i + random.Next(n)) % n,
        };
    }

    /// <summary>A number of either sign, seldom a round one.</summary>
    private double Number() => random.Next(5) == 0 ? random.Next(-2, 3) : Math.Round((2.4 * random.NextDouble()) - 1.2, 3);
}
