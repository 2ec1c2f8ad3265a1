using LandscapeGpu.Ilgpu;
using LandscapeGpu.Tests.Devices;

namespace LandscapeGpu.Tests.Ilgpu;

public class IlgpuPolishTests
{
    [Theory]
    [MemberData(nameof(Polished))]
    public void Devices_polish_as_lanes_do(string device, string name) =>
        PolishParity.Require(Catalogue.Find(name).Create(), DevicesHere.Open(device), 4);

    [Theory]
    [InlineData("rastrigin")]
    [InlineData("orthogonal-tensor")]
    [InlineData("pca")]
    public void Polish_compiles_to_PTX(string name)
    {
        var ptx = PtxListing.Of(KernelPolish.KernelOf(Catalogue.Find(name).Create(), DevicesHere.Open("ilgpu-cpu")), isDouble: true);
        Assert.Contains("fma.rn.f64", ptx, StringComparison.Ordinal);
        // The plan, which is integers.
        Assert.Contains("ld.global.nc.b32", ptx, StringComparison.Ordinal);
        // Anything called would be a function that ILGPU does not know.
        Assert.DoesNotContain("call", ptx, StringComparison.Ordinal);
        // Of the longest of these it is 300 kB; what takes minutes to compile has many megabytes.
        Assert.InRange(ptx.Length, 10_000, 2_000_000);
    }

    public static TheoryData<string, string> Polished() => DevicesHere.With("rosenbrock", "rastrigin", "glm", "thomson", "perceptron");
}
