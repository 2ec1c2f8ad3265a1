using LandscapeGpu.Devices;
using LandscapeGpu.Devices.Kernels;
using LandscapeGpu.Ilgpu;
using LandscapeGpu.Kernels;
using LandscapeGpu.Objectives.Catalogue;
using LandscapeGpu.Tests.Devices;

namespace LandscapeGpu.Tests.Ilgpu;

public class IlgpuSpectraTests
{
    private static readonly KernelDevice Cpu = (KernelDevice)DeviceCatalogue.Choose("ilgpu-cpu");

    [Fact]
    public void Products_are_those_of_lanes() => SpectralParity.RequireProducts(Cpu);

    [Fact]
    public void Lanczos_finds_the_eigenvalues_of_the_dense_Hessian() => SpectralParity.RequireLanczos(Cpu);

    [Fact]
    public void Batched_eigenvalues_are_those_of_lanes_bit_for_bit_and_of_a_dense_solver() => SpectralParity.RequireEigenvalues(Cpu);

    [Theory]
    [InlineData(typeof(HessianProduct<,>))]
    [InlineData(typeof(LanczosItem<,>))]
    public void What_multiplies_Hessians_compiles_to_PTX(Type item)
    {
        var kernel = new CurvatureDemand(Catalogue.Find("pca").Create(), Cpu, basis: 5).KernelOf(item);
        Assert.DoesNotContain("call", PtxListing.Of(kernel, isDouble: true), StringComparison.Ordinal);
    }

    [Fact]
    public void Eigenvalues_compile_to_PTX()
    {
        var ptx = PtxListing.Of(typeof(ItemLife<EigenvalueItem<DoubleMemory>, DoubleMemory>), isDouble: true);
        Assert.Contains("fma.rn.f64", ptx, StringComparison.Ordinal);
        Assert.DoesNotContain("call", ptx, StringComparison.Ordinal);
    }
}
