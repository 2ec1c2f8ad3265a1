namespace LandscapeGpu.Compilation;

/// <summary>Elements of vectors as views of tensors: known data, components, gathered and scattered ones.</summary>
internal sealed partial class MatrixPlanner
{
    private View Element(Vector vector, Index index)
    {
        if (vector is ComponentVector components && index.IsConstant)
        {
            return Of(components.Components[(int)index.Value]);
        }

        var at = AffineIndex.Of(index);
        var (whole, variable, apart) = Whole(vector);
        var strides = whole.Strides.Where(s => !ReferenceEquals(s.Key, variable)).ToDictionary(s => s.Key, s => s.Value);
        if (at.Sample is { } sample)
        {
            return Gathered(whole, at, sample);
        }

        foreach (var (loop, factor) in at.Loops)
        {
            strides[loop] = strides.GetValueOrDefault(loop) + (factor * apart);
        }

        return whole with
        {
            Start = whole.Start + (at.Constant * apart),
            Strides = strides,
            Moving = [.. whole.Moving, .. at.Moving.Select(m => (m.Index, m.Factor * apart))],
            IsShifted = whole.IsShifted || (variable is { Value: 0 } && !ReferenceEquals(index, variable)),
        };
    }

    /// <summary>All of a vector, the loop that counts its elements if there is one, and how far apart these lie.</summary>
    private (View Whole, Index? Variable, long Apart) Whole(Vector vector)
    {
        if (vector is LoopVector loop)
        {
            var body = Of(loop.Body);
            return (body, loop.Variable, body.Stride(loop.Variable));
        }

        if (!vectors.TryGetValue(vector, out var whole))
        {
            vectors.Add(vector, whole = vector switch
            {
                _ when given.TryGetValue(vector, out var place) => new(place.Tensor, AffineIndex.Of(place.Start).Constant, new Dictionary<Index, long>()),
                Data data => Known(data),
                ScatterVector scatter => Scattered(scatter),
                ComponentVector components => Components(components),
                _ => throw new NoMatricesException(),
            });
        }

        return (whole, null, 1);
    }

    private View Known(Data data)
    {
        var array = new ProgramArray(data.Name, data.Length, Memory.Data);
        Data.Add((array, data));
        return new(new([], data.Length) { Given = array }, 0, new Dictionary<Index, long>());
    }

    private View Components(ComponentVector vector)
    {
        var loops = vector.Free.Variables;
        var (tensor, strides) = Rows(loops, vector);
        for (var k = 0; k < vector.Length; k++)
        {
            Add(new TotalWork(Of(vector.Components[k]), new(tensor, k, strides), loops, [], adds: false) { Root = RootOf(loops) });
        }

        return new(tensor, 0, strides);
    }

    private View Gathered(View data, AffineIndex at, (Index Drawn, long Factor) sample)
    {
        if (data.Tensor.Given is not { Memory: Memory.Data } || sample.Drawn.A is not { Operation: IndexOperation.Loop } position || at.Loops.ContainsKey(position) || at.Moving.Count > 0)
        {
            throw new NoMatricesException();
        }

        Index[] loops = [position, .. at.Loops.Keys.OrderBy(v => v.Value)];
        if (loops.Skip(1).Any(v => v.Value <= position.Value))
        {
            throw new NoMatricesException();
        }

        var to = Tensor.Over(loops, data.Tensor.Varies);
        Add(new GatherWork(new(data.Tensor, data.Start + at.Constant, at.Loops), sample.Factor, to) { Root = RootOf(loops) });
        return to.All();
    }

    private View Scattered(ScatterVector vector)
    {
        var (tensor, strides) = Rows(vector.Free.Variables, vector);
        Collect(tensor, () =>
        {
            foreach (var c in vector.Contributions)
            {
                var at = AffineIndex.Of(c.Index);
                if (at.Moving.Count > 0 || at.Sample is not null)
                {
                    throw new NoMatricesException();
                }

                var place = new Dictionary<Index, long>(strides);
                foreach (var (loop, factor) in at.Loops)
                {
                    place[loop] = place.GetValueOrDefault(loop) + factor;
                }

                Accumulate(new(tensor, at.Constant, place), [.. c.Loops.Where(v => !place.ContainsKey(v))], c.Value);
            }
        });
        return new(tensor, 0, strides);
    }
}
