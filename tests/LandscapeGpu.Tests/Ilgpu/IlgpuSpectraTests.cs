using LandscapeGpu.Ilgpu;
using LandscapeGpu.Tests.Devices;

namespace LandscapeGpu.Tests.Ilgpu;

public class IlgpuSpectraTests
{
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Products_are_those_of_lanes(string device) => SpectralParity.RequireProducts(DevicesHere.Open(device));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Hessians_are_those_of_lanes(string device) => SpectralParity.RequireHessians(DevicesHere.Open(device));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Lanczos_finds_the_eigenvalues_of_the_dense_Hessian(string device) => SpectralParity.RequireLanczos(DevicesHere.Open(device));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Batched_eigenvalues_are_those_of_lanes_and_of_a_dense_solver(string device) =>
        SpectralParity.RequireEigenvalues(DevicesHere.Open(device), roundsAsLanes: device == "ilgpu-cpu");

    [Theory]
    [InlineData(typeof(HessianProduct<,>))]
    [InlineData(typeof(LanczosItem<,>))]
    public void What_multiplies_Hessians_compiles_to_PTX(Type item)
    {
        var kernel = new CurvatureDemand(Catalogue.Find("pca").Create(), DevicesHere.Open("ilgpu-cpu"), basis: 5).KernelOf(item);
        Assert.DoesNotContain("call", PtxListing.Of(kernel, isDouble: true), StringComparison.Ordinal);
    }

    public static TheoryData<string> Kinds() => [.. DevicesHere.Kinds];

    [Fact]
    public void Eigenvalues_compile_to_PTX()
    {
        var ptx = PtxListing.Of(typeof(ItemLife<EigenvalueItem<DoubleMemory>, DoubleMemory>), isDouble: true);
        Assert.Contains("fma.rn.f64", ptx, StringComparison.Ordinal);
        Assert.DoesNotContain("call", ptx, StringComparison.Ordinal);
    }
}
