namespace LandscapeGpu.Notebooks;

/// <summary>How a notebook shows an object: see <see cref="TypeFormatterSourceAttribute"/>.</summary>
/// <param name="mimeType">What is written: text/html, text/plain.</param>
/// <param name="write">The object as such a text; null where it is not for this formatter.</param>
public sealed class NotebookFormatter(string mimeType, Func<object, string?> write)
{
    /// <summary>What is written.</summary>
    public string MimeType { get; } = mimeType;

    /// <summary>Writes an object; notebooks call it by this name.</summary>
    /// <param name="instance">The object.</param>
    /// <param name="writer">Where it is written.</param>
    /// <returns>Whether it was written.</returns>
    public bool Format(object instance, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var text = write(instance);
        writer.Write(text);
        return text is not null;
    }
}
