using System.CommandLine;
using System.Globalization;
using LandscapeGpu.Devices;

namespace LandscapeGpu.Cli.Commands;

/// <summary><c>landscape devices</c>: what there is to compute with.</summary>
internal static class DevicesCommand
{
    public static Command Create(Session session)
    {
        var command = new Command("devices", "Lists what there is to compute with, and how fast it is about.");
        command.SetAction(_ =>
        {
            var threads = Environment.ProcessorCount;
            var (single, twofold) = FmaThroughput.Measure(threads);
            session.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"lanes      {new LaneDevice().Description}; about {single:N0} GFLOP/s in single and {twofold:N0} in double precision (the default)"));
            session.Out.WriteLine($"reference  {new LaneDevice(1, 0).Description.Replace(", 1 threads", "", StringComparison.Ordinal)}; what lanes are compared with");
            session.Out.WriteLine($"cuda       absent: {DeviceArguments.NoGpu}");
            session.Out.WriteLine($"opencl     absent, for the same reason");
            return ExitCode.Success;
        });
        return command;
    }
}
