using LandscapeGpu.Compilation;

namespace LandscapeGpu.Execution;

/// <summary>A stage of a matrix program: its steps, tile by tile along one loop, or all at once.</summary>
internal sealed class MatrixStage
{
    // Below so many operations threads cost more than they bring: they meet within some ten microseconds.
    private const double LeastFlopsOfTeam = 2e6;

    private readonly int extent;
    private readonly int tile;
    private readonly MatrixStep[] steps;
    private readonly Turn?[] turns;
    private readonly bool isForTeam;

    /// <param name="stage">The work, as it is laid out.</param>
    /// <param name="steps">A step for each piece of work.</param>
    public MatrixStage(MatrixMemory.Stage stage, MatrixStep[] steps)
    {
        (extent, tile, Varies) = (stage.Root is null ? 1 : Tensor.Extent(stage.Root), stage.Tile, stage.Varies);
        this.steps = steps;
        turns = new Turn?[steps.Length];
        var works = stage.Works;
        isForTeam = stage.Root is not null && extent > tile && works.OfType<ProductWork>().Sum(w => w.Flops) >= LeastFlopsOfTeam;
        foreach (var group in Enumerable.Range(0, steps.Length).Where(k => isForTeam && IsShared(works[k], stage.Root!)).GroupBy(k => works[k].Writes.Single()))
        {
            int[] members = [.. group];
            var isSplit = members.All(k => works[k] is ProductWork) && members.Select(k => ((ProductWork)works[k]).Column).Distinct().Count() == 1;
            var turn = new Turn(members[0], members[^1], isSplit);
            Array.ForEach(members, k => turns[k] = turn);
        }
    }

    /// <summary>Whether it has to be run again when nothing has changed but what varies.</summary>
    public bool Varies { get; }

    public unsafe void Run(byte* state, byte* data, MatrixTeam? team)
    {
        if (team is not null && isForTeam)
        {
            RunTogether((nint)state, (nint)data, team);
            return;
        }

        for (var begin = 0; begin < extent; begin += tile)
        {
            var frame = new Frame(state, data, begin, Math.Min(tile, extent - begin));
            foreach (var step in steps)
            {
                step.Run(frame);
            }
        }
    }

    private unsafe void RunTogether(nint state, nint data, MatrixTeam team)
    {
        var (count, next) = ((extent + tile - 1) / tile, -1);
        // The same program may be run by several teams.
        var passed = turns.Select(turn => turn?.Begun(team.Parts)).ToArray();
        foreach (var turn in turns.OfType<Turn>())
        {
            passed[turn.Last] = passed[turn.First];
        }

        team.Run(state, own =>
        {
            for (var t = Interlocked.Increment(ref next); t < count; t = Interlocked.Increment(ref next))
            {
                var frame = new Frame((byte*)state, (byte*)data, t * tile, Math.Min(tile, extent - (t * tile))) { Own = (byte*)own };
                for (var k = 0; k < steps.Length; k++)
                {
                    if (turns[k] is not { } turn)
                    {
                        steps[k].Run(frame);
                        continue;
                    }

                    var tiles = passed[k]!;
                    for (var part = 0; part < tiles.Parts; part++)
                    {
                        if (k == turn.First)
                        {
                            tiles.Wait(part, t);
                        }

                        steps[k].Run(frame, part, tiles.Parts);
                        if (k == turn.Last)
                        {
                            tiles.Pass(part, t + 1);
                        }
                    }
                }
            }
        });
    }

    /// <summary>Whether tiles add to the same numbers.</summary>
    private static bool IsShared(Work work, Index root) => work switch
    {
        ProductWork w => !IsApart(w.C, root),
        TotalWork w => !IsApart(w.To, root),
        _ => false,
    };

    private static bool IsApart(View view, Index root) => view.Stride(root) != 0 && view.IsOneToOne;

    /// <summary>The steps that add to one tensor, in each tile from the first to the last.</summary>
    private sealed record Turn(int First, int Last, bool IsSplit)
    {
        public Passed Begun(int parts) => new(IsSplit ? parts : 1);
    }

    /// <summary>Whose turn it is to add to a tensor: that of one tile at a time, for each part of it.</summary>
    private sealed class Passed(int parts)
    {
        // Counters on cache lines of their own.
        private const int Apart = 16;

        private readonly long[] tiles = new long[parts * Apart];

        public int Parts => parts;

        public void Wait(int part, int tile)
        {
            var wait = default(SpinWait);
            while (Volatile.Read(ref tiles[part * Apart]) != tile)
            {
                // A millisecond's sleep would be longer than what is waited for.
                wait.SpinOnce(sleep1Threshold: -1);
            }
        }

        public void Pass(int part, int tile) => Volatile.Write(ref tiles[part * Apart], tile);
    }
}
