using ILGPU.Runtime.CPU;
using LandscapeGpu.Ilgpu;
using LandscapeGpu.Tests.Ilgpu.Ptx;

namespace LandscapeGpu.Tests.Ilgpu;

/// <summary>What CUDA would be given of restarts in lock step, products as kernels in the place of a library's, goes where the reference device goes.</summary>
public class LockStepKernelTests
{
    private static readonly Objective Network = Catalogue.Find("perceptron").Create(null, new Dictionary<string, double> { ["inputs"] = 2, ["width"] = 3, ["n"] = 4, ["loss"] = 2, ["classes"] = 3, ["decay"] = 0.01 });

    [Theory]
    [InlineData("lbfgs", true)]
    [InlineData("momentum", false)]
    public void The_PTX_takes_the_reference_devices_steps(string rule, bool isDouble) => Require(new PtxDevice { ByMatrices = true }, rule, isDouble);

    [Fact]
    public void ILGPUs_CPU_accelerator_takes_the_reference_devices_steps()
    {
        using var accelerator = CPUDevice.Default.CreateCPUAccelerator(IlgpuContext.Instance.Context);
        Require(new IlgpuDevice(accelerator) { ByMatrices = true }, "gradient-descent", isDouble: false);
    }

    private static void Require(KernelDevice device, string rule, bool isDouble)
    {
        // The memory of L-BFGS goes round: a step is written three times.
        var options = new DescentOptions { Rule = rule == "lbfgs" ? new Lbfgs { Memory = 3 } : Rules.Named(rule), IsDouble = isDouble, Stop = new() { Iterations = 5 } };
        var range = new RestartRange(Network.DefaultStarts, 7, 3, 3);
        var (expected, found) = (new ReferenceDevice(1) { ByMatrices = true }.Compile(Network, options).Run(range), Assert.IsType<MatrixDescent>(device.Compile(Network, options)).Run(range));
        Assert.Equal(expected.Outcomes, found.Outcomes);
        Assert.Equal(expected.Steps, found.Steps);
        // Elementary functions of the machine and of .NET differ in their last digits, which five steps of a quasi-Newton method raise.
        Assert.All(expected.Points.Zip(found.Points), p => Assert.Equal(p.First, p.Second, isDouble ? 1e-10 : 1e-3));
    }
}
