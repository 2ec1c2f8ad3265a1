using System.Reflection;

namespace LandscapeGpu.Tests.Devices;

public class IlSubsetTests
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    [Fact]
    public void Kernels_stay_within_what_ILGPU_compiles()
    {
        var kernels = typeof(RestartLife).Assembly;
        var methods = kernels.GetTypes()
            .Where(t => !t.IsInterface)
            .SelectMany(t => t.GetMethods(Own).Cast<MethodBase>().Concat(t.GetConstructors(Own)))
            .Where(m => m.GetMethodBody() is not null)
            .ToList();
        Assert.True(methods.Count > 20, "The kernels' methods were not found.");
        Assert.Empty(methods.SelectMany(m => IlSubset.Violations(m, called => called.DeclaringType!.Assembly == kernels)));
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Emitted_programs_stay_within_what_ILGPU_compiles(string objective, string rule, bool isDouble)
    {
        var options = new DescentOptions { Rule = Rules.Named(rule), IsDouble = isDouble };
        var device = new ReferenceDevice(1);
        foreach (var (inMemory, isShared) in new[] { (false, false), (true, false), (true, true) })
        {
            var plan = KernelPlan.Make(StepProgram.Write(Catalogue.Find(objective).Create(), options), inMemory, isShared ? device.Multiprocessor : null, SharedState.WhereItFits);
            var memory = plan.IsInBlocks ? device.BlockMemoryType(isDouble) : device.MemoryType(isDouble);
            var methods = plan.EmitStep(memory).GetMethods(Own);
            // Beside them a long step has a method for each of its sections.
            Assert.Equal(7, methods.Count(m => m.IsPublic));
            Assert.Empty(methods.SelectMany(m => IlSubset.Violations(m, called => called.DeclaringType == memory || methods.Contains(called))));
        }
    }

    [Theory]
    [InlineData("lbfgs", false)]
    [InlineData("adam", false)]
    [InlineData("gradient-descent", true)]
    public void So_do_those_of_which_warps_carry_a_restart(string rule, bool isDouble)
    {
        var memory = new ReferenceDevice(1).BlockMemoryType(isDouble);
        var plan = KernelPlan.Make(StepProgram.Write(OverSamples.Make("logistic-regression"), new() { Rule = Rules.Named(rule), IsDouble = isDouble }));
        Assert.InRange(plan.ByWarps!.Counts.Count, 3, 4);
        foreach (var warps in plan.ByWarps.Counts)
        {
            var methods = plan.EmitByWarps(memory, warps).GetGenericArguments()[0].GetMethods(Own);
            Assert.Equal(7, methods.Count(m => m.IsPublic));
            Assert.Empty(methods.SelectMany(m => IlSubset.Violations(m, called => called.DeclaringType == memory || methods.Contains(called))));
        }
    }

    [Theory]
    [InlineData("rastrigin")]
    [InlineData("glm")]
    [InlineData("orthogonal-tensor")]
    [InlineData("perceptron")]
    public void Emitted_derivatives_stay_within_what_ILGPU_compiles(string name)
    {
        var device = new ReferenceDevice(1);
        var memory = device.MemoryType(isDouble: true);
        var steps = KernelDerivatives.Of(Catalogue.Find(name).Create(), device).Derived.GetGenericArguments().SkipLast(1).ToList();
        Assert.Equal(4, steps.Count);
        Assert.Empty(steps.SelectMany(s => s.GetMethods(Own)).SelectMany(m => IlSubset.Violations(m, called => called.DeclaringType == memory)));
    }

    [Fact]
    public void A_method_outside_the_subset_is_noticed() =>
        Assert.NotEmpty(IlSubset.Violations(typeof(IlSubsetTests).GetMethod(nameof(Outside), BindingFlags.NonPublic | BindingFlags.Static)!, _ => false));

    [Fact]
    public void A_number_made_of_a_comparison_is_noticed() =>
        Assert.Contains("comparison", Assert.Single(IlSubset.Violations(typeof(IlSubsetTests).GetMethod(nameof(Indicator), BindingFlags.NonPublic | BindingFlags.Static)!, _ => false)), StringComparison.Ordinal);

    // What a step is emitted as comes from the objective or from the rule: every objective meets four rules, every rule a third of the objectives.
    public static TheoryData<string, string, bool> Programs() =>
        Rows.Of(Catalogue.Families.SelectMany((_, row) => LongTests.Slice(Rules.Names, row, 3), (family, rule) => (family.Name, rule, rule.Length % 2 == 0)));

    private static double Indicator(int i, int j) => i == j ? 1 : 0;

    private static int Outside(int[] numbers) => numbers.Length > 0 ? numbers[0] : throw new InvalidOperationException();
}
