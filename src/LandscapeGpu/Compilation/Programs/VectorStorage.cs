namespace LandscapeGpu.Compilation;

/// <summary>Where a program keeps vectors: those it is given, data, and temporary ones.</summary>
internal sealed class VectorStorage(Program program, IReadOnlyDictionary<Vector, Storage> inputs)
{
    private readonly Dictionary<Vector, Storage> places = new(inputs);
    private readonly Dictionary<Data, ProgramArray> data = [];

    /// <summary>The vectors that were given a place.</summary>
    public IEnumerable<KeyValuePair<Vector, Storage>> Placed => places;

    public bool Contains(Vector vector) => places.ContainsKey(vector);

    public void Put(Vector vector, Storage place) => places[vector] = place;

    /// <summary>A vector's place; one that has none yet gets one.</summary>
    public Storage Of(Vector vector)
    {
        if (vector is Data d)
        {
            if (!data.TryGetValue(d, out var array))
            {
                data.Add(d, array = new(d.Name, d.Length, Memory.Data));
                program.Data.Add((array, d));
            }

            return new(array, 0);
        }

        if (!places.TryGetValue(vector, out var place))
        {
            places.Add(vector, place = New(vector.Length, vector.Free));
        }

        return place;
    }

    /// <summary>Room for a vector made anew in each iteration of the given loops.</summary>
    public Storage New(int length, VariableSet free)
    {
        var array = new ProgramArray($"t{program.State.Count}", length, Memory.State) { Free = free };
        program.State.Add(array);
        return new(array, 0);
    }
}
