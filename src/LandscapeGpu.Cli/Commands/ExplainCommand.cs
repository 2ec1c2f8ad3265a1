using LandscapeGpu.Objectives.Catalogue;

namespace LandscapeGpu.Cli.Commands;

/// <summary><c>landscape explain</c>: what an objective is and what is known about it.</summary>
internal static class ExplainCommand
{
    private const int MostNames = 40;

    public static Command Create(Session session)
    {
        var objective = new ObjectiveArguments();
        var command = new Command("explain", "Prints an objective's formula, domain, known minima and source.");
        objective.AddTo(command);
        command.SetAction(parsed =>
        {
            var landscape = objective.Read(parsed, session);
            foreach (var (label, text) in Entries(landscape, objective.SettingsOfFamily(parsed)))
            {
                session.Results.WriteEntry(label, text);
            }

            session.Results.WriteLine();
            session.Results.WriteLine(landscape.Explain());

            return ExitCode.Success;
        });
        return command;
    }

    private static IEnumerable<(string Label, string Text)> Entries(Objective objective, IReadOnlyList<(Setting Setting, double Value)> settings)
    {
        yield return ("name", objective.Name);
        // What the program below calls x[0] has a name elsewhere.
        yield return ("coordinates", string.Create(CultureInfo.InvariantCulture, $"{objective.Dimension}{(objective.Names.Count == 0 ? "" : $": {string.Join(", ", objective.Names.Take(MostNames).Select((name, i) => $"x[{i}] is {name}"))}{(objective.Names.Count > MostNames ? ", …" : "")}")}"));
        yield return ("domain", objective.Region.Describe(objective.Dimension));
        yield return ("starts", objective.ShownStarts.Describe());
        foreach (var (setting, chosen) in settings)
        {
            yield return ("setting", setting.Explained(chosen));
        }

        if (objective.Parameters.Count > 0)
        {
            yield return ("parameters", string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", objective.Parameters.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Name}={p.Value}")))}"));
        }

        if (objective.Samples is { } samples)
        {
            yield return ("samples", string.Create(CultureInfo.InvariantCulture, $"{samples}: each step can see some of them (--batch)"));
        }

        var known = objective.Known;
        if (known.Count is { } count)
        {
            yield return ("minima", string.Create(CultureInfo.InvariantCulture, $"{count} known"));
        }

        if (known.GlobalValue is { } value)
        {
            yield return ("least value", string.Create(CultureInfo.InvariantCulture, $"{value}"));
        }

        if (objective.Source.Length > 0)
        {
            yield return ("source", objective.Source);
        }
    }
}
