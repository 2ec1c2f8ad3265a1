using LandscapeGpu.Objectives;
using LandscapeGpu.Objectives.Catalogue;
using static LandscapeGpu.Expressions.Functions;

/// <summary>(x² − 1)² + (y² − 1)² + xy/10: a family of one's own, with its symmetry.</summary>
public sealed class Mirror() : Family(
    "mirror", "two wells an axis, coupled: four minima, three if exchanging x and y makes no difference", 2,
    "this example")
{
    public override IReadOnlyList<Setting> Settings => [new("coupling", 0.1, "how much x·y counts")];

    protected override Objective Build(Choices choices)
    {
        var coupling = choices["coupling"];
        return Objective.Define(Name, 2, x => Square(Square(x[0]) - 1) + Square(Square(x[1]) - 1) + (coupling * x[0] * x[1])) with
        {
            Region = Region.Box(2, -2, 2),
            Symmetry = new Exchange(),
        };
    }
}
