namespace LandscapeGpu.Objectives;

// The same formula with its kinks written out.
public sealed partial record Objective
{
    /// <summary>The formula over its coordinates and four variables for each kink, and how many kinks there are; null where these are none or more than so many.</summary>
    internal (Objective Objective, int Kinks)? WithKinks(int most)
    {
        var own = definition.Fork();
        return own.Run(() => KinkTerms.Of(Value, Point, most)) is { } made ? (new(Name, made.Point, made.Value, own) { Parameters = Parameters }, made.Kinks) : null;
    }
}
