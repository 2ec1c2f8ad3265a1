namespace LandscapeGpu.Compilation;

/// <summary>What the addresses of a program are made of: multiples of loops' indices, and terms that are more than that.</summary>
internal static class AddressTerms
{
    /// <summary>The terms of all addresses that are more than a loop's index, by the innermost loop they depend on.</summary>
    public static ILookup<Index?, Index> ByLoop(Program program) => program.Blocks()
        .SelectMany(b => b.Statements)
        .Select(s => s switch
        {
            Let l => l.Value.Array is null ? null : l.Value.Index,
            Store w => w.Index,
            Accumulate w => w.Index,
            _ => null,
        })
        .OfType<Index>()
        .SelectMany(i => Linear.Of(i).Terms)
        .Select(t => t.Term)
        .Where(t => t.Operation != IndexOperation.Loop && !t.VariesByRestart)
        .Distinct()
        .ToLookup(t => t.Free.IsEmpty ? null : t.Free.Variables[^1]);

    /// <summary>By how many bytes addresses in a loop grow with its index.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="layout">Where arrays lie.</param>
    /// <param name="most">How many different strides are asked for: the first that are met.</param>
    public static List<long> Strides(Loop loop, Layout layout, int most)
    {
        var strides = new List<long>();
        AddStrides(loop.Body, loop.Variable, layout, most, strides);
        return strides;
    }

    private static void AddStrides(Block body, Index variable, Layout layout, int most, List<long> strides)
    {
        foreach (var statement in body.Statements)
        {
            if (statement is Loop inner)
            {
                AddStrides(inner.Body, variable, layout, most, strides);
                continue;
            }

            var (array, index) = statement switch
            {
                Let l => (l.Value.Array, l.Value.Index),
                Store w => (w.Array, w.Index),
                Accumulate w => (w.Array, w.Index),
                _ => (null, null),
            };
            if (array is null || index is null || !index.Free.Contains(variable))
            {
                continue;
            }

            foreach (var (term, factor) in Linear.Of(index).Terms)
            {
                var stride = factor * (array.Memory == Memory.State ? layout.Stride : layout.Target.ElementBytes);
                if (ReferenceEquals(term, variable) && !strides.Contains(stride) && strides.Count < most)
                {
                    strides.Add(stride);
                }
            }
        }
    }
}
