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
                file.GoOnAs(facts, options, files, changes);

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
                    : $"{Path} is another run: its {name} is {RunFacts.Unlike(mine, wanted)}, and that of {other} is {RunFacts.Unlike(wanted, mine)}.{(RunFacts.OfResult.Except(RunFacts.OfMembers).Contains(name) ? " `landscape resume` changes --restarts, --until-coverage and --budget; `landscape identify` tells points apart otherwise." : " Give another file, or the same options.")}");
            }
        }
    }

    /// <summary>Keeps what is asked for now of the same run: another command or other options make something else of its endpoints. A program, which has no options, changes none.</summary>
    private void GoOnAs(Dictionary<string, string> wanted, IReadOnlyList<(string Name, string Value)> asked, IReadOnlyList<StoredFile> from, string[] changes)
    {
        var areSame = from.Count == files.Count && from.All(f => files.Any(mine => mine.Name == f.Name && mine.Sha256 == f.Sha256));
        // A file may be read from elsewhere: where it was, and what it has, is kept.
        var now = asked.Count == 0 ? options : asked.Select(o => areSame && files.Any(f => f.Name == o.Name) ? options.First(mine => mine.Name == o.Name) : o).ToList();
        var changed = wanted.Where(f => (changes.Contains(f.Key) || (f.Key == "command" && asked.Count > 0)) && facts.GetValueOrDefault(f.Key) != f.Value).ToList();
        if (changed.Count == 0 && now.SequenceEqual(options))
        {
            return;
        }

        changed.ForEach(f => facts[f.Key] = f.Value);
        // The result that is there is that of other options, and stays until there is one of these.
        facts.Remove("finished");
        (options, files) = (now, areSame || asked.Count == 0 ? files : [.. from]);
        writer!.Add(() =>
        {
            if (!areSame)
            {
                writing!.Execute("DELETE FROM file");
            }

            FactTable.Write(writing!, facts, options, files);
        });
        writer.Flush();
    }

    private static RunFile Opened(string path, Func<SqliteConnection> connect, RunLock? taken)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = connect();
            Schema.Require(connection, path);
            var (facts, options, files) = FactTable.Read(connection, path);
            if (taken is not null)
            {
                Schema.Upgrade(connection, facts, path);
            }

            var seed = Schema.Binds(connection) ? RowSeed.OfRun(facts) : RowSeed.None;
            var file = new RunFile(path, connection, taken) { facts = facts, options = options, files = files, seed = seed };
            file.members = file.Guard(() => MemberTable.Read(connection, seed, path));
            if (file.members.Prepend(null).Sum(m => file.KeptOf(m?.Number ?? 0).Sum(s => s.Count)) != file.Restarts)
            {
                throw new RunFileException($"{path} is damaged: it has batches of restarts of no member of the run.");
            }

            file.Guard(() => BatchTable.RequireWidths(connection, file.members.Select(m => (m.Number, m.Dimension)).Prepend((0, file.Dimension)), path));
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
