using LandscapeGpu.Compilation;

namespace LandscapeGpu.Execution;

/// <summary>The stages of a matrix program, and where its tensors lie; memory that is no longer read is used again.</summary>
internal sealed class MatrixMemory
{
    /// <summary>A stage: work along one loop in tiles, or all at once.</summary>
    public sealed record Stage(Index? Root, IReadOnlyList<Work> Works)
    {
        public int Tile { get; set; } = 1;

        /// <summary>Whether it has to run again when nothing has changed but what varies.</summary>
        public bool Varies { get; init; }
    }

    private readonly MatrixPlanner plan;
    private readonly Dictionary<Work, int> stageOf = [];
    private readonly Dictionary<Tensor, (int First, int Last)> lives = [];

    public MatrixMemory(MatrixPlanner plan, int elementBytes, int tileBytes, int leastTile, int mostTile)
    {
        this.plan = plan;
        Stages = [.. plan.All.GroupBy(w => (w.Varies, w.Level, w.Root)).OrderBy(g => g.Key.Varies).ThenBy(g => g.Key.Level).ThenBy(g => g.Key.Root is null ? 0 : 1).ThenBy(g => g.Min(w => w.Position))
            .Select(g => new Stage(g.Key.Root, [.. g.OrderBy(w => w.Position)]) { Varies = g.Key.Varies })];
        for (var s = 0; s < Stages.Count; s++)
        {
            foreach (var work in Stages[s].Works)
            {
                stageOf.Add(work, s);
            }
        }

        Localise();
        Elements = 0;
        foreach (var stage in Stages.Where(s => s.Root is not null))
        {
            var (widths, places) = WithinStage(stage);
            var rows = stage.Works.SelectMany(w => w.Reads).Where(v => v.Tensor.Given is { Memory: Memory.Data }).Select(v => (v.Tensor, v.Stride(stage.Root!))).Distinct().Sum(p => Math.Abs(p.Item2));
            var fitting = tileBytes / (elementBytes * Math.Max(1, widths + rows));
            stage.Tile = (int)Math.Min(Tensor.Extent(stage.Root!), Math.Clamp(fitting / 12 * 12, leastTile, mostTile));
            foreach (var (tensor, place) in places)
            {
                // Each on lines of its own.
                tensor.Offset = Elements + (place.At * stage.Tile) + (16L * place.Number);
            }

            Elements += places.Count == 0 ? 0 : (widths * stage.Tile) + (16L * (places.Values.Max(p => p.Number) + 2));
            Elements = (Elements + 15) / 16 * 16;
        }

        PlaceWhole();
    }

    public IReadOnlyList<Stage> Stages { get; }

    /// <summary>How many numbers are kept.</summary>
    public long Elements { get; private set; }

    public IEnumerable<Tensor> Tensors => lives.Keys;

    /// <summary>Finds the stages in which each tensor lives, and those of which a tile is enough.</summary>
    private void Localise()
    {
        var isRead = new HashSet<Tensor>(plan.Results.Select(r => r.From.Tensor));
        if (plan.Flag is { } flag)
        {
            isRead.Add(flag.Tensor);
        }

        // What does not vary is there for every run.
        isRead.UnionWith(plan.All.Where(w => w.Varies).SelectMany(w => w.Reads).Select(v => v.Tensor).Where(t => t.Given is null && !t.Varies));

        foreach (var work in plan.All)
        {
            foreach (var tensor in work.Writes.Concat(work.Reads.Select(r => r.Tensor)).Where(t => t.Given is null))
            {
                var s = stageOf[work];
                lives[tensor] = lives.TryGetValue(tensor, out var life) ? (Math.Min(life.First, s), Math.Max(life.Last, s)) : (s, s);
            }
        }

        foreach (var tensor in lives.Keys.ToList())
        {
            var (first, last) = lives[tensor];
            tensor.IsLocal = first == last && !tensor.IsCollected && tensor.Loops.Count > 0 && tensor.Root is { } root && ReferenceEquals(tensor.Loops[0], root) && ReferenceEquals(Stages[first].Root, root) && !isRead.Contains(tensor);
            if (isRead.Contains(tensor))
            {
                lives[tensor] = (first, Stages.Count);
            }
        }
    }

    /// <summary>Places for what lives within a stage, in numbers for each iteration of its loop.</summary>
    private static (long Width, Dictionary<Tensor, (long At, int Number)> Places) WithinStage(Stage stage)
    {
        var last = new Dictionary<Tensor, int>();
        for (var k = 0; k < stage.Works.Count; k++)
        {
            foreach (var tensor in stage.Works[k].Writes.Concat(stage.Works[k].Reads.Select(r => r.Tensor)).Where(t => t.IsLocal))
            {
                last[tensor] = k;
            }
        }

        var (places, free, width, number) = (new Dictionary<Tensor, (long, int)>(), new Dictionary<long, Stack<(long, int)>>(), 0L, 0);
        for (var k = 0; k < stage.Works.Count; k++)
        {
            foreach (var tensor in stage.Works[k].Writes.Where(t => t.IsLocal && !places.ContainsKey(t)))
            {
                var each = tensor.Length / Tensor.Extent(stage.Root!);
                if (free.TryGetValue(each, out var left) && left.TryPop(out var old))
                {
                    places.Add(tensor, old);
                    continue;
                }

                places.Add(tensor, (width, number++));
                width += each;
            }

            foreach (var tensor in last.Where(l => l.Value == k && places.ContainsKey(l.Key)).Select(l => l.Key))
            {
                var each = tensor.Length / Tensor.Extent(stage.Root!);
                if (!free.TryGetValue(each, out var left))
                {
                    free.Add(each, left = []);
                }

                left.Push(places[tensor]);
            }
        }

        return (width, places);
    }

    private void PlaceWhole()
    {
        var free = new Dictionary<long, Stack<long>>();
        var whole = lives.Where(l => !l.Key.IsLocal).ToList();
        for (var s = 0; s <= Stages.Count; s++)
        {
            foreach (var tensor in whole.Where(l => l.Value.First == s).Select(l => l.Key))
            {
                if (free.TryGetValue(tensor.Length, out var left) && left.TryPop(out var old))
                {
                    tensor.Offset = old;
                    continue;
                }

                tensor.Offset = Elements;
                Elements = (Elements + tensor.Length + 15 + 16) / 16 * 16;
            }

            foreach (var tensor in whole.Where(l => l.Value.Last == s && l.Value.Last < Stages.Count).Select(l => l.Key))
            {
                if (!free.TryGetValue(tensor.Length, out var left))
                {
                    free.Add(tensor.Length, left = []);
                }

                left.Push(tensor.Offset);
            }
        }
    }
}
