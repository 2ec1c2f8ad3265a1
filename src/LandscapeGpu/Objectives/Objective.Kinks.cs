namespace LandscapeGpu.Objectives;

// The same formula with its kinks written out.
public sealed partial record Objective
{
    /// <summary>−f, on the same region.</summary>
    internal Objective Negated()
    {
        var own = definition.Fork();
        return own.Run(() => new Objective($"−({Name})", Point, -formula, own) { Parameters = Parameters, Region = Region, Starts = Starts });
    }

    /// <summary>Whether pieces of the formula can tie, or a condition change its branch.</summary>
    internal bool MayTie => Smoothness.MayBeSharp(Value);

    /// <summary>Whether any operation has a kink, a jump, a pole or an end.</summary>
    internal bool MayEnd => Smoothness.MayEnd(Value);

    /// <summary>The arguments of operations whose definition ends, over the coordinates and a variable for each, and the formula with those of them put onto their edge whose variable is positive; how many each operation has. Null where there are none, or more than so many.</summary>
    internal (Objective Arguments, Objective OnEdges, IReadOnlyList<int> Counts)? WithEdges(int most)
    {
        var own = definition.Fork();
        return own.Run(() => EdgeTerms.Of(Value, Point, most)) is { } made ? (Over(made.Arguments, made.Point), Over(made.OnEdges, made.Point), made.Counts) : null;

        Objective Over(Real value, Point wide) => new(Name, wide, value, own) { Parameters = Parameters, Region = Region.WholeSpace };
    }

    /// <summary>The formula over its coordinates, on the surface that they are on, and four variables for each component of a kink, and its kinks; null where these are none or have more components than so many.</summary>
    internal (Objective Objective, IReadOnlyList<KinkNorm> Kinks)? WithKinks(int most)
    {
        var own = definition.Fork();
        return own.Run(() => KinkTerms.Of(Value, Point, most)) is { } made
            ? (new(Name, made.Point, made.Value, own) { Parameters = Parameters, Region = Surface is null ? Region.WholeSpace : Region.Product((region.OfMoving, Dimension), (Region.WholeSpace, made.Point.Dimension - Dimension)) }, made.Kinks)
            : null;
    }
}
