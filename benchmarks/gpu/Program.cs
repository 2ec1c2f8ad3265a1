using LandscapeGpu.Devices;
using LandscapeGpu.GpuBenchmark;
using LandscapeGpu.Objectives.Catalogue;

// gpu-benchmark [DEVICE] [RESULTS-FOLDER] [PART …]: the parts are speed, peers, steps, surveys, warps, networks and host; all of them in this order where none is named.
// The results are a page named after the device, written after every row. steps:FAMILY and surveys:FAMILY print what differs for one family.
// A processor would take minutes for what a GPU does in a second.
const int FewRestarts = 2000;
var (gpuSurvey, otherSurvey) = (2000, 200);
string[] known = ["speed", "peers", "steps", "surveys", "warps", "networks", "host"];
try
{
    var choice = args.Length > 0 ? args[0] : "auto";
    var folder = args.Length > 1 ? args[1] : "results";
    var parts = args.Length > 2 ? args[2..] : known;
    if (parts.FirstOrDefault(p => !known.Contains(p.Split(':')[0])) is { } unknown)
    {
        throw new ArgumentException($"There is no part {unknown}; there are {string.Join(", ", known)}.");
    }

    var device = DeviceCatalogue.Choose(choice);
    var found = DeviceCatalogue.Found.FirstOrDefault(f => f.Name.Length > 0 && device.Description.StartsWith(f.Name, StringComparison.Ordinal));
    var isGpu = found is { IsGpu: true };
    if (parts is [var single] && single.Split(':') is [var check, var family])
    {
        var objective = Catalogue.Find(family).Create();
        var differences = (check == "steps" ? StepParity.Check(objective, device) : SurveysOfTheCatalogue.Check(objective, choice, isGpu ? gpuSurvey : otherSurvey)).ToList();
        differences.ForEach(Console.WriteLine);
        return differences.Count == 0 ? 0 : 1;
    }

    var page = new Page(folder, found?.Name ?? device.Description.Split(' ')[0], device.Description);
    var failures = 0;
    foreach (var part in parts)
    {
        failures += part switch
        {
            "speed" => Speed(device, found, isGpu, page),
            "peers" => Beside(device, isGpu, page),
            "warps" => CarrierTable.Measure(device, isGpu, page),
            "networks" => NetworkTable.Measure(device, isGpu, page),
            "host" => Host(page),
            "steps" => new FamilyChecks(choice, folder, part).Write("Steps", "Every rule on every objective takes the lanes' steps from the lanes' starts", page),
            _ => new FamilyChecks(choice, folder, part).Write("Surveys", "Surveys, polish and spectra included, find the lanes' minima and counts on every objective", page),
        };
    }

    Console.WriteLine(page.Path);
    return failures == 0 ? 0 : 1;
}
catch (ArgumentException mistake)
{
    Console.Error.WriteLine($"gpu-benchmark: {mistake.Message}");
    return 2;
}

static int Host(Page page)
{
    HostShare.Measure(1_000_000_000, page);
    return 0;
}

static int Speed(Device device, FoundDevice? found, bool isGpu, Page page)
{
    var table = new SpeedTable(found);
    var failures = 0;
    foreach (var problem in Problem.All)
    {
        Console.Error.WriteLine($"speed: {problem.Name}");
        var own = Measurement.Of(problem, device, isGpu ? problem.Restarts : FewRestarts);
        table.Add(problem, own);
        // Of a device that fails: what was measured then is not the device.
        failures += own.Warnings.Count;
        page.Write("Speed", table.ToString());
    }

    return failures;
}

static int Beside(Device device, bool isGpu, Page page)
{
    var table = new PeerTable();
    var failures = 0;
    foreach (var problem in Problem.All)
    {
        Console.Error.WriteLine($"peers: {problem.Name}");
        var restarts = isGpu ? problem.Restarts : FewRestarts;
        var own = Measurement.Of(problem, device, restarts);
        table.Add(problem, own, Peers.Run(problem, restarts));
        failures += own.Warnings.Count;
        page.Write("Beside JAX and PyTorch", table.ToString());
    }

    return failures;
}
