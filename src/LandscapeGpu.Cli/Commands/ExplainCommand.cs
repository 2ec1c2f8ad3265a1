using LandscapeGpu.Objectives.Catalogue;

namespace LandscapeGpu.Cli.Commands;

/// <summary><c>landscape explain</c>: what an objective is and what is known about it.</summary>
internal static class ExplainCommand
{
    public static Command Create(Session session)
    {
        var objective = new ObjectiveArguments();
        var command = new Command("explain", "Prints an objective's formula, domain, known minima and source.");
        objective.AddTo(command);
        command.SetAction(parsed =>
        {
            foreach (var line in Lines(objective.Read(parsed, session), objective.SettingsOfFamily(parsed)))
            {
                session.Results.WriteLine(line);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static IEnumerable<string> Lines(Objective objective, IReadOnlyList<(Setting Setting, double Value)> settings)
    {
        yield return $"name        {objective.Name}";
        yield return string.Create(CultureInfo.InvariantCulture, $"coordinates {objective.Dimension}");
        yield return $"domain      {objective.Region.Describe(objective.Dimension)}";
        yield return $"starts      {objective.ShownStarts.Describe()}";
        foreach (var (setting, chosen) in settings)
        {
            var words = setting.Options.Count == 0 ? "" : $" (one of {string.Join(", ", setting.Options)})";
            yield return $"setting     {setting.Name}={setting.Text(chosen)}: {setting.Meaning}{words}";
        }

        if (objective.Parameters.Count > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"parameters  {string.Join(", ", objective.Parameters.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Name}={p.Value}")))}");
        }

        if (objective.Samples is { } samples)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"samples     {samples}: each step can see some of them (--batch)");
        }

        var known = objective.Known;
        if (known.Count is { } count)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"minima      {count} known");
        }

        if (known.GlobalValue is { } value)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"least value {value}");
        }

        if (objective.Source.Length > 0)
        {
            yield return $"source      {objective.Source}";
        }

        yield return "";
        yield return objective.Explain();
    }
}
