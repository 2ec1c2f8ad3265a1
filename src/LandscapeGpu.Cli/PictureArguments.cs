namespace LandscapeGpu.Cli;

/// <summary>The arguments that ask for pictures; files are tried before hours are spent on what they are to show.</summary>
internal sealed class PictureArguments : ISharedArguments
{
    private readonly Option<string?> picture = new("--picture") { Description = $"draws the picture that shows most into a file: {string.Join(", ", Figure.Formats)}", HelpName = "FILE" };
    private readonly Option<string?> pictures = new("--pictures") { Description = "draws all pictures that apply into a folder, as SVG", HelpName = "FOLDER" };

    public void AddTo(Command command)
    {
        command.Options.Add(picture);
        command.Options.Add(pictures);
    }

    /// <summary>What is asked for.</summary>
    /// <exception cref="MistakeException">A file is of no kind that can be drawn, or cannot be written.</exception>
    public Wanted Read(ParseResult parsed)
    {
        var wanted = new Wanted(parsed.GetValue(picture), parsed.GetValue(pictures));
        if (wanted.File is { } file)
        {
            if (!Figure.Formats.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            {
                throw new MistakeException($"--picture was given {file}; its ending says how it is drawn, and must be {string.Join(", ", Figure.Formats)}.");
            }

            // Tried and closed: what is there is kept, what is not is not made.
            Printing.ResultFile.Open(file, "--picture").Dispose();
        }

        if (wanted.Folder is { } folder)
        {
            try
            {
                Directory.CreateDirectory(folder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                throw new MistakeException($"--pictures was given {folder}, which is no folder and cannot be made one ({e.Message.TrimEnd('.')}).");
            }
        }

        return wanted;
    }

    /// <summary>Where pictures go.</summary>
    /// <param name="File">The one that shows most; null for nowhere.</param>
    /// <param name="Folder">All that apply; null for nowhere.</param>
    internal sealed record Wanted(string? File, string? Folder)
    {
        /// <summary>Whether any is asked for.</summary>
        public bool IsAny => File is not null || Folder is not null;

        /// <summary>Draws what is asked for, and says where.</summary>
        /// <param name="session">Where it is said.</param>
        /// <param name="best">Makes the picture that shows most.</param>
        /// <param name="all">Makes all that apply.</param>
        public void Draw(Session session, Func<Figure> best, Func<IReadOnlyList<Figure>> all)
        {
            if (File is { } file)
            {
                best().Save(file);
                session.Error.WriteLine($"picture: {file}");
            }

            if (Folder is { } folder)
            {
                foreach (var figure in all())
                {
                    var path = Path.Combine(folder, figure.Name + ".svg");
                    figure.Save(path);
                    session.Error.WriteLine($"picture: {path}");
                }
            }
        }
    }
}
