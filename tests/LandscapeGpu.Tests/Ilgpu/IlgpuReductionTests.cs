using LandscapeGpu.Tests.Devices;
using LandscapeGpu.Tests.Ilgpu.Ptx;

namespace LandscapeGpu.Tests.Ilgpu;

public class IlgpuReductionTests
{
    [Theory]
    [MemberData(nameof(Devices))]
    public void Restarts_that_come_to_one_point_are_counted_on_the_device(string device) => ReductionParity.Require(DevicesHere.Open(device), DevicesHere.Restarts(device));

    [Fact]
    public void Keys_and_counts_of_the_PTX_are_those_of_this_side() => ReductionParity.Require(new PtxDevice { StepsPerLaunch = 4096 }, 64);

    public static TheoryData<string> Devices() => [.. DevicesHere.Kinds];
}
