using LandscapeGpu.Starts;

namespace LandscapeGpu.Objectives;

// Where restarts begin, in the coordinates that move.
public sealed partial record Objective
{
    /// <summary>The sampler that is used, of coordinates that move: the objective's own, or its set's.</summary>
    internal Sampler DefaultStarts => StartsFrom(null);

    /// <summary>A sampler of coordinates that move, from one of points as the formula is given them; null for the default.</summary>
    internal Sampler StartsFrom(Sampler? given)
    {
        if (manifold is null)
        {
            return given ?? ShownStarts;
        }

        if (given is not null)
        {
            RequireOnManifold(given);
        }

        return manifold.Lifted(given ?? ShownStarts);
    }

    /// <summary>The default sampler, of points as the formula is given them.</summary>
    internal Sampler ShownStarts => Starts ?? Domain switch
    {
        _ when manifold is not null => manifold.Starts,
        Domain.BoxDomain { IsBounded: false } => new HalfNormal(),
        Domain.BoxDomain box => new UniformBox([.. box.Lower], [.. box.Upper]),
        Domain.BallDomain ball => new UniformBall(ball.Radius),
        _ => new Gaussian(3),
    };

    /// <summary>Refuses starts that are not on the manifold, by looking at the first ones.</summary>
    private void RequireOnManifold(Sampler starts)
    {
        const int Looks = 64;
        // Three digits are enough to begin with: the first step puts the point on the set.
        const double Slack = 1e-3;
        var point = new double[Dimension];
        for (var k = 0; k < Looks; k++)
        {
            starts.Draw(0, k, point);
            var violation = manifold!.Violation(point);
            if (!(violation <= Slack))
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"{Name} is defined on {Region}, and start {k} ({starts.Describe()}) misses that set by {violation:G3}; give points of it, or leave the starts out to begin {manifold.Starts.Describe()}."));
            }
        }
    }
}
