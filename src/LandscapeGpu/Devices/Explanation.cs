using LandscapeGpu.Compilation;
using LandscapeGpu.Devices.Kernels;

namespace LandscapeGpu.Devices;

/// <summary>Shows what will run.</summary>
public static class Explanation
{
    /// <summary>The formula, its domain, and the program of one plain gradient step as this machine will run it, and how a GPU would keep its state.</summary>
    /// <param name="objective">What is explained.</param>
    /// <param name="options">The descent whose step is shown; null for plain gradient descent.</param>
    public static string Explain(this Objective objective, DescentOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(objective);
        options ??= new DescentOptions { Rule = new GradientDescent() };
        var kernel = KernelPlan.Make(StepProgram.Write(objective, options), machine: Multiprocessor.Typical);
        var matrices = MatrixChoice.For(StepProgram.Write(objective, options), typeof(ArrayMemory<>).MakeGenericType(options.IsDouble ? typeof(double) : typeof(float)), ProductLibrary.Typical);
        var threads = kernel.InLanes is { IsFaster: true } ? null : ThreadsAtOnce.Why(kernel.Demand(objective, options, new(new(objective.DefaultStarts, 1, 0, 1), objective.Dimension)), ThreadsAtOnce.LargeGpu);
        var carriers = kernel.WhoCarries(ThreadsAtOnce.LargeGpu.Name, ThreadsAtOnce.LargeGpu.Multiprocessors, isAble: true);
        return $"{objective}\non {(objective.Region.IsWholeSpace ? $"R^{objective.Dimension}" : objective.Region.Describe(objective.Dimension))}\n\n{new LaneDevice().Explain(objective, options)}\n{(matrices.Words is null ? "" : $"on a GPU: {matrices.Words}\n")}as a kernel of a GPU: {kernel}\n{(threads is null ? "" : $"{threads}\n")}{(carriers is null ? "" : $"{carriers}\n")}polished by a GPU: {Polished(objective)}";
    }

    private static string Polished(Objective objective)
    {
        if (objective.Dimension > LanePolish.MostCoordinates)
        {
            return $"by L-BFGS, since full Hessians are formed up to {LanePolish.MostCoordinates} coordinates";
        }

        var polish = new KernelPolish(objective, new ReferenceDevice());
        return FormattableString.Invariant($"Newton's method in double precision, memory-resident, {polish.StateBytes / 1024.0:F1} KiB of state an endpoint");
    }
}
