using LandscapeGpu.Devices.Kernels;

namespace LandscapeGpu.Cli.Commands;

/// <summary><c>landscape devices</c>: what there is to compute with.</summary>
internal static class DevicesCommand
{
    private const string Default = " (the default)";

    public static Command Create(Session session)
    {
        var command = new Command("devices", "Lists what there is to compute with, and how fast it is about.");
        command.SetAction(_ =>
        {
            var threads = Environment.ProcessorCount;
            var (single, twofold) = FmaThroughput.Measure(threads);
            var gpu = DeviceCatalogue.Gpus(DeviceCatalogue.Found).FirstOrDefault();
            session.Results.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"lanes      {new LaneDevice().Description}; about {single:N0} GFLOP/s in single and {twofold:N0} in double precision{(gpu is null ? Default : "")}"));
            session.Results.WriteLine($"reference  {new ReferenceDevice().Description}; what other devices are compared with");
            foreach (var found in DeviceCatalogue.Found)
            {
                session.Results.WriteLine($"{found.Kind,-10} {Describe(found)}{(ReferenceEquals(found, gpu) ? Default : "")}");
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static string Describe(FoundDevice found)
    {
        var name = found.Name.Length == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $"{found.Name}; {found.MemoryBytes / 1073741824.0:F1} GiB, {found.Multiprocessors} {(found.Multiprocessors == 1 ? "multiprocessor" : "multiprocessors")}");
        var speed = found.Flops is { } flops
            ? string.Create(CultureInfo.InvariantCulture, $"; about {flops.Single / 1e9:N0} GFLOP/s in single and {flops.Double / 1e9:N0} in double precision")
            : "";
        var processor = found is { Kind: "opencl", IsGpu: false, Unusable: null } ? "; it computes on the processor, where lanes are faster: it is used only if it is asked for" : "";
        var why = found.Unusable is { } reason ? $"{(name.Length == 0 ? "absent" : "; unusable")}: {reason}" : "";
        return name + speed + processor + why;
    }
}
