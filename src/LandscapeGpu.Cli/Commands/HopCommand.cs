using LandscapeGpu.Identity;
using LandscapeGpu.Pathways;

namespace LandscapeGpu.Cli.Commands;

/// <summary><c>landscape hop</c>: chains that hop from minimum to minimum.</summary>
internal static class HopCommand
{
    public static Command Create(Session session)
    {
        var objective = new ObjectiveArguments();
        var hopping = new HoppingArguments("--temperature");
        var device = new DeviceArguments();
        var seed = NumberOption.Seed("--seed", "all randomness follows from it (default 1)");
        var identity = ChoiceOption.Create("--identity", "how points are told apart (default auto)", "auto", "location", "symmetry", "fingerprint");
        var top = NumberOption.Small("--top", $"how many minima to show (default {SurveyText.DefaultRows})");
        var outputs = new OutputArguments((OutputArguments.Json, "what was found as JSON"), (OutputArguments.Xyz, "the minima of a cluster of atoms as XYZ"));
        var command = new Command("hop", "Looks for low minima by basin hopping: chains of displacement, descent and acceptance.") { seed, identity, top };
        command.Take(hopping, outputs, objective, device);
        command.SetAction(parsed =>
        {
            var landscape = objective.Read(parsed, session);
            using var files = outputs.Open(parsed, session);
            if (files.Has(OutputArguments.Xyz))
            {
                XyzText.Require(landscape);
            }

            var result = Find(session, landscape, hopping.Read(parsed, new()
            {
                Seed = parsed.GetValue(seed) ?? 1,
                Identity = Enum.Parse<IdentityKind>(parsed.GetValue(identity) ?? "auto", ignoreCase: true),
                Device = device.Choice(parsed),
                Threads = device.Threads(parsed),
                VectorBits = device.VectorBits(parsed),
            }));
            session.Warn(result.Warnings);
            files.Surface.WriteLine(HoppingText.Heading(result));
            files.Surface.WriteLine();
            files.Surface.Print(HoppingText.Table(result, parsed.GetValue(top) ?? SurveyText.DefaultRows));
            files.Surface.WriteLine();
            foreach (var line in HoppingText.Notes(result))
            {
                files.Surface.WriteLine(line);
            }

            files.Give(OutputArguments.Json, () => HoppingText.Json(result, objective.Origin(parsed, session)));
            files.Give(OutputArguments.Xyz, () => XyzText.Of(result));
            return files.Status != ExitCode.Success ? files.Status : result.Stopped ? ExitCode.Interrupted : ExitCode.Success;
        });
        return command;
    }

    private static BasinHoppingResult Find(Session session, Objective objective, BasinHoppingOptions options) => session.ErrorIsTerminal
        ? ProgressBar.Show(session.Error, progress => BasinHopping.Run(objective, options, progress, session.Interrupt))
        : BasinHopping.Run(objective, options, new ProgressLines(session.Error).Report, session.Interrupt);
}
