namespace LandscapeGpu.Tests.Devices;

public class DeviceCatalogueTests
{
    private static readonly Device First = new LaneDevice(1);
    private static readonly Device Second = new LaneDevice(2);
    private static readonly Device Third = new LaneDevice(3);

    private static readonly FoundDevice[] Found =
    [
        new("cuda", "NVIDIA GeForce RTX 4090") { IsGpu = true, Open = () => First },
        new("cuda", "NVIDIA A2") { IsGpu = true, Open = () => Second },
        new("opencl", "gfx1100") { IsGpu = true, Unusable = "it has no double precision" },
        new("ilgpu-cpu", "CPUAccelerator") { Open = () => Third },
    ];

    [Fact]
    public void Auto_takes_a_GPU_that_works_and_no_driver_that_computes_on_the_processor()
    {
        FoundDevice broken = new("cuda", "old") { IsGpu = true, Unusable = "its driver is too old" };
        FoundDevice processor = new("opencl", "a processor");
        FoundDevice gpu = new("opencl", "a GPU") { IsGpu = true };
        Assert.Equal([gpu], DeviceCatalogue.Gpus([broken, processor, gpu]));
        Assert.Empty(DeviceCatalogue.Gpus([broken, processor]));
    }

    [Fact]
    public void Auto_takes_the_next_GPU_where_one_cannot_be_opened_and_says_so()
    {
        FoundDevice lost = new("cuda", "a lost GPU") { IsGpu = true, Open = () => throw new DeviceFailedException("it is in use") };
        var notes = new List<string>();
        Assert.Same(First, DeviceCatalogue.AnyGpu([lost, .. Found], notes.Add));
        Assert.Equal("a lost GPU (cuda) cannot be opened: it is in use; another device is used.", Assert.Single(notes));
        Assert.Null(DeviceCatalogue.AnyGpu([lost], notes.Add));
        Assert.Equal(2, notes.Count);
    }

    [Fact]
    public void Devices_are_chosen_by_kind_and_a_missing_one_is_explained()
    {
        Assert.IsType<LaneDevice>(DeviceCatalogue.Choose("lanes"));
        Assert.IsType<LaneDevice>(DeviceCatalogue.Choose("Lanes"));
        // And no part of ilgpu-cpu.
        Assert.IsType<LaneDevice>(DeviceCatalogue.Choose("cpu"));
        Assert.IsType<ReferenceDevice>(DeviceCatalogue.Choose("reference"));
        Assert.Contains("auto, lanes", Assert.Throws<ArgumentException>(() => DeviceCatalogue.Choose("no such device")).Message, StringComparison.Ordinal);
        Assert.All(["cuda", "opencl", "ilgpu-cpu"], kind => Assert.Contains(DeviceCatalogue.Found, f => f.Kind == kind));
    }

    [Theory]
    [InlineData("cuda", 1)]
    [InlineData("CUDA", 1)]
    [InlineData("cuda:0", 1)]
    [InlineData("cuda:1", 2)]
    [InlineData("Cuda:1", 2)]
    [InlineData("4090", 1)]
    [InlineData("geforce rtx", 1)]
    [InlineData("a2", 2)]
    [InlineData("NVIDIA A2", 2)]
    [InlineData("ilgpu-cpu", 3)]
    [InlineData("cpua", 3)]
    public void A_device_is_named_by_kind_number_or_words_of_its_name(string choice, int threads) =>
        Assert.Equal(threads, Assert.IsType<LaneDevice>(DeviceCatalogue.Named(choice, Found)).Threads);

    [Theory]
    [InlineData("", "The name of a device was given as nothing")]
    [InlineData("   ", "The name of a device was given as nothing")]
    [InlineData("a", "There is no device a; there are auto, lanes")]
    [InlineData("40", "There is no device 40;")]
    [InlineData("cu", "There is no device cu;")]
    [InlineData("cuda:2", "There is no device cuda:2; of cuda there are cuda:0, cuda:1.")]
    [InlineData("cuda:x", "There is no device cuda:x; of cuda there are cuda:0, cuda:1.")]
    [InlineData("reference:1", "There is no device reference:1; of reference there are none.")]
    [InlineData("opencl", "The device opencl cannot be used: it has no double precision.")]
    [InlineData("gfx1100", "The device gfx1100 cannot be used: it has no double precision.")]
    public void What_names_no_device_is_refused_and_told_what_there_is(string choice, string message) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => DeviceCatalogue.Named(choice, Found)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("cuda")]
    [InlineData("cuda:0")]
    [InlineData("CUDA:1")]
    public void Where_there_is_none_of_a_kind_it_is_said_why_whatever_its_number(string choice) =>
        Assert.Equal($"The device {choice} cannot be used: no driver.", Assert.Throws<ArgumentException>(() => DeviceCatalogue.Named(choice, [new("cuda", "") { Unusable = "no driver" }])).Message);

    [Fact]
    public void A_program_without_the_GPU_assembly_is_told_which_reference_is_missing()
    {
        var absent = FoundDevices.Load("LandscapeGpu.NotThere");
        Assert.All(absent, f => Assert.Contains("LandscapeGpu.NotThere does not lie beside this program; add a reference to LandscapeGpu.Ilgpu", f.Unusable, StringComparison.Ordinal));
        // An assembly that is there, and was built without the package.
        Assert.All(FoundDevices.Load("LandscapeGpu.Kernels"), f => Assert.Contains("built without the package ILGPU", f.Unusable, StringComparison.Ordinal));
    }

    [Fact]
    public void What_auto_asks_first_hides_no_GPU_from_it() =>
        Assert.Equal(DeviceCatalogue.Gpus(DeviceCatalogue.Found), DeviceCatalogue.Gpus(DeviceCatalogue.FoundForAuto));
}
