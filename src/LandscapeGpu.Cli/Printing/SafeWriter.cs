using System.Text;

namespace LandscapeGpu.Cli.Printing;

/// <summary>A stream to a reader that may have gone, or whose disk is full: what cannot be written costs nothing else, and is kept.</summary>
internal sealed class SafeWriter : TextWriter
{
    private readonly TextWriter? inner;
    private readonly StringBuilder unwritten = new();
    private readonly Lock gate = new();
    private bool isOver;

    /// <param name="open">Opens the stream; it may fail.</param>
    public SafeWriter(Func<TextWriter> open)
    {
        try
        {
            inner = open();
        }
        catch (Exception e) when (IsOfStream(e))
        {
            Failure = Why(e);
        }
    }

    /// <summary>Why the stream cannot be written; null where it can.</summary>
    public string? Failure { get; private set; }

    /// <summary>What was to be written since the last time that everything had been.</summary>
    public string Unwritten => Failure is null ? "" : unwritten.ToString();

    public override Encoding Encoding => inner?.Encoding ?? Encoding.UTF8;

    public override void Write(char value) => Keep(value.ToString(), w => w.Write(value));

    public override void Write(string? value) => Keep(value, w => w.Write(value));

    public override void Write(char[] buffer, int index, int count) => Keep(new string(buffer, index, count), w => w.Write(buffer, index, count));

    public override void WriteLine(string? value) => Keep(value + NewLine, w => w.WriteLine(value));

    public override void Flush() => Keep("", w => w.Flush());

    /// <summary>Writes what nothing comes after: a progress bar that is drawn by another thread hides the cursor no more.</summary>
    public void WriteLast(string text)
    {
        lock (gate)
        {
            Write(text);
            Flush();
            isOver = true;
        }
    }

    private static bool IsOfStream(Exception e) => e is IOException or UnauthorizedAccessException or ObjectDisposedException or NotSupportedException;

    private void Keep(string? text, Action<TextWriter> write)
    {
        lock (gate)
        {
            if (isOver)
            {
                return;
            }

            // All of it: the reader who lost a part of a table has no use for the rest.
            unwritten.Append(text);
            if (Failure is not null || inner is null)
            {
                return;
            }

            try
            {
                write(inner);
            }
            catch (Exception e) when (IsOfStream(e))
            {
                Failure = Why(e);
            }
        }
    }

    // A stream has no path to which access could be denied.
    private static string Why(Exception e) => e is IOException ? e.Message.TrimEnd('.') : "it is closed";
}
