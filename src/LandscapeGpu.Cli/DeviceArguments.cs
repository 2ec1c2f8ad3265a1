namespace LandscapeGpu.Cli;

/// <summary>The arguments that say what computes.</summary>
/// <param name="otherwise">What computes where nobody says; null for what <see cref="DeviceCatalogue.Variable"/> names, or auto.</param>
/// <param name="withVectorBits">Whether the width of vectors can be chosen.</param>
internal sealed class DeviceArguments(string? otherwise = null, bool withVectorBits = true) : ISharedArguments
{
    private readonly Option<string?> device = new("--device")
    {
        Description = $"what computes (default{(otherwise is null ? $": {DeviceCatalogue.Variable}, else auto: a GPU where there is one, else the processor's vector lanes" : $" {otherwise}")}): {string.Join(", ", DeviceCatalogue.Kinds)}, KIND:NUMBER for one of several, or a part of a device's name",
        HelpName = "DEVICE",
    };

    private readonly Option<int?> threads = NumberOption.Small("--threads", "how many threads (default: one for each core)", 1, 1024);

    private readonly Option<int?> vectorBits = NumberOption.Small("--vector-bits", "the width of vectors: 128, 256 or 512 (default: the widest there is)", 128, 512);

    public void AddTo(Command command)
    {
        command.Options.Add(device);
        command.Options.Add(threads);
        if (withVectorBits)
        {
            command.Options.Add(vectorBits);
        }
    }

    /// <summary>The device that was asked for; null where none was, or lanes.</summary>
    public string? Explicit(ParseResult parsed) => parsed.GetValue(device) is { } word && !DeviceCatalogue.IsProcessor(word) ? word : null;

    public int? Threads(ParseResult parsed) => parsed.GetValue(threads);

    /// <summary>The width of vectors, where lanes compute; null for the widest.</summary>
    /// <exception cref="MistakeException">There are no vectors of that width.</exception>
    public int? VectorBits(ParseResult parsed) => parsed.GetValue(vectorBits) is var bits and (null or 128 or 256 or 512)
        ? bits
        : throw new MistakeException($"--vector-bits was given {parsed.GetValue(vectorBits)}; it must be 128, 256 or 512.");

    /// <summary>The device that descends, by kind or name; null for the processor itself.</summary>
    public string? Choice(ParseResult parsed) => Word(parsed) is var word && DeviceCatalogue.IsProcessor(word) ? null : word;

    /// <summary>The device that descends.</summary>
    /// <exception cref="ArgumentException">There is no such device.</exception>
    /// <exception cref="MistakeException">Options contradict each other.</exception>
    public Device Choose(ParseResult parsed) => Choice(parsed) is { } choice
        ? DeviceCatalogue.Choose(choice, Threads(parsed), VectorBits(parsed))
        : new LaneDevice(Threads(parsed), VectorBits(parsed));

    private string Word(ParseResult parsed) =>
        parsed.GetValue(device) ?? (Environment.GetEnvironmentVariable(DeviceCatalogue.Variable) is { Length: > 0 } set ? set : "auto");
}
