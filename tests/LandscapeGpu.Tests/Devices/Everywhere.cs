using LandscapeGpu.Compilation;
using LandscapeGpu.Tests.Arithmetic;
using LandscapeGpu.Tests.Compilation;

namespace LandscapeGpu.Tests.Devices;

/// <summary>A formula's value, gradient and Hessian product at a point, from everything that can compute them.</summary>
internal static class Everywhere
{
    /// <summary>The kernel devices that are here without a GPU.</summary>
    public static IEnumerable<KernelDevice> KernelDevices =>
        DeviceCatalogue.Found.Where(f => f.Kind == "ilgpu-cpu" && f.Unusable is null).Select(f => (KernelDevice)DeviceCatalogue.Choose(f.Kind)).Prepend(new ReferenceDevice(1));

    /// <summary>By interpreting, and by code for one restart and for vectors of every width, in both precisions, as loops and written out.</summary>
    /// <remarks>Of vectors every pair of a width, a precision and a form is there; all three together only in long tests.</remarks>
    public static IEnumerable<(string Where, double[] Numbers)> Derived(Objective objective, double[] x, double[] v)
    {
        foreach (var (form, derived) in new[] { ("loops", new DerivedFormula(objective)), ("written out", new DerivedFormula(objective, budget: 250)) })
        {
            yield return ($"double interpreter, {form}", derived.Interpret(DoubleArithmetic.Instance, x, v));
            yield return ($"single interpreter, {form}", derived.Interpret(SingleArithmetic.Instance, x, v));
            foreach (var isDouble in new[] { true, false })
            {
                yield return ($"scalar code, {form}, double: {isDouble}", derived.Run(new ScalarTarget(isDouble), 1, [x], v)[0]);
                foreach (var bits in LongTests.Slice([128, 256, 512], isDouble == (form == "loops") ? 0 : 1, 2).Where(b => b <= LaneTarget.WidestBits))
                {
                    yield return ($"lanes of {bits} bits, {form}, double: {isDouble}", derived.Run(new LaneTarget(bits, isDouble), 2, [x], v)[^1]);
                }
            }
        }
    }

    /// <summary>∇f on a device, from one step of gradient descent; not finite where the device calls the restart so.</summary>
    public static double[] Gradient(Device device, Objective objective, double[] x, bool isDouble)
    {
        // A power of two, and as large as the rounding of x − ηg allows.
        const double Step = 1;
        var options = new DescentOptions { Rule = new GradientDescent { Step = Step }, IsDouble = isDouble, Stop = new() { Iterations = 1, GradientTolerance = 1e-300 } };
        var compiled = device.Compile(objective with { Region = Region.WholeSpace }, options);
        var ends = compiled.Run(new RestartRange(new GivenPoints(x), 0, 0, 3));
        Assert.Empty(compiled.Warnings);
        return [.. x.Select((a, i) => ends.Outcomes[2] == (byte)Outcome.NotFinite ? double.NaN : (a - ends.Points[(2 * x.Length) + i]) / Step)];
    }

    /// <summary>Value and derivatives agree with what is right, everywhere.</summary>
    /// <param name="objective">The formula.</param>
    /// <param name="x">The point.</param>
    /// <param name="value">f(x).</param>
    /// <param name="gradient">∇f(x).</param>
    /// <param name="hessian">∇²f(x), row by row.</param>
    public static void Require(Objective objective, double[] x, double value, double[] gradient, double[] hessian)
    {
        var d = x.Length;
        var v = Enumerable.Range(0, d).Select(i => 1.0 + i).ToArray();
        double[] right = [value, .. gradient, .. Enumerable.Range(0, d).Select(i => Enumerable.Range(0, d).Sum(j => hessian[(i * d) + j] * v[j]))];
        foreach (var (where, numbers) in Derived(objective, x, v))
        {
            // Single precision: a few ulp of numbers of this size, and of the point itself.
            Agree(right, numbers, where.Contains("single", StringComparison.Ordinal) || where.Contains("False", StringComparison.Ordinal) ? 1e-4 : 1e-10, where, objective);
        }

        foreach (var device in KernelDevices.Append<Device>(new LaneDevice(1)))
        {
            RequireOn(device, objective, x, gradient, hessian);
        }
    }

    /// <summary>The same for derivatives on one device.</summary>
    public static void RequireOn(Device device, Objective objective, double[] x, double[] gradient, double[] hessian)
    {
        Agree(gradient, Gradient(device, objective, x, isDouble: true), 1e-10, device.Description, objective);
        Agree(gradient, Gradient(device, objective, x, isDouble: false), 1e-4, device.Description + ", single", objective);
        if (device is KernelDevice kernels)
        {
            Agree(hessian, new KernelHessians(objective, kernels).Run(x), 1e-10, device.Description + ", Hessian", objective);
        }
    }

    private static void Agree(double[] right, double[] found, double tolerance, string where, Objective objective)
    {
        var scale = right.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max() + 1;
        for (var k = 0; k < right.Length; k++)
        {
            Assert.True(
                double.IsFinite(right[k]) ? Math.Abs(right[k] - found[k]) <= tolerance * scale : !double.IsFinite(found[k]),
                $"Number {k} of {objective} is {found[k]} and not {right[k]}: {where}.");
        }
    }
}
