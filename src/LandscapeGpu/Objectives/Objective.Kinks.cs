namespace LandscapeGpu.Objectives;

// The same formula with its kinks written out.
public sealed partial record Objective
{
    /// <summary>The formula over its coordinates and four variables for each component of a kink, and its kinks; null where these are none or have more components than so many.</summary>
    internal (Objective Objective, IReadOnlyList<KinkNorm> Kinks)? WithKinks(int most)
    {
        var own = definition.Fork();
        return own.Run(() => KinkTerms.Of(Value, Point, most)) is { } made ? (new(Name, made.Point, made.Value, own) { Parameters = Parameters }, made.Kinks) : null;
    }
}
