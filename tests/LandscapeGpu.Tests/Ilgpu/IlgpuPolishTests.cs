using LandscapeGpu.Devices;
using LandscapeGpu.Devices.Kernels;
using LandscapeGpu.Ilgpu;
using LandscapeGpu.Objectives.Catalogue;
using LandscapeGpu.Tests.Devices;

namespace LandscapeGpu.Tests.Ilgpu;

public class IlgpuPolishTests
{
    private static readonly KernelDevice Cpu = (KernelDevice)DeviceCatalogue.Choose("ilgpu-cpu");

    [Theory]
    [InlineData("rosenbrock")]
    [InlineData("rastrigin")]
    [InlineData("glm")]
    [InlineData("thomson")]
    [InlineData("perceptron")]
    public void ILGPUs_CPU_accelerator_polishes_as_lanes_do(string name) =>
        PolishParity.Require(Catalogue.Find(name).Create(), Cpu, 4);

    [Theory]
    [InlineData("rastrigin")]
    [InlineData("orthogonal-tensor")]
    [InlineData("pca")]
    public void Polish_compiles_to_PTX(string name)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var ptx = PtxListing.Of(KernelPolish.KernelOf(Catalogue.Find(name).Create(), Cpu), isDouble: true);
        Assert.Contains("fma.rn.f64", ptx, StringComparison.Ordinal);
        // The plan, which is integers.
        Assert.Contains("ld.global.nc.b32", ptx, StringComparison.Ordinal);
        // Anything called would be a function that ILGPU does not know.
        Assert.DoesNotContain("call", ptx, StringComparison.Ordinal);
        // An explosion would take minutes; a busy machine is still far from this.
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 60);
    }
}
