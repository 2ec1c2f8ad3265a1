using LandscapeGpu.Objectives.Catalogue;
using LandscapeGpu.Objectives.Datasets;

namespace LandscapeGpu.Cli;

/// <summary>The arguments that say which data a family of the catalogue is made from.</summary>
internal sealed class DataArguments
{
    private readonly Option<string?> data = new("--data")
    {
        Description = "the data, of --fit and of families that are about data: CSV with or without a line of names, a NumPy array (.npy), or an IDX file (MNIST's)",
        HelpName = "FILE",
    };

    private readonly Option<string?> target = new("--target") { Description = "the column of the target, by name or number from 1 (default the last, or the only one of --target-file)", HelpName = "COLUMN" };

    private readonly Option<string?> targetFile = new("--target-file") { Description = "a file of its own with one target a row", HelpName = "FILE" };

    private readonly Option<string?> inputs = ListOption.Of("--inputs", "the columns of the inputs (default all but the target's)", "COLUMN,...");

    private readonly Option<string?> test = new("--test") { Description = "a file like --data with samples that are held out: minima are judged by them", HelpName = "FILE" };

    private readonly Option<string?> testTargetFile = new("--test-target-file") { Description = "a file of its own with the targets of --test", HelpName = "FILE" };

    private readonly Option<int?> rows = NumberOption.Small("--rows", "how many of the data's first rows are used (default all)", 1, int.MaxValue);

    // A sweep asks for the same data at every value.
    private Dataset? read;

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { data, target, targetFile, inputs, test, testTargetFile, rows })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The files that were named.</summary>
    public IEnumerable<string?> Files(ParseResult parsed) => [parsed.GetValue(data), parsed.GetValue(targetFile), parsed.GetValue(test), parsed.GetValue(testTargetFile)];

    /// <summary>The data of a fit.</summary>
    /// <exception cref="MistakeException">None were given, or what says which of them are meant beside the fit.</exception>
    /// <exception cref="DataFileException">The file cannot be used.</exception>
    public NumberTable Table(ParseResult parsed)
    {
        if (new Option[] { target, targetFile, inputs, test, testTargetFile }.FirstOrDefault(parsed.Has) is { } idle)
        {
            throw new MistakeException($"{idle.Name} was given with --fit, which names the columns itself; leave it out.");
        }

        return table ??= DataFile.Table(
            parsed.GetValue(data) ?? throw new MistakeException("--fit was given without --data; it fits a model to the columns of a file."),
            parsed.GetValue(rows));
    }

    private NumberTable? table;

    /// <summary>The data for a family; null if none were given.</summary>
    /// <exception cref="MistakeException">Data were given to what takes none, or columns without data.</exception>
    /// <exception cref="DataFileException">The file cannot be used.</exception>
    public Dataset? Read(ParseResult parsed, Family? family)
    {
        if (parsed.GetValue(data) is not { } path)
        {
            return new Option[] { target, targetFile, inputs, test, testTargetFile, rows }.FirstOrDefault(parsed.Has) is { } idle
                ? throw new MistakeException($"{idle.Name} was given without --data; it says which part of the data is meant.")
                : null;
        }

        if (family is not { Takes: not DataForm.None })
        {
            var takers = string.Join(", ", Catalogue.Families.Where(f => f.Takes != DataForm.None).Select(f => f.Name));
            throw new MistakeException($"--data was given {path}, and {(family is null ? "formulas and scripts take none (--fit \"y ~ a*Exp(-b*t)\" fits a model to its columns, and a script can read files itself, with DataFile)" : $"{family.Name} takes none")}; {takers} do.");
        }

        if (parsed.GetValue(test) is { } held && family.Takes != DataForm.Samples)
        {
            throw new MistakeException($"--test was given {held}, and {family.Name} takes no samples that could be held out.");
        }

        return read ??= DataFile.Read(path, family.Takes, new()
        {
            Target = parsed.GetValue(target),
            TargetFile = parsed.GetValue(targetFile),
            Inputs = parsed.Items(inputs),
            Rows = parsed.GetValue(rows),
            Test = parsed.GetValue(test),
            TestTargetFile = parsed.GetValue(testTargetFile),
        });
    }
}
