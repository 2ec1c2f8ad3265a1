using System.Text;
using LandscapeGpu.Reporting;
using LandscapeGpu.Surveys;

namespace LandscapeGpu.Cli.Printing;

/// <summary>Where the JSON of a survey goes; opened before the survey, so that nothing computed is lost to a wrong path.</summary>
internal sealed class JsonDestination : IDisposable
{
    /// <summary>The path that stands for standard output.</summary>
    public const string StandardOutput = "-";

    private readonly string path;
    private readonly FileStream file;
    private readonly bool isNew;
    private bool isWritten;

    private JsonDestination(string path)
    {
        this.path = path;
        isNew = !File.Exists(path);
        // What the file holds is kept until there is something better.
        file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
    }

    /// <summary>Opens a file for writing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="option">The option that named it.</param>
    /// <exception cref="MistakeException">It cannot be written.</exception>
    public static JsonDestination Open(string path, string option = "--json")
    {
        try
        {
            return new(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new MistakeException($"{option} was given {path}, which cannot be written ({e.Message.TrimEnd('.')}); give a file in a folder that exists, or - for standard output.");
        }
    }

    /// <summary>Writes the survey; if that fails, prints it instead.</summary>
    /// <returns>The exit status.</returns>
    public int Write(SurveyResult result, Session session) => Write(SurveyJson.Write(result), session);

    /// <summary>Writes a text; if that fails, prints it instead.</summary>
    /// <returns>The exit status.</returns>
    public int Write(string text, Session session)
    {
        try
        {
            if (file.CanSeek && file.Length > 0)
            {
                file.SetLength(0);
            }

            file.Write(Encoding.UTF8.GetBytes(text));
            file.Write("\n"u8);
            file.Flush();
            isWritten = true;
            return ExitCode.Success;
        }
        catch (IOException e)
        {
            session.Error.WriteLine($"landscape: {path} could not be written ({e.Message.TrimEnd('.')}); what it was to hold goes to standard output instead.");
            session.Out.WriteLine(text);
            return ExitCode.Unexpected;
        }
    }

    public void Dispose()
    {
        try
        {
            file.Dispose();
        }
        catch (IOException)
        {
            // What could not be written has been printed.
        }

        if (isNew && !isWritten)
        {
            File.Delete(path);
        }
    }
}
