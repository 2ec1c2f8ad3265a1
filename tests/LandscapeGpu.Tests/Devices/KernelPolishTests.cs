namespace LandscapeGpu.Tests.Devices;

public class KernelPolishTests
{
    [Theory]
    [MemberData(nameof(Names))]
    public void Kernels_polish_as_lanes_do_on_every_family(string name) =>
        PolishParity.Require(Catalogue.Find(name).Create(), new ReferenceDevice(2), 40);

    [Theory]
    [InlineData("rastrigin")]
    [InlineData("orthogonal-tensor")]
    public void State_in_memory_and_state_in_registers_give_the_same(string name)
    {
        var objective = Catalogue.Find(name).Create(4);
        var points = PolishParity.Endpoints(objective, 50);
        var registers = new KernelPolish(objective, new ReferenceDevice(1)).Run(points);
        var memory = new KernelPolish(objective, new ReferenceDevice(1) { IsMemoryOnly = true }).Run(points);
        Assert.Equal(registers.Points, memory.Points);
        Assert.Equal(registers.Stationary, memory.Stationary);
    }

    public static TheoryData<string> Names() => LongTests.Families(1, 2);

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(8)]
    public void A_survey_on_kernels_comes_to_minima_where_several_derivatives_vanish(int power)
    {
        var objective = Objective.Define("flat", 2, x => Pow(x[0] - 0.3, power) + Pow(x[0] + x[1] - 0.7, power)) with { Region = Region.Box(2, -2, 2) };

        var found = Survey.Run(objective, new() { Restarts = 100, Device = "reference" });

        var minimum = Assert.Single(found.AllMinima);
        Assert.Equal((StationaryKind.DegenerateMinimum, 100L), (minimum.Kind, minimum.Count));
    }
}
