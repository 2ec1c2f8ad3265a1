using System.Runtime.InteropServices;

namespace LandscapeGpu.Surveys;

/// <summary>Which stationary point each restart of a survey came to, batch by batch.</summary>
/// <param name="First">The number of the first restart.</param>
/// <param name="Points">For each restart a point, counted from 1 through the lists of the result; or one of the words of <see cref="Arrivals"/>.</param>
internal readonly record struct ArrivedPiece(long First, int[] Points);

/// <summary>Which group of endpoints each restart came to, written down as they come: groups become one or go later, and which point a group is, is known only in the end.</summary>
/// <remarks>
/// What is written is read from its end: there the number of each group is known, and before each change of numbers those before it follow. So memory
/// is that of one batch and the groups, and a restart takes four bytes of the stream.
/// </remarks>
/// <param name="stream">Where it is written; read again, and of no use to anybody else.</param>
internal sealed class Arrivals(Stream stream)
{
    /// <summary>No stationary point, and no minimum at a kink.</summary>
    public const int None = 0;

    /// <summary>A stationary point that is not in the lists, which are those of the lowest.</summary>
    public const int Unlisted = -1;

    // Among groups, where 0 is one: what is in none; and places without a short gradient, downwards.
    private const int NoGroup = -1;
    private const int NoRoom = -2;
    private const int Places = -3;

    // Of each entry: its first restart, or that it is a change of numbers, and how long it is.
    private readonly List<(long? First, int Length)> entries = [];

    /// <summary>Notes a batch.</summary>
    /// <param name="first">The number of its first restart.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="ends">Which of them were polished.</param>
    /// <param name="set">What polish made of those.</param>
    /// <param name="groupOf">For each that was polished its group; −1 for none.</param>
    /// <param name="placeOf">For each restart the place where it came to a stop without being stationary; −1 for none.</param>
    public void Add(long first, int count, EndpointPool.EndPoints ends, PolishedSet set, int[] groupOf, int[] placeOf)
    {
        var at = new int[count];
        for (var k = 0; k < count; k++)
        {
            at[k] = placeOf[k] >= 0 ? Places - placeOf[k] : NoGroup;
        }

        for (var k = 0; k < ends.Count; k++)
        {
            at[ends.Restarts[k]] = !set.Stationary[k] ? at[ends.Restarts[k]] : groupOf[k] >= 0 ? groupOf[k] : NoRoom;
        }

        Write(first, at);
    }

    /// <summary>Notes that groups have other numbers from here on.</summary>
    /// <param name="numbers">For each group its new number; −1 for those that are kept no more.</param>
    public void Renumber(int[] numbers)
    {
        if (entries.Count > 0)
        {
            Write(null, numbers);
        }
    }

    /// <summary>The batches, the last first, when it is known which point each group is.</summary>
    /// <param name="groups">For each group its point.</param>
    /// <param name="places">For each place its point, or <see cref="None"/>.</param>
    public IEnumerable<ArrivedPiece> Settled(int[] groups, int[] places)
    {
        var end = stream.Position;
        foreach (var (first, length) in Enumerable.Reverse(entries))
        {
            var numbers = new int[length];
            stream.Position = end -= (long)length * sizeof(int);
            stream.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
            var known = groups;
            if (first is { } restart)
            {
                for (var k = 0; k < length; k++)
                {
                    var n = numbers[k];
                    numbers[k] = n >= 0 ? known[n] : n == NoRoom ? Unlisted : n == NoGroup ? None : places[Places - n];
                }

                yield return new(restart, numbers);
            }
            else
            {
                groups = Array.ConvertAll(numbers, n => n >= 0 ? known[n] : Unlisted);
            }
        }
    }

    private void Write(long? first, int[] numbers)
    {
        entries.Add((first, numbers.Length));
        stream.Write(MemoryMarshal.AsBytes(numbers.AsSpan()));
    }
}
