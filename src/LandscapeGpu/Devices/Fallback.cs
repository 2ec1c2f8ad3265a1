namespace LandscapeGpu.Devices;

/// <summary>What lanes do where a device fails: the rest of its work, told of once, with progress that counts nothing twice.</summary>
internal sealed class Fallback
{
    private readonly List<string> warnings = [];

    // A device that was lost stays lost: it is asked once.
    private volatile bool hasFailed;

    /// <summary>What failed, and what else is to be told of the device.</summary>
    public IReadOnlyList<string> Warnings
    {
        get
        {
            lock (warnings)
            {
                return [.. warnings];
            }
        }
    }

    /// <summary>What a device makes; null, with a warning, where it fails.</summary>
    /// <param name="work">The device's work.</param>
    /// <param name="instead">What happens then, such as "the run went on on lanes".</param>
    public T? Try<T>(Func<T?> work, string instead)
        where T : class
    {
        try
        {
            return hasFailed ? null : work();
        }
        catch (DeviceFailedException failure)
        {
            Warn(failure, instead);
            return null;
        }
    }

    /// <summary>Results of a device, completed on lanes where it fails.</summary>
    /// <param name="count">How many items there are.</param>
    /// <param name="device">The device's work on all of them; null where they are not worth it.</param>
    /// <param name="lanes">The same work of lanes on some neighbouring items: the number of the first, how many, and who is told.</param>
    /// <param name="instead">What happens where the device fails, such as "the run went on on lanes".</param>
    /// <param name="progress">Told how many more items are done.</param>
    public TRows Complete<TRows>(int count, Func<Action<long>?, TRows?> device, Func<int, int, Action<long>?, TRows> lanes, string instead, Action<long>? progress)
        where TRows : class, IRows<TRows>
    {
        var reported = 0L;
        try
        {
            return (hasFailed ? null : device(progress is null ? null : Counted)) ?? lanes(0, count, progress);
        }
        catch (WorkFailedException<TRows> failure)
        {
            Warn(failure, instead);
            var rows = failure.Rows;
            var first = Enumerable.Range(0, count).FirstOrDefault(k => !rows.IsFinished(k), count);
            var last = first == count ? first - 1 : Enumerable.Range(0, count).Last(k => !rows.IsFinished(k));
            // Neighbours, since an item is a pure function of its number; some of them may have been finished, and reported, before.
            var again = last - first + 1;
            var owed = new ProgressOnce(again - (count - reported), done => progress?.Invoke(done));
            if (again == 0)
            {
                owed.Report(0);
                return rows;
            }

            var rest = lanes(first, again, owed.Report);
            foreach (var k in Enumerable.Range(first, again).Where(k => !rows.IsFinished(k)))
            {
                rows.Take(k, rest, k - first);
            }

            return rows;
        }
        catch (DeviceFailedException failure)
        {
            Warn(failure, instead);
            return lanes(0, count, progress);
        }

        void Counted(long done)
        {
            Interlocked.Add(ref reported, done);
            progress!(done);
        }
    }

    /// <summary>Adds a warning.</summary>
    public void Note(string warning)
    {
        lock (warnings)
        {
            warnings.Add(warning);
        }
    }

    private void Warn(DeviceFailedException failure, string instead)
    {
        hasFailed = true;
        Note($"{failure.Message}; {instead}.");
    }
}
