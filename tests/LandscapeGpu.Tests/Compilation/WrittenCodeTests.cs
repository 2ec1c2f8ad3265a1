using System.Runtime;
using LandscapeGpu.Compilation;

namespace LandscapeGpu.Tests.Compilation;

/// <summary>A formula that is written again, as a cell of a notebook does, costs no compilation.</summary>
public sealed class WrittenCodeTests
{
    [Fact]
    public void Lanes_compile_what_does_the_same_once()
    {
        // Of the library itself this thread compiles on the way what nobody had called yet.
        using var first = new Slope(0.5);
        using var another = new Slope(0.25);
        using var again = new Slope(0.5);
        Assert.Equal(0, again.MethodsCompiled);
        Assert.Equal(first.At, again.At);
        using var third = new Slope(0.75);
        Assert.Equal(1, third.MethodsCompiled);
        Assert.NotEqual(first.At, third.At);
    }

    [Fact]
    public void Kernels_of_formulas_that_do_the_same_are_one_type()
    {
        Assert.Same(Step(3, 0.5), Step(3, 0.5));
        Type[] others = [Step(3, 0.5), Step(3, 0.25), Step(4, 0.5), Step(3, 0.5, isDouble: true), Step(3, 0.5, rule: new Momentum())];
        Assert.Equal(others.Length, others.Distinct().Count());
    }

    private static Type Step(int d, double constant, bool isDouble = false, UpdateRule? rule = null) =>
        KernelPlan.Make(StepProgram.Write(Rippled(d, constant), new() { Rule = rule ?? new GradientDescent(), IsDouble = isDouble })).EmitStep(isDouble ? typeof(ArrayMemory<double>) : typeof(ArrayMemory<float>));

    private static Objective Rippled(int d, double constant) => Objective.Define("rippled", d, x => Sum(d, i => Square(x[i]) - (constant * Cos(x[i]))));

    /// <summary>A slope's code and the slope it computes at one point: code lives as long as someone uses it.</summary>
    private sealed class Slope : IDisposable
    {
        private readonly Lanes lanes;

        public Slope(double constant)
        {
            var objective = Rippled(3, constant);
            var programs = DerivativePrograms.Write(objective, productsOnly: true);
            var program = CompiledProgram.OnLanes(programs.Slope, new LaneTarget(256, true), 1);
            lanes = new Lanes(program);
            using var data = program.NewData(objective.Parameters);
            lanes.Write(programs.X, 0, [0.1, 0.2, 0.3]);
            var before = JitInfo.GetCompiledMethodCount(currentThread: true);
            lanes.Run(data);
            MethodsCompiled = JitInfo.GetCompiledMethodCount(currentThread: true) - before;
            var gradient = new double[3];
            lanes.Read(programs.Gradient, 0, gradient);
            At = string.Join(" ", gradient);
        }

        public long MethodsCompiled { get; }

        public string At { get; }

        public void Dispose() => lanes.Dispose();
    }
}
