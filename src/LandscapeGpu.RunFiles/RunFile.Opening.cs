using System.Globalization;
using LandscapeGpu.Objectives;
using LandscapeGpu.Surveys;
using Microsoft.Data.Sqlite;

namespace LandscapeGpu.RunFiles;

/// <summary>Files that are made, gone on with and opened.</summary>
public sealed partial class RunFile
{
    /// <summary>Makes a file, or goes on with one of the same run.</summary>
    /// <param name="path">The file.</param>
    /// <param name="facts">What the run is of.</param>
    /// <param name="options">The command line's options.</param>
    /// <param name="files">What the objective was made from.</param>
    /// <param name="changes">Facts that may be others than the file has.</param>
    internal static RunFile Begin(string path, Dictionary<string, string> facts, IReadOnlyList<(string Name, string Value)> options, IReadOnlyList<StoredFile> files, params string[] changes)
    {
        var taken = RunLock.Take(path);
        try
        {
            if (!File.Exists(path) || Database.IsEmpty(path))
            {
                using var fresh = Database.Connect(path, SqliteOpenMode.ReadWriteCreate);
                Schema.Create(fresh, () => FactTable.Write(fresh, facts, options, files));
            }

            Database.RequireHeader(path);
            var file = Opened(path, () => Database.Connect(path, SqliteOpenMode.ReadWrite), taken);
            try
            {
                file.RequireSame(facts, [.. RunFacts.OfNumbers, .. RunFacts.OfResult.Except(changes), "shard"]);
                if (changes.Length > 0)
                {
                    // The result that is there is that of other options, and stays until there is one of these.
                    file.Change(facts.Where(f => changes.Contains(f.Key)), options);
                }

                return file;
            }
            catch
            {
                // The lock is released below.
                file.DisposeConnections();
                throw;
            }
        }
        catch (Exception e) when (e is SqliteException or IOException)
        {
            taken.Dispose();
            throw e is SqliteException s ? new IOException($"{path} cannot be written: {Database.Plain(s)}", e) : e;
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>Refuses a file of another run.</summary>
    internal void RequireSame(IReadOnlyDictionary<string, string> others, IEnumerable<string> names, string other = "what is asked for")
    {
        foreach (var name in names)
        {
            var (mine, wanted) = (facts.GetValueOrDefault(name, "none"), others.GetValueOrDefault(name, "none"));
            if (mine != wanted)
            {
                throw new RunFileException(name == "fingerprint"
                    ? $"{Path} is a run of another problem: {facts["objective"]} has other values there than in {other} (another formula, setting or data)."
                    : $"{Path} is another run: its {name} is {mine}, and that of {other} is {wanted}.{(RunFacts.OfResult.Except(RunFacts.OfMembers).Contains(name) ? " `landscape resume` changes --restarts, --until-coverage and --budget; `landscape identify` tells points apart otherwise." : " Give another file, or the same options.")}");
            }
        }
    }

    private void Change(IEnumerable<KeyValuePair<string, string>> changed, IReadOnlyList<(string Name, string Value)> others)
    {
        foreach (var (name, value) in changed)
        {
            facts[name] = value;
        }

        facts.Remove("finished");
        options = [.. others];
        writer!.Add(() => FactTable.Write(writing!, facts, options, files));
        writer.Flush();
    }

    private static RunFile Opened(string path, Func<SqliteConnection> connect, RunLock? taken)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = connect();
            Schema.Require(connection, path);
            if (taken is not null)
            {
                Schema.Upgrade(connection);
            }

            var (facts, options, files) = FactTable.Read(connection, path);
            var file = new RunFile(path, connection, taken) { facts = facts, options = options, files = files };
            file.members = file.Guard(() => MemberTable.Read(connection, path));
            if (file.members.Prepend(null).Sum(m => file.KeptOf(m?.Number ?? 0).Sum(s => s.Count)) != file.Restarts)
            {
                throw new RunFileException($"{path} is damaged: it has batches of restarts of no member of the run.");
            }

            return file;
        }
        catch (SqliteException e)
        {
            connection?.Dispose();
            throw new RunFileException($"{path} is damaged, or cannot be read ({Database.Plain(e)}).");
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }
}
