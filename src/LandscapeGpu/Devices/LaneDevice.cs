using LandscapeGpu.Compilation;

namespace LandscapeGpu.Devices;

/// <summary>The processor's vector lanes: one restart a lane, on every core.</summary>
public sealed class LaneDevice : Device
{
    // Measured on straight-line programs: past this many statements a second vector of each costs as much again.
    private const int LongestForTwo = 400;

    // Half of the 48 KB that most processors have beside each core.
    private const int NearestCache = 24 * 1024;

    private readonly int bits;

    /// <param name="threads">How many threads; null for one a core.</param>
    /// <param name="bits">The width of vectors; null for the widest the machine has; 0 for scalar code, which vectors are compared with.</param>
    /// <exception cref="ArgumentException">There are no vectors of that width, or no threads.</exception>
    public LaneDevice(int? threads = null, int? bits = null)
    {
        Threads = threads ?? Environment.ProcessorCount;
        this.bits = bits ?? LaneTarget.WidestBits;
        if (Threads < 1)
        {
            throw new ArgumentException($"{Threads} threads were asked for; at least one is needed.");
        }

        if (this.bits is not (0 or 128 or 256 or 512))
        {
            throw new ArgumentException($"Vectors of {bits} bits were asked for; there are 128, 256 and 512 (and 0 for scalar code).");
        }
    }

    /// <summary>How many threads work, at least 1.</summary>
    public int Threads { get; }

    /// <summary>The width of vectors in bits; 0 for scalar code.</summary>
    public int Bits => bits;

    /// <inheritdoc/>
    public override string Description => bits == 0
        ? string.Create(CultureInfo.InvariantCulture, $"lanes of one (scalar code), {Threads} {(Threads == 1 ? "thread" : "threads")}")
        : string.Create(CultureInfo.InvariantCulture, $"lanes ({bits}-bit vectors), {Threads} {(Threads == 1 ? "thread" : "threads")}");

    // A quarter of a million restarts take a third of a second at the least.
    internal override long CoordinatesAtOnce => 1 << 18;

    /// <inheritdoc/>
    public override CompiledDescent Compile(Objective objective, DescentOptions options)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(options);
        var (source, shape) = (objective.Compiled, options.Shape);
        options.Require();
        var (step, program) = CompiledOnce.Of(source.Value, (StepProgram.KeyOf(source, shape), bits), () =>
        {
            var written = StepProgram.Write(source, shape);
            return Tuple.Create(written, Compile(written.Program));
        });
        return new LaneDescent(objective, options, step, program, Threads);
    }

    /// <inheritdoc/>
    public override string Explain(Objective objective, DescentOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(objective);
        var step = StepProgram.Write(objective, options ?? new());
        var compiled = Compile(step.Program);
        var form = step.Program.Body.Statements.OfType<Loop>().Any() ? "loops" : "straight-line code";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"one step of {(options ?? new()).Rule} on {Description}\n{form}, {OperationCount.Flops(step.Program):F0} flops, {compiled.Layout.Restarts} restarts side by side\n{Listing.Of(step.Program)}");
    }

    internal override IPolish Polish(Objective objective) => objective.Dimension > LanePolish.MostCoordinates
        ? new DescentPolish(objective, this)
        : new LanePolish(objective, Derivatives.Of(objective, bits), Threads);

    internal override IDifferentiator Differentiate(Objective objective) => new LaneDifferentiator(objective, this);

    internal CompiledProgram Compile(Program program)
    {
        Target target = bits == 0 ? new ScalarTarget(program.IsDouble) : new LaneTarget(bits, program.IsDouble);
        return CompiledProgram.Compile(program, target, bits == 0 ? 1 : Width(program, target));
    }

    /// <summary>
    /// How many vectors to advance side by side: two keep the units busy, unless a long body is busy by itself or the state
    /// would no longer fit in the nearest cache beside the data.
    /// </summary>
    private static int Width(Program program, Target target)
    {
        var bytes = program.State.Where(a => a.Shares is null).Sum(a => a.Length) * target.ValueBytes;
        return program.Body.Statements.Count > LongestForTwo || 2 * bytes > NearestCache ? 1 : 2;
    }
}
