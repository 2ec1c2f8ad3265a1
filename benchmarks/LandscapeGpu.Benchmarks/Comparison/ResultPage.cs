using System.Text;
using LandscapeGpu.Benchmarks.Problems;
using LandscapeGpu.Identity;
using LandscapeGpu.Polish;
using LandscapeGpu.Surveys;

namespace LandscapeGpu.Benchmarks.Comparison;

/// <summary>The figures as a page of Markdown.</summary>
internal sealed class ResultPage(ComparisonOptions options, IReadOnlyList<Contender> contenders)
{
    private readonly StringBuilder times = new();
    private readonly StringBuilder checks = new();
    private readonly StringBuilder stages = new();

    /// <summary>What is still to be measured, for the page of a run that ends early.</summary>
    public string? Left { get; set; }

    /// <summary>Rates of each program, and the ratio of medians of ours to the others.</summary>
    public void AddTimes(PeerProblem problem, int restarts, IReadOnlyList<IReadOnlyList<Measurement>> measured)
    {
        var rates = measured.Select(m => Spread.Of(m.Select(one => restarts * (problem.IsQuench ? 1 : one.Gradients) / one.Seconds))).ToList();
        var unit = problem.IsQuench ? 1e3 : 1e6;
        times.Append($"| {problem.Title} | {(problem.IsQuench ? "thousand quenches/s" : "million gradients/s")} | {restarts:N0} |");
        foreach (var rate in rates)
        {
            times.Append($" {rate.In(unit)} |");
        }

        foreach (var (ours, other) in Pairs())
        {
            times.Append($" {Spread.Text(rates[ours].Median / rates[other].Median)} |");
        }

        times.AppendLine();
    }

    /// <summary>What each program found from the same starts.</summary>
    public void AddCheck(PeerProblem problem, IReadOnlyList<Measurement> found)
    {
        for (var k = 0; k < found.Count; k++)
        {
            checks.AppendLine($"| {problem.Title} | {contenders[k].Name} | {found[k].Gradients:F2} | {found[k].Converged:F5} | {found[k].BestValue:F6} |");
        }
    }

    public void AddSurvey(IReadOnlyList<SurveyResult> runs)
    {
        var last = runs[^1];
        stages.AppendLine($"## `landscape explore rastrigin --dimension 3 --restarts {last.Restarts}`\n");
        stages.AppendLine($"{last.Minima.Count:N0} minima of {last.Objective.Known.Count:N0}; L-BFGS, descent in single and everything else in double precision; {last.Device}.\n");
        stages.AppendLine("| compile | descent | polish | identify | spectra | total seconds |\n|---|---|---|---|---|---|");
        Func<SurveySeconds, double>[] each = [s => s.Compile, s => s.Descent, s => s.Polish, s => s.Identify, s => s.Spectra, s => s.Total];
        stages.AppendLine($"| {string.Join(" | ", each.Select(stage => Spread.Of(runs.Select(run => stage(run.Seconds))).In(1)))} |\n");
    }

    public void AddIdentification(Identification identification, IReadOnlyList<(double Ours, int Clusters, ClusteringLine Peer)> runs)
    {
        var (ours, peer) = (Spread.Of(runs.Select(r => r.Ours)), Spread.Of(runs.Select(r => r.Peer.Seconds)));
        stages.AppendLine($"## Telling {identification.Endpoints:N0} endpoints apart, d = 10\n");
        stages.AppendLine("| program | seconds | clusters | minima |\n|---|---|---|---|");
        stages.AppendLine($"| LandscapeGpu, all cores | {ours.In(1)} | {runs[^1].Clusters:N0} | {runs[^1].Peer.Minima:N0} |");
        stages.AppendLine($"| NumPy and SciPy (rounding, then cKDTree), one core | {peer.In(1)} | {runs[^1].Peer.Clusters:N0} | {runs[^1].Peer.Minima:N0} |\n");
        stages.AppendLine($"Ratio of medians: {Spread.Text(peer.Median / ours.Median)}.");
    }

    /// <summary>Ours with each of the others that has the same registers.</summary>
    private IEnumerable<(int Ours, int Other)> Pairs() =>
        from ours in Enumerable.Range(0, contenders.Count)
        where contenders[ours].IsOurs
        from other in Enumerable.Range(0, contenders.Count)
        where !contenders[other].IsOurs && contenders[other].IsSixteen == contenders[ours].IsSixteen
        select (ours, other);

    public override string ToString()
    {
        var ratios = Pairs().Select(p => $"{contenders[p.Ours].Short} / {contenders[p.Other].Short}");
        List<string> columns = ["problem", "unit", "restarts", .. contenders.Select(c => c.Name), .. ratios];
        return $"""
            # {Machine.Processor}, {Machine.Vectors}

            {Machine.Description}

            `{options.CommandLine}`{(options.Shrink > 1 ? " (shrunk problems: a trial, not figures to report)" : "")}
            {(Left is null ? "" : $"\nUnfinished: {Left} to be measured.\n")}
            Single precision, {Environment.ProcessorCount} threads or processes; median (least–most) of {options.Rounds} rounds, in each of which every program has
            its turn. {Comparing.Gradients} plain gradient steps a restart without a stopping test, or whole quenches by L-BFGS (5 pairs) to ‖g‖ ≤ 10⁻³.
            C++: `g++ {string.Join(' ', HandVectorised.Flags)} -march=native`; AVX2 is ours with `DOTNET_EnableAVX512=0`, the C++ with `-march=x86-64-v3`
            and NumPy with its AVX-512 code and OpenBLAS's switched off: sixteen registers.

            | {string.Join(" | ", columns)} |
            |{string.Concat(columns.Select(_ => "---|"))}
            {times}
            {stages}
            ## Equal work

            The same starts descend until ‖g‖ reaches the tolerance (ReLU and perceptron: {Comparing.Gradients} steps): the programs must agree.

            | problem | program | mean gradients | converged | best value |
            |---|---|---|---|---|
            {checks}
            """.TrimEnd() + "\n";
    }
}
