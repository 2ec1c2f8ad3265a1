namespace LandscapeGpu.Compilation;

/// <summary>Copies of data in the order in which the lanes of a warp read them: side by side what 32 samples have in one column, four columns at a time where they are a multiple of four.</summary>
/// <remarks>
/// In the order of samples each lane would reach another line of the cache, for each number that is loaded. Row s = 32k + l, column c is at 32k·columns + 128·⌊c/4⌋ + 4l + c mod 4,
/// or 32k·columns + 32c + l. Data that are read in any other way than by a number of columns times the sample, and a column, have no copy.
/// </remarks>
internal sealed class LaneData
{
    /// <summary>Numbers that are loaded at once where they lie side by side.</summary>
    public const int Together = 4;

    private readonly Dictionary<ProgramArray, Copy> copies = [];

    /// <param name="program">The program of one step.</param>
    /// <param name="residence">Which of its loops are written out.</param>
    /// <param name="split">The loops of which each lane has its part.</param>
    public LaneData(Program program, Residence residence, SampleSplit split)
    {
        var found = new Dictionary<ProgramArray, (long Columns, long Rows)?>();
        foreach (var loop in split.Loops)
        {
            Visit(loop.Body, loop, residence, new(), found);
        }

        Begin = Aligned(program.Data.Sum(d => (long)d.Array.Length) + program.Parameters.Count);
        End = Begin;
        foreach (var (array, _) in program.Data)
        {
            if (found.GetValueOrDefault(array) is { Columns: > 1 and var columns, Rows: var rows } && End + (columns * Aligned(rows)) <= int.MaxValue)
            {
                copies.Add(array, new(array, (int)End, (int)columns, (int)rows));
                End += columns * Aligned(rows);
            }
        }
    }

    /// <summary>Where the first copy begins, behind all numbers that there are without them.</summary>
    public long Begin { get; }

    public long End { get; }

    /// <summary>The numbers of columns that copies have.</summary>
    public IEnumerable<int> Columns => copies.Values.Select(c => c.Columns).Distinct();

    public Copy? Of(ProgramArray array) => copies.GetValueOrDefault(array);

    /// <summary>The copy in which a place is.</summary>
    public Copy? At(long place) => copies.Values.FirstOrDefault(c => c.Begin <= place && place < c.Begin + (c.Columns * Aligned(c.Rows)));

    /// <summary>How far apart the columns of two neighbouring lanes are that are loaded together.</summary>
    public static int Width(int columns) => columns % Together == 0 ? Together : 1;

    /// <summary>Numbers with their copies.</summary>
    public double[] With(double[] numbers)
    {
        var all = new double[End];
        numbers.CopyTo(all, 0);
        foreach (var copy in copies.Values)
        {
            for (var k = 0; k < Math.Min((long)copy.Rows * copy.Columns, copy.Array.Length); k++)
            {
                var (row, column) = (k / copy.Columns, k % copy.Columns);
                var (turn, lane) = (row / SampleSplit.Parts, row % SampleSplit.Parts);
                all[copy.PlaceOf(copy.Begin + ((long)turn * SampleSplit.Parts * copy.Columns) + column) + (lane * Width(copy.Columns))] = numbers[copy.Array.Offset + k];
            }
        }

        return all;
    }

    private static long Aligned(long length) => (length + SampleSplit.Parts - 1) / SampleSplit.Parts * SampleSplit.Parts;

    private static void Visit(Block block, Loop loop, Residence residence, IndexValues known, Dictionary<ProgramArray, (long Columns, long Rows)?> found)
    {
        foreach (var statement in block.Statements)
        {
            if (statement is Let { Value: { Instruction: Instruction.Load, Array.Memory: Memory.Data } v })
            {
                var split = SplitIndex.Of(v.Index!, 0, known);
                (long Columns, long Rows)? own = split.Moving is [var (index, columns)] && ReferenceEquals(index, loop.Variable) && split.Fixed < columns ? (columns, loop.Variable.Extent.Greatest) : null;
                found[v.Array!] = !found.TryGetValue(v.Array!, out var before) ? own
                    : before is { } b && own is { } o && b.Columns == o.Columns ? (o.Columns, Math.Max(b.Rows, o.Rows)) : null;
            }
            else if (statement is Loop inner)
            {
                var extent = known.Of(inner.Variable.Extent);
                if (!residence.WritesOut(inner, extent))
                {
                    Visit(inner.Body, loop, residence, known, found);
                    continue;
                }

                for (var k = 0; k < extent; k++)
                {
                    known.Set(inner.Variable, k);
                    Visit(inner.Body, loop, residence, known, found);
                }

                known.Clear(inner.Variable);
            }
        }
    }

    /// <summary>The copy of an array.</summary>
    /// <param name="Array">What is copied.</param>
    /// <param name="Begin">Where it begins.</param>
    /// <param name="Columns">How many numbers a sample has.</param>
    /// <param name="Rows">How many samples there are.</param>
    internal sealed record Copy(ProgramArray Array, int Begin, int Columns, int Rows)
    {
        /// <summary>Where something is of the first lane: it would be at a place if rows of the first lane came one after the other, 32 · columns apart.</summary>
        public int PlaceOf(long place)
        {
            var (turn, column) = Math.DivRem(place - Begin, SampleSplit.Parts * (long)Columns);
            var width = Width(Columns);
            return checked((int)(Begin + (turn * SampleSplit.Parts * Columns) + (column / width * width * SampleSplit.Parts) + (column % width)));
        }
    }
}
