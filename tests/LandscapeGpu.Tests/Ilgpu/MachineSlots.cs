using System.Globalization;
using System.Text.RegularExpressions;
using LandscapeGpu.Ilgpu;
using LandscapeGpu.Tests.Ilgpu.Ptx;

namespace LandscapeGpu.Tests.Ilgpu;

/// <summary>How many instructions of the machine a step takes: the PTX machine counts how often each line of PTX is run, the assembler says what became of it.</summary>
internal static partial class MachineSlots
{
    /// <summary>Instructions that one thread issues in a step, in single precision: those of the longest of the kernels that a restart runs, by a rule.</summary>
    /// <remarks>A warp issues an instruction for all its threads: where these go apart it issues more.</remarks>
    public static double PerStep(Objective objective, UpdateRule rule, StopRule stop)
    {
        var options = new DescentOptions { Rule = rule, Stop = stop };
        var device = new PtxDevice { StepsPerLaunch = 1 << 20 };
        var steps = device.Compile(objective, options).Run(new RestartRange(objective.DefaultStarts, 4, 0, 1)).Steps[0];
        var machine = device.Machines.MaxBy(m => m.Slots)!;
        var issued = machine.Text.Instructions.Zip(machine.Issued).ToDictionary(i => i.First.Line, i => (double)i.Second);
        var plan = KernelPlan.Make(StepProgram.Write(objective, options));
        var blocks = Blocks(Ptxas.Disassembled(PtxListing.Of(plan.Emit(typeof(SingleMemory)), isDouble: false)));
        return blocks.Sum(block => Runs(block, issued, steps) * block.Count) / steps;
    }

    /// <summary>
    /// How often a block is run: as often as the line of PTX in the middle, in order of how often they are. Of a line that the assembler has written several times, as in a loop that it has unrolled, each copy has its part.
    /// What is run less than nine times in ten steps, as what a restart does once, does not count.
    /// </summary>
    private static double Runs(List<(int Line, string Operation)> block, Dictionary<int, double> issued, int steps)
    {
        // Routines for what is denormal or infinite.
        if (block.Exists(i => i.Operation.StartsWith("CALL", StringComparison.Ordinal)))
        {
            return 0;
        }

        var runs = block.GroupBy(i => i).GroupBy(copies => copies.Key.Line, copies => copies.Count())
            .Select(line => issued.GetValueOrDefault(line.Key) / line.Max()).Order().ToList();
        return runs.Count == 0 || runs[runs.Count / 2] < 0.9 * steps ? 0 : runs[runs.Count / 2];
    }

    private static List<List<(int Line, string Operation)>> Blocks(string listing)
    {
        var (blocks, line) = (new List<List<(int Line, string Operation)>> { new() }, 0);
        foreach (var text in listing.Split('\n'))
        {
            if (LineOfPtx().Match(text) is { Success: true } number)
            {
                line = int.Parse(number.Groups[1].Value, CultureInfo.InvariantCulture);
            }
            else if (InstructionOfMachine().Match(text) is { Success: true } found)
            {
                blocks[^1].Add((line, found.Groups[1].Value));
                if (EndOfBlock().IsMatch(found.Groups[1].Value))
                {
                    blocks.Add([]);
                }
            }
            else if (text.TrimStart().StartsWith(".L_", StringComparison.Ordinal))
            {
                blocks.Add([]);
            }
        }

        return blocks;
    }

    [GeneratedRegex("//## File .*line ([0-9]+)")]
    private static partial Regex LineOfPtx();

    [GeneratedRegex(@"^\s*/\*[0-9a-f]{4,}\*/\s+(?:@!?U?P\w+ )?([A-Z][\w.]*)")]
    private static partial Regex InstructionOfMachine();

    [GeneratedRegex(@"^(BRA|EXIT|RET|BSYNC|BREAK|CALL|WARPSYNC)\b")]
    private static partial Regex EndOfBlock();
}
