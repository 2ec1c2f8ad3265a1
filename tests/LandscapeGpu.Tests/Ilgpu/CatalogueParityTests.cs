using LandscapeGpu.Tests.Devices;

namespace LandscapeGpu.Tests.Ilgpu;

public class CatalogueParityTests
{
    [Theory]
    [MemberData(nameof(Families))]
    public void Rules_take_the_lanes_steps_on_every_objective(string device, string objective)
    {
        var made = Catalogue.Find(objective).Create();
        foreach (var rule in RulesFor(objective))
        {
            Parity.Require(made, new() { Rule = Rules.Named(rule), IsDouble = true }, DevicesHere.Open(device), [4]);
        }
    }

    public static TheoryData<string, string> Families() => DevicesHere.With(LongTests.Slice(Catalogue.Families.Select(f => f.Name), 1, 2));

    /// <summary>All rules where <c>LANDSCAPE_LONG_TESTS</c> is set; else one of twelve for every second family, another for the next: a kernel takes longest to compile, and each rule still meets two families.</summary>
    private static IEnumerable<string> RulesFor(string objective) => LongTests.Slice(Rules.Names, Catalogue.Families.Select(f => f.Name).ToList().IndexOf(objective) / 2, 12);
}
