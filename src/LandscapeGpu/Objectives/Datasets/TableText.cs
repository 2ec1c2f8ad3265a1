namespace LandscapeGpu.Objectives.Datasets;

/// <summary>Text that may be a table: refused as soon as it cannot be, before it fills the memory.</summary>
/// <param name="text">The text.</param>
/// <param name="name">Where it is from, for messages.</param>
internal sealed class TableText(TextReader text, string name) : TextReader
{
    // A million columns of 16 characters.
    private const int LongestLine = 1 << 24;

    private int line;

    public override int Peek() => text.Peek();

    public override int Read()
    {
        Span<char> one = stackalloc char[1];
        return Read(one) == 0 ? -1 : one[0];
    }

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        var count = text.Read(buffer);
        foreach (var c in buffer[..count])
        {
            line = c is '\n' or '\r' ? 0 : line + 1;
            // Nor does a message show what a terminal would take for a command.
            var isText = !char.IsControl(c) || c is '\t' or '\n' or '\r';
            if (!isText || line > LongestLine)
            {
                throw new DataFileException(!isText
                    ? $"{name} holds a character of value {(int)c}: it is no text. Tables are comma-separated values, NumPy arrays in files that end with .npy, or IDX files, which begin with the bytes 0, 0, a type of 8 to 14 and 1 to 8 dimensions."
                    : $"{name} has a line of more than {LongestLine} characters; a table has a row a line.");
            }
        }

        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            text.Dispose();
        }

        base.Dispose(disposing);
    }
}
