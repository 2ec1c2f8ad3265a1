using LandscapeGpu.Ilgpu;

namespace LandscapeGpu.Tests.Ilgpu;

public class PtxasTests
{
    // A few temporaries of a long step, which the first cache holds; an array that should be registers would be thousands.
    private const int FewBytes = 512;

    [PtxasTheory]
    [MemberData(nameof(Families))]
    public void Descent_is_assembled_and_hardly_spills(string name)
    {
        var objective = Catalogue.Find(name).Create();
        Assert.InRange(Ptxas.Spilled(Descent(objective, new GradientDescent(), isDouble: false)), 0, FewBytes);
        Ptxas.Spilled(Descent(objective, new Lbfgs(), isDouble: false));
        Ptxas.Spilled(Descent(objective, new Armijo(), isDouble: true));
    }

    [PtxasTheory]
    [MemberData(nameof(Families))]
    public void Polish_and_spectra_are_assembled(string name)
    {
        var (objective, cpu) = (Catalogue.Find(name).Create(), DevicesHere.Open("ilgpu-cpu"));
        Ptxas.Spilled(PtxListing.Of(KernelPolish.KernelOf(objective, cpu), isDouble: true));
        Ptxas.Spilled(PtxListing.Of(KernelHessians.KernelOf(objective, cpu), isDouble: true));
        Ptxas.Spilled(PtxListing.Of(new CurvatureDemand(objective, cpu, basis: 5).KernelOf(typeof(LanczosItem<,>)), isDouble: true));
    }

    [PtxasTheory]
    [InlineData("rastrigin", 10)]
    [InlineData("rosenbrock", 10)]
    [InlineData("lennard-jones", 21)]
    [InlineData("pca", 20)]
    [InlineData("orthogonal-tensor", 30)]
    [InlineData("glm", 20)]
    public void Problems_that_are_measured_stay_in_registers(string name, int dimension) =>
        Assert.Equal(0, Ptxas.Spilled(Descent(Catalogue.Find(name).Create(dimension), new GradientDescent(), isDouble: false)));

    [DisassemblerTheory]
    [InlineData("rastrigin", 10, 1e-2, 230)]
    [InlineData("glm", 20, null, 75 * 200)]
    [InlineData("pca", 200, null, 2.2 * 200 * 200)]
    [InlineData("pca", 20, null, 560)]
    public void A_step_of_gradient_descent_takes_no_more_slots_than_its_budget(string name, int dimension, double? tolerance, double budget)
    {
        var stop = new StopRule { Iterations = name == "pca" ? 4 : 30, OnlyIterations = tolerance is null, GradientTolerance = tolerance };
        // A count of nothing would be within every budget.
        Assert.InRange(MachineSlots.PerStep(Catalogue.Find(name).Create(dimension), new GradientDescent { Step = 1e-4 }, stop), budget / 2, budget);
    }

    [DisassemblerTheory]
    [InlineData("rastrigin", 10, 1250)]
    [InlineData("hartmann-6", 6, 880)]
    public void A_step_of_the_default_rule_takes_no_more_slots_than_its_budget(string name, int dimension, double budget)
    {
        var objective = Catalogue.Find(name).Create(dimension);
        Assert.InRange(MachineSlots.PerStep(objective, new Lbfgs(), new()), budget / 2, budget);
        Assert.Equal(0, Ptxas.Spilled(Descent(objective, new Lbfgs(), isDouble: false)));
    }

    public static TheoryData<string> Families() => [.. Catalogue.Families.Select(f => f.Name)];

    private static string Descent(Objective objective, UpdateRule rule, bool isDouble)
    {
        var plan = KernelPlan.Make(StepProgram.Write(objective, new() { Rule = rule, IsDouble = isDouble }));
        return PtxListing.Of(plan.Emit(isDouble ? typeof(DoubleMemory) : typeof(SingleMemory)), isDouble);
    }
}
