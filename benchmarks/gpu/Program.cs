using LandscapeGpu.Devices;
using LandscapeGpu.GpuBenchmark;
using LandscapeGpu.Objectives.Catalogue;

// gpu-benchmark [DEVICE] [RESULTS-FOLDER] [PART …]: the parts are speed, steps and surveys; all of them in this order where none is named.
// The results are a page named after the device, written after every row.
// A processor would take minutes for what a GPU does in a second.
var (gpuSize, otherSize) = ((Speed: 1 << 20, Survey: 2000), (Speed: 2000, Survey: 200));
string[] known = ["speed", "steps", "surveys"];
try
{
    var choice = args.Length > 0 ? args[0] : "auto";
    var folder = args.Length > 1 ? args[1] : "results";
    var parts = args.Length > 2 ? args[2..] : known;
    if (parts.FirstOrDefault(p => !known.Contains(p)) is { } unknown)
    {
        throw new ArgumentException($"There is no part {unknown}; there are {string.Join(", ", known)}.");
    }

    var device = DeviceCatalogue.Choose(choice);
    var found = DeviceCatalogue.Found.FirstOrDefault(f => f.Name.Length > 0 && device.Description.StartsWith(f.Name, StringComparison.Ordinal));
    var page = new Page(folder, found?.Name ?? device.Description.Split(' ')[0], device.Description);
    var size = found is { IsGpu: true } ? gpuSize : otherSize;
    var failures = 0;
    foreach (var part in parts)
    {
        failures += part switch
        {
            "speed" => Speed(device, found, size.Speed, page),
            "steps" => Parity("Steps", "Every rule on every objective takes the lanes' steps from the lanes' starts", page, family => StepParity.Check(family.Create(), device)),
            _ => Parity("Surveys", "Surveys, polish and spectra included, find the lanes' minima and counts on every objective", page, family => SurveysOfTheCatalogue.Check(family.Create(), choice, size.Survey)),
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

static int Speed(Device device, FoundDevice? found, int restarts, Page page)
{
    var table = new SpeedTable(found, restarts);
    var failures = 0;
    foreach (var problem in Problem.All)
    {
        Console.Error.WriteLine($"speed: {problem.Name}");
        var own = Measurement.Of(problem, device, restarts);
        table.Add(problem, own, Peers.Run(problem, restarts));
        // Of a device that fails: what was measured then is not the device.
        failures += own.Warnings.Count;
        page.Write("Speed", table.ToString());
    }

    return failures;
}

static int Parity(string heading, string claim, Page page, Func<Family, IEnumerable<string>> check)
{
    var differences = new List<string>();
    var families = Catalogue.Families.ToList();
    for (var k = 0; k < families.Count; k++)
    {
        Console.Error.WriteLine($"{heading}: {families[k].Name}");
        differences.AddRange(check(families[k]));
        var extent = k + 1 == families.Count ? "" : $" (looked at so far: {k + 1} of {families.Count})";
        page.Write(heading, $"{claim}{extent}: {(differences.Count == 0 ? "yes." : $"no.\n\n- {string.Join("\n- ", differences)}")}");
    }

    return differences.Count;
}
