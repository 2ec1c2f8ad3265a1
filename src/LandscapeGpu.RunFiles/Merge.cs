namespace LandscapeGpu.RunFiles;

/// <summary>Unites the endpoints of several run files of one run.</summary>
internal static class Merge
{
    /// <param name="path">The file that is made, or filled up.</param>
    /// <param name="sources">The files that are united; they stay as they are.</param>
    /// <returns>The united file, open for writing; its result is still to be made.</returns>
    /// <exception cref="RunFileException">A file is damaged, or of another run. Then no file is made.</exception>
    public static RunFile Of(string path, IReadOnlyList<string> sources)
    {
        if (sources.FirstOrDefault(s => Path.GetFullPath(s) == Path.GetFullPath(path)) is { } same)
        {
            throw new RunFileException($"{same} was given as a source and as the result; give the result a name of its own.");
        }

        var files = new List<RunFile>();
        try
        {
            foreach (var source in sources)
            {
                files.Add(RunFile.Open(source));
                if (files[^1].Members.Count > 0)
                {
                    throw new RunFileException($"{source} is a comparison or a sweep, which has no shards; give run files of surveys.");
                }

                files[^1].RequireSame(files[0].Facts, [.. RunFacts.OfNumbers, .. RunFacts.OfResult], files[0].Path);
            }

            // All that is damaged is known before anything is written.
            foreach (var file in files)
            {
                foreach (var span in file.Kept)
                {
                    file.Read(span.First);
                }
            }

            var facts = files[0].Facts.Where(f => !f.Key.StartsWith("points of ", StringComparison.Ordinal) && f.Key is not ("finished" or "arrivals" or RowSeed.Result or "device" or "polished on" or "seconds"))
                .ToDictionary(f => f.Key, f => f.Key switch { "shard" => "all", "command" => "merge", _ => f.Value });
            var whole = RunFile.Begin(path, facts, files[0].Options, files[0].Files);
            try
            {
                files.ForEach(whole.Take);
                return whole;
            }
            catch
            {
                whole.Dispose();
                throw;
            }
        }
        finally
        {
            files.ForEach(f => f.Dispose());
        }
    }
}
