using LandscapeGpu.Compilation;
using CompiledProgram = LandscapeGpu.Compilation.Program;

namespace LandscapeGpu.Tests.Compilation;

public class MaskedSquaresTests
{
    [Fact]
    public void Squares_of_what_a_bound_does_not_hold_are_added_where_it_does_not()
    {
        var (objective, options) = (Catalogue.Find("rastrigin").Create(4), new DescentOptions { Rule = new GradientDescent(), Stop = new() { GradientTolerance = 0.01 } });
        var before = StepProgram.Write(objective, options).Program;
        var after = KernelPlan.Make(StepProgram.Write(objective, options)).Program;
        // All but the first, which nothing is added to.
        Assert.Equal((3, 0), (SquaresOfChoices(before), ChoicesOfSquares(before)));
        Assert.Equal((0, 3), (SquaresOfChoices(after), ChoicesOfSquares(after)));
        // No value is used before it is made.
        var made = new HashSet<Value>();
        foreach (var value in after.Body.Statements.OfType<Let>().Select(l => l.Value))
        {
            Assert.All(value.Operands, operand => Assert.True(operand.Instruction == Instruction.Constant || made.Contains(operand)));
            made.Add(value);
        }
    }

    private static int SquaresOfChoices(CompiledProgram program) => Values(program).Count(v => v is { Instruction: Instruction.MultiplyAdd, A.Instruction: Instruction.Select });

    private static int ChoicesOfSquares(CompiledProgram program) => Values(program).Count(v => v is { Instruction: Instruction.Select, C.Instruction: Instruction.MultiplyAdd } && ReferenceEquals(v.B, v.C.C));

    private static IEnumerable<Value> Values(CompiledProgram program) => program.Blocks().SelectMany(b => b.Statements).OfType<Let>().Select(l => l.Value);
}
