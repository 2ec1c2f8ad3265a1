using LandscapeGpu.Devices;
using LandscapeGpu.GpuBenchmark;

// gpu-benchmark [DEVICE] [RESULTS-FOLDER]: parity with lanes first, then speed; the results are a page named after the device.
try
{
    var choice = args.Length > 0 ? args[0] : "auto";
    var folder = args.Length > 1 ? args[1] : "results";
    var device = DeviceCatalogue.Choose(choice);
    var report = new Report(device, DeviceCatalogue.Found.FirstOrDefault(f => device.Description.StartsWith(f.Name, StringComparison.Ordinal) && f.Name.Length > 0));
    var differences = Parity.Check(device);
    report.Parity(differences);
    foreach (var problem in Problem.All)
    {
        Console.Error.WriteLine($"speed: {problem.Name}");
        report.Speed(problem, Measurement.Of(problem, device), Peers.Run(problem));
    }

    Console.WriteLine(report.Write(folder));
    return differences.Count == 0 ? 0 : 1;
}
catch (ArgumentException mistake)
{
    Console.Error.WriteLine($"gpu-benchmark: {mistake.Message}");
    return 2;
}
