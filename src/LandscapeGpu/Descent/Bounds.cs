using LandscapeGpu.Expressions;
using LandscapeGpu.Objectives;
using static LandscapeGpu.Expressions.Functions;
using Index = LandscapeGpu.Expressions.Index;

namespace LandscapeGpu.Descent;

/// <summary>The domain's limits as expressions.</summary>
internal sealed class Bounds(Domain domain)
{
    private readonly Data? lower = DataOf("lower", (domain as Domain.BoxDomain)?.Lower);
    private readonly Data? upper = DataOf("upper", (domain as Domain.BoxDomain)?.Upper);

    public bool IsBox => domain is Domain.BoxDomain;

    public Real Lower(Index i) => lower is null ? ((Domain.BoxDomain)domain).Lower[0] : lower[i];

    /// <summary>Whether there are upper bounds: an orthant has none.</summary>
    public bool HasUpper => domain is Domain.BoxDomain { IsBounded: true };

    public Real Upper(Index i) => upper is null ? ((Domain.BoxDomain)domain).Upper[0] : upper[i];

    public Vector Project(Vector v, StepContext step)
    {
        switch (domain)
        {
            case Domain.BoxDomain:
                return step.Each(i => Max(Lower(i), HasUpper ? Min(Upper(i), v[i]) : v[i]));
            case Domain.BallDomain ball:
                var norm = Sqrt(step.Total(i => Square(v[i])));
                var factor = Min(1, ball.Radius / Max(norm, step.Tiny));
                return step.Each(i => factor * v[i]);
            default:
                return v;
        }
    }

    /// <summary>Bounds as data; null where all coordinates have the same.</summary>
    private static Data? DataOf(string name, IReadOnlyList<double>? values) =>
        values is null || values.Distinct().Count() == 1 ? null : new Data(name, values);
}
