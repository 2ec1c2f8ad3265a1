namespace LandscapeGpu.Compilation;

/// <summary>Which of the arrays that are not in registers the threads of a block keep in memory that they share: the planner's choice, by <see cref="StepCost"/>.</summary>
/// <remarks>
/// What is touched most often for its length comes first. Of all numbers of such arrays that one is taken by which a step takes fewest cycles, if those
/// are clearly fewer than with all of it in global memory: what does not fit is better left there than to leave hardly a warp running.
/// </remarks>
/// <param name="Residence">Where state is.</param>
/// <param name="Reason">Why, in words; none where all of it is in registers.</param>
/// <param name="Warps">How many warps a multiprocessor is to run at once, so that its first cache holds their state; null for as many as it can.</param>
internal sealed record SharedChoice(Residence Residence, string Reason = "", int? Warps = null)
{
    /// <summary>Chooses.</summary>
    /// <param name="program">The program of one step.</param>
    /// <param name="residence">What is in registers.</param>
    /// <param name="outside">Arrays that others than the program read or write at every step.</param>
    /// <param name="machine">What runs it.</param>
    public static SharedChoice For(Program program, Residence residence, IReadOnlyCollection<ProgramArray> outside, Multiprocessor machine)
    {
        var traffic = StateTraffic.Of(program, residence);
        var groups = Groups(program, residence, outside, traffic);
        if (groups.Count == 0)
        {
            return new(residence);
        }

        var global = StepCost.Of(program, residence, traffic, machine);
        int? fewer = global.IsFewer ? global.Warps : null;
        var best = Enumerable.Range(1, groups.Count)
            .Select(count => residence.WithShared(groups.Take(count).SelectMany(g => g)))
            .Select(r => (Residence: r, Cost: StepCost.Of(program, r, traffic, machine)))
            .MinBy(c => c.Cost.Cycles);
        if (double.IsPositiveInfinity(best.Cost.Cycles))
        {
            return new(residence, "none of it in shared memory: of what is touched most a block has no room for that of a warp", fewer);
        }

        return global.Cycles >= StepCost.ClearlyFaster * best.Cost.Cycles
            ? new(best.Residence, string.Create(CultureInfo.InvariantCulture, $"{best.Residence.SharedElements} of them in shared memory, by the model {global.Cycles / best.Cost.Cycles:F1} times as fast as with none ({Words(best.Cost)} instead of {Words(global)})"))
            : new(residence, $"none of it in shared memory, which would not be clearly faster by the model ({Words(best.Cost)}; without, {Words(global)})", fewer);

        static string Words((double Cycles, int Warps, bool IsFewer) cost) => string.Create(CultureInfo.InvariantCulture, $"{cost.Cycles:N0} cycles for a step of {StateTiles.Width} restarts, {cost.Warps} {(cost.Warps == 1 ? "warp" : "warps")} at once");
    }

    /// <summary>Takes as much as a block has room for, whether or not that is worth it.</summary>
    public static Residence Most(Program program, Residence residence, IReadOnlyCollection<ProgramArray> outside, Multiprocessor machine)
    {
        var traffic = StateTraffic.Of(program, residence);
        var groups = Groups(program, residence, outside, traffic);
        return Enumerable.Range(0, groups.Count + 1)
            .Select(count => residence.WithShared(groups.Take(count).SelectMany(g => g)))
            .Last(r => r.SharedElements == 0 || StepCost.Of(program, r, traffic, machine).Warps > 0);
    }

    /// <summary>Arrays that lie in one place, the places that are touched most often for their length first.</summary>
    public static List<List<ProgramArray>> Groups(Program program, Residence residence, IReadOnlyCollection<ProgramArray> outside, StateTraffic traffic) =>
    [
        .. program.State.Where(a => !residence.IsRegister(a) && !outside.Contains(a))
            .GroupBy(a => a.Shares ?? a)
            .Select(g => g.ToList())
            .OrderByDescending(g => g.Sum(a => traffic.Of(a).Loads + traffic.Of(a).Stores) / g.Max(a => a.Length * a.Copies)),
    ];
}
