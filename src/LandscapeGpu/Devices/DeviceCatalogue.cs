using System.Collections.Concurrent;
using LandscapeGpu.Devices.Kernels;

namespace LandscapeGpu.Devices;

/// <summary>What there is to compute with, and the choice among it.</summary>
public static class DeviceCatalogue
{
    /// <summary>The variable that names a device where none is asked for.</summary>
    public const string Variable = "LANDSCAPE_DEVICE";

    private static readonly Lazy<IReadOnlyList<FoundDevice>> Devices = new(FoundDevices.Load);
    private static readonly Lazy<bool> MayHaveGpus = new(FoundDevices.MayHaveGpus);

    private static readonly ConcurrentDictionary<string, Func<Device>> Registered = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The kinds a device can be chosen by, beside its name.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["auto", "lanes", "reference", "cuda", "opencl", "ilgpu-cpu"];

    /// <summary>The devices beside the processor itself; looked for once.</summary>
    public static IReadOnlyList<FoundDevice> Found => Devices.Value;

    /// <summary>Those that auto chooses among: none where no GPU's driver lies on this machine, since to look at all takes a tenth of a short run.</summary>
    internal static IReadOnlyList<FoundDevice> FoundForAuto => MayHaveGpus.Value ? Found : [];

    /// <summary>Gives a device of one's own a name, by which <see cref="Choose"/> and every survey find it from then on.</summary>
    /// <param name="name">A name that no kind of device has; letters of both cases are the same.</param>
    /// <param name="open">Makes the device, each time that it is asked for.</param>
    /// <exception cref="ArgumentException">The name is empty, that of a kind, or registered already.</exception>
    public static void Register(string name, Func<Device> open)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(open);
        if (Kinds.Contains(name, StringComparer.OrdinalIgnoreCase) || !Registered.TryAdd(name, open))
        {
            throw new ArgumentException($"The device {name} was to be registered, and there is one of that name; give another name.");
        }
    }

    /// <summary>The device of a kind or a name.</summary>
    /// <param name="choice">
    /// One of <see cref="Kinds"/>, KIND:NUMBER for one of several, a name that was registered, or a device's name, of which whole words or three letters are enough; upper
    /// and lower case are the same. Null for what <see cref="Variable"/> says, else auto: the first GPU that opens, else lanes.
    /// </param>
    /// <param name="threads">Threads of the processor, where it computes; null for all.</param>
    /// <param name="vectorBits">The width of its vectors; null for the widest.</param>
    /// <param name="note">Told of a GPU that auto would have taken, and that cannot be opened.</param>
    /// <exception cref="ArgumentException">There is no such device here; the message says why.</exception>
    public static Device Choose(string? choice = null, int? threads = null, int? vectorBits = null, Action<string>? note = null)
    {
        choice ??= Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } set ? set : "auto";
        return choice.ToLowerInvariant() switch
        {
            "auto" => AnyGpu(FoundForAuto, note) ?? new LaneDevice(threads, vectorBits),
            var word when IsProcessor(word) => new LaneDevice(threads, vectorBits),
            "reference" => new ReferenceDevice(threads),
            _ => Registered.TryGetValue(choice, out var open) ? open() : Named(choice, Found),
        };
    }

    /// <summary>Whether a word means the processor's vector lanes: its own name, or cpu, by which nobody means ILGPU's accelerator of that name, which is there to compare with and is some hundred times as slow.</summary>
    public static bool IsProcessor(string choice) => IsNamed(choice, "lanes") || IsNamed(choice, "cpu");

    /// <summary>The GPUs that auto tries, in this order.</summary>
    public static IEnumerable<FoundDevice> Gpus(IEnumerable<FoundDevice> found) => found.Where(f => f is { IsGpu: true, Unusable: null });

    /// <summary>The first GPU that opens.</summary>
    internal static Device? AnyGpu(IEnumerable<FoundDevice> found, Action<string>? note)
    {
        foreach (var gpu in Gpus(found))
        {
            try
            {
                return gpu.Open!();
            }
            catch (DeviceFailedException failure)
            {
                // Nobody asked for this one: the next, or lanes, will do.
                note?.Invoke($"{gpu.Name} ({gpu.Kind}) cannot be opened: {failure.Message.TrimEnd('.')}; another device is used.");
            }
        }

        return null;
    }

    /// <summary>The device of a kind, a kind with a number, or a name.</summary>
    /// <exception cref="ArgumentException">There is no such device here; the message says why.</exception>
    internal static Device Named(string choice, IReadOnlyList<FoundDevice> found)
    {
        var candidates = Candidates(choice, found);
        if (candidates.Find(f => f.Unusable is null) is { } usable)
        {
            try
            {
                return usable.Open!();
            }
            catch (DeviceFailedException failure)
            {
                throw new ArgumentException($"The device {choice} cannot be used: {failure.Message.TrimEnd('.')}.", failure);
            }
        }

        var there = string.Join(", ", Kinds.Concat(Registered.Keys.Order(StringComparer.Ordinal)).Concat(found.Where(f => f.Unusable is null).Select(f => f.Name)));
        throw new ArgumentException(
            candidates.Count > 0 ? $"The device {choice} cannot be used: {candidates[0].Unusable}."
            : string.IsNullOrWhiteSpace(choice) ? $"The name of a device was given as nothing; there are {there}."
            : $"There is no device {choice}; there are {there}.");
    }

    private static List<FoundDevice> Candidates(string choice, IReadOnlyList<FoundDevice> found)
    {
        if (choice.Split(':') is [var kind, var number] && Kinds.Contains(kind, StringComparer.OrdinalIgnoreCase))
        {
            var ofKind = found.Where(f => IsNamed(f.Kind, kind)).ToList();
            return ofKind is [{ Name: "" }] ? ofKind // It stands for none, and says why.
                : int.TryParse(number, out var k) && k >= 0 && k < ofKind.Count ? [ofKind[k]]
                : throw new ArgumentException($"There is no device {choice}; of {kind} there {(ofKind.Count == 1 ? "is" : "are")} {string.Join(", ", Enumerable.Range(0, ofKind.Count).Select(n => $"{kind}:{n}").DefaultIfEmpty("none"))}.");
        }

        return Kinds.Contains(choice, StringComparer.OrdinalIgnoreCase)
            ? [.. found.Where(f => IsNamed(f.Kind, choice))]
            : [.. found.Where(f => IsPartOf(f.Name, choice))];
    }

    private static bool IsNamed(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a text stands in a name: three letters of it anywhere, fewer only as a whole word.</summary>
    private static bool IsPartOf(string name, string text) =>
        text.Trim() is { Length: > 0 } part && (part.Length >= 3
            ? name.Contains(part, StringComparison.OrdinalIgnoreCase)
            : name.Split([' ', '-', '_', '(', ')', ','], StringSplitOptions.RemoveEmptyEntries).Contains(part, StringComparer.OrdinalIgnoreCase));
}
