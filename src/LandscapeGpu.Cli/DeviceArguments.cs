using System.CommandLine;

namespace LandscapeGpu.Cli;

/// <summary>The arguments that say what computes.</summary>
internal sealed class DeviceArguments
{
    /// <summary>Why there is no GPU, and what to do.</summary>
    public const string NoGpu =
        "this build has no GPU support: the package ILGPU 1.5.3 was not in the package feed; build again with a feed that has it, or use --device lanes";

    private readonly Option<string?> device = ChoiceOption.Create(
        "--device", "what computes (default auto: the processor's vector lanes)", "auto", "lanes", "reference", "cuda", "opencl");

    private readonly Option<int?> threads = NumberOption.Small("--threads", "how many threads (default: one for each core)", 1, 1024);

    private readonly Option<int?> vectorBits = NumberOption.Small("--vector-bits", "the width of vectors: 128, 256 or 512 (default: the widest there is)", 128, 512);

    public void AddTo(Command command)
    {
        command.Options.Add(device);
        command.Options.Add(threads);
        command.Options.Add(vectorBits);
    }

    public int? Threads(ParseResult parsed) => parsed.GetValue(threads);

    /// <summary>The width of vectors; 0 for the reference's scalar code, null for the widest.</summary>
    /// <exception cref="MistakeException">This build has no such device, or the device has no vectors.</exception>
    public int? VectorBits(ParseResult parsed)
    {
        var bits = parsed.GetValue(vectorBits);
        return parsed.GetValue(device) switch
        {
            "cuda" or "opencl" => throw new MistakeException($"--device was given {parsed.GetValue(device)}, but {NoGpu}."),
            "reference" when bits is not null => throw new MistakeException("--vector-bits was given with --device reference, which is scalar code; leave one out."),
            "reference" => 0,
            _ => bits is null or 128 or 256 or 512
                ? bits
                : throw new MistakeException($"--vector-bits was given {bits}; it must be 128, 256 or 512."),
        };
    }
}
