namespace LandscapeGpu.Objectives;

// Where restarts begin, in the coordinates that move.
public sealed partial record Objective
{
    /// <summary>The sampler that is used, of coordinates that move: the objective's own, or its set's.</summary>
    internal Sampler DefaultStarts => StartsFrom(null);

    /// <summary>A sampler of coordinates that move, from one of points as the formula is given them; null for the default.</summary>
    internal Sampler StartsFrom(Sampler? given)
    {
        if (given is not null && Surface is { } surface)
        {
            RequireOn(surface, given);
        }

        return region.Lifted(given ?? ShownStarts);
    }

    /// <summary>The default sampler, of points as the formula is given them.</summary>
    internal Sampler ShownStarts => Starts ?? (Scale is { } known ? region.StartsAt(known) : region.Starts);

    /// <summary>Refuses starts that are not on the surface, by looking at the first ones.</summary>
    private void RequireOn(Region surface, Sampler starts)
    {
        const int Looks = 64;
        // Three digits are enough to begin with: the first step puts the point on the set.
        const double Slack = 1e-3;
        var point = new double[Dimension];
        for (var k = 0; k < Looks; k++)
        {
            starts.Draw(0, k, point);
            var violation = surface.Violation(point);
            if (!(violation <= Slack))
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"{Name} is defined on {surface.Describe(Dimension)}, and start {k} ({starts.Describe()}) misses that set by {violation:G3}; give points of it, or leave the starts out to begin {surface.Starts.Describe()}."));
            }
        }
    }
}
