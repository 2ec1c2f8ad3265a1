namespace LandscapeGpu.Expressions;

/// <summary>Checks, before anything runs, that no index ever leaves its vector.</summary>
internal static class IndexBounds
{
    // Beyond this many combinations of loop indices the check is left to the interval bounds.
    private const long MostCombinations = 20_000_000;

    /// <exception cref="ArgumentException">An index leaves its vector for some values of the loop indices, or is used outside its loop.</exception>
    public static void Require(Real root)
    {
        if (!root.Free.IsEmpty)
        {
            throw new ArgumentException(
                $"The index {root.Free.Variables[0]} is used outside the Sum, Mean or Vector whose loop it belongs to; return the value from the loop's body instead.");
        }

        foreach (var element in Traversal.From(root).OfType<Real>().Where(r => r.Operation == Operation.Element))
        {
            Require(element.Index, element.Vector.Length, value => element.Vector.OutOfRange(element.Index, value));
        }
    }

    /// <summary>Checks that an index stays within 0 … extent−1 for all values of the loop indices in it.</summary>
    /// <param name="index">The index.</param>
    /// <param name="extent">How many values are allowed.</param>
    /// <param name="wrong">Makes the error from the text of a value that is not.</param>
    public static void Require(Index index, int extent, Func<string, ArgumentException> wrong)
    {
        RequireGathers(index);
        RequireWithin(index, extent, wrong);
    }

    private static void RequireWithin(Index index, int extent, Func<string, ArgumentException> wrong)
    {
        // Bounds of the parts are bounds of the whole; where they do not decide, every combination is tried.
        if (index.Least >= 0 && index.Greatest < extent)
        {
            return;
        }

        if (Combinations(index) > MostCombinations)
        {
            throw wrong(FormattableString.Invariant($"{index.Least} to {index.Greatest} (by bounds; too many combinations to try each)"));
        }

        Enumerate(index, value =>
        {
            if (value < 0 || value >= extent)
            {
                throw wrong(value.ToString(CultureInfo.InvariantCulture));
            }
        });
    }

    private static void RequireGathers(Index index)
    {
        if (index.Operation == IndexOperation.Gather)
        {
            var data = index.Key.Data!;
            RequireWithin(index.A!, data.Length, value => new ArgumentException(
                $"Index data {data.Name} holds {data.Length} numbers and was indexed with {value}; allowed are 0 to {data.Length - 1}."));
        }

        if (index.A is { } a)
        {
            RequireGathers(a);
        }

        if (index.B is { } b)
        {
            RequireGathers(b);
        }
    }

    private static double Combinations(Index index) => index.Free.Variables.Aggregate(1.0, (product, v) => product * Math.Max(1, v.Extent.Greatest));

    private static void Enumerate(Index index, Action<long> visit)
    {
        var values = new Dictionary<Index, long>(ReferenceEqualityComparer.Instance as IEqualityComparer<Index>);
        var loops = index.Free.Variables;
        Nest(0);

        void Nest(int level)
        {
            if (level == loops.Length)
            {
                visit(index.Evaluate(ValueOf));
                return;
            }

            var extent = loops[level].Extent.Evaluate(ValueOf);
            for (var i = 0L; i < extent; i++)
            {
                values[loops[level]] = i;
                Nest(level + 1);
            }
        }

        long ValueOf(Index variable) => values.TryGetValue(variable, out var value) ? value : 0;
    }
}
