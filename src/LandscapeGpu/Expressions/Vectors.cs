namespace LandscapeGpu.Expressions;

/// <summary>Makes vectors in their simplest form.</summary>
internal static class Vectors
{
    /// <summary>(body at k = 0 … n−1), unless that is an existing vector read in order.</summary>
    public static Vector Loop(Index variable, Real body) =>
        body.Operation == Operation.Element && ReferenceEquals(body.Index, variable) && body.Vector.Length == variable.Count && !body.Vector.Free.Contains(variable)
            ? body.Vector
            : Trace.Node(variable, body);
}
