using System.Diagnostics;
using LandscapeGpu.Objectives.Datasets;

namespace LandscapeGpu.Cli.Commands;

/// <summary><c>landscape slurm</c>: a survey as a job array of Slurm, and what has become of it.</summary>
internal static class SlurmCommand
{
    private const string Jobs = "jobs";

    public static Command Create(Session session)
    {
        var (objective, survey) = (new ObjectiveArguments(), new SurveyArguments());
        var shards = NumberOption.Small("--shards", "how many parts, each a task of the array", 1, 100_000);
        var folder = new Option<string?>("--folder") { Description = "where scripts, logs and run files go, on a file system that all nodes share (default landscape-run)", HelpName = "FOLDER" };
        var gpu = new Option<bool>("--gpu") { Description = "asks for one GPU a task" };
        var sbatch = new Option<string[]>("--sbatch") { Description = "an option for sbatch, such as partition=long or time=04:00:00; can be given again", HelpName = "OPTION", AllowMultipleArgumentsPerToken = false };
        var submit = new Option<bool>("--submit") { Description = "submits the jobs and prints their numbers" };
        var command = new Command("slurm", "Writes a Slurm job array that explores in shards, and a job that unites them.") { shards, folder, gpu, sbatch, submit };
        command.Take(objective, survey);
        command.Subcommands.Add(Status(session));
        command.SetAction(parsed =>
        {
            var count = parsed.GetValue(shards) ?? throw new MistakeException("--shards was not given; it says how many tasks there are, such as --shards 64.");
            // Refused here, before a thousand tasks refuse it.
            objective.Read(parsed, session);
            RunFileArguments.Part($"{count}/{count}", survey.Read(parsed));
            if (survey.Read(parsed).UntilCoverage is not null)
            {
                throw new MistakeException("--until-coverage was given, and shards have a fixed number of restarts; leave it out, and use `landscape resume all.db --until-coverage` on the united file.");
            }

            var run = Path.GetFullPath(parsed.GetValue(folder) ?? "landscape-run");
            try
            {
                Directory.CreateDirectory(Path.Combine(run, "logs"));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new MistakeException($"--folder was given {run}, which cannot be made ({(File.Exists(run) ? "it is a file" : FileFault.Of(e, run))}); give a folder that can be written to.");
            }

            var cores = survey.Device.Threads(parsed) ?? 1;
            string[] options = [.. (parsed.GetValue(sbatch) ?? []).Select(o => o.StartsWith('-') ? o : "--" + o), .. parsed.GetValue(gpu) ? ["--gres=gpu:1"] : Array.Empty<string>()];
            File.WriteAllText(Path.Combine(run, "shards.sbatch"), Shards(run, count, cores, options, Words(parsed, survey, cores)));
            File.WriteAllText(Path.Combine(run, "merge.sbatch"), MergeJob(run, options));
            if (!parsed.GetValue(submit))
            {
                session.Out.WriteLine($"{run}/shards.sbatch and {run}/merge.sbatch are written. To submit them:");
                session.Out.WriteLine($"  id=$(sbatch --parsable {run}/shards.sbatch) && sbatch --dependency=afterok:$id {run}/merge.sbatch");
                return ExitCode.Success;
            }

            var array = Slurm("sbatch", "--parsable", Path.Combine(run, "shards.sbatch")).Trim();
            var merge = Slurm("sbatch", "--parsable", $"--dependency=afterok:{array}", Path.Combine(run, "merge.sbatch")).Trim();
            File.WriteAllText(Path.Combine(run, Jobs), $"{array} {merge}\n");
            session.Out.WriteLine($"shards are job {array}, merge is job {merge}; `landscape slurm status {run}` tells how far they are");
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Status(Session session)
    {
        var folder = new Argument<string>("folder") { Description = "the folder of a run, as --folder names it" };
        var command = new Command("status", "Tells which shards are done, running, waiting or failed.") { folder };
        command.SetAction(parsed =>
        {
            var run = parsed.GetValue(folder)!;
            var script = Path.Combine(run, "shards.sbatch");
            var count = File.Exists(script) && File.ReadLines(script).FirstOrDefault(l => l.StartsWith("#SBATCH --array=1-", StringComparison.Ordinal)) is { } line
                ? int.Parse(line["#SBATCH --array=1-".Length..], CultureInfo.InvariantCulture)
                : throw new MistakeException($"{run} is not the folder of a run: it has no shards.sbatch that `landscape slurm` has written.");
            var queued = Queued(run);
            var states = Enumerable.Range(1, count).Select(k => (Shard: k, State: StateOf(Path.Combine(run, $"shard-{k}.db"), queued?.GetValueOrDefault(k), queued is not null))).ToList();
            foreach (var group in states.GroupBy(s => s.State))
            {
                session.Out.WriteLine($"{group.Key}: {group.Count()} of {count}{(group.Count() < count ? $" ({string.Join(", ", group.Take(20).Select(s => s.Shard))}{(group.Count() > 20 ? ", …" : "")})" : "")}");
            }

            session.Out.WriteLine(File.Exists(Path.Combine(run, "all.db")) && StateOf(Path.Combine(run, "all.db"), null, false) == "done" ? $"united: {Path.Combine(run, "all.db")}" : "not united yet");
            return states.Any(s => s.State.StartsWith("failed", StringComparison.Ordinal)) ? ExitCode.Unexpected : ExitCode.Success;
        });
        return command;
    }

    private static string StateOf(string path, string? queued, bool isKnown)
    {
        try
        {
            if (File.Exists(path))
            {
                using var file = RunFile.Open(path);
                if (file.Facts.GetValueOrDefault("finished", "stopped") != "stopped")
                {
                    return "done";
                }
            }
        }
        catch (RunFileException e) when (queued is null)
        {
            return $"failed: {e.Message}";
        }
        catch (RunFileException)
        {
            // It is being made.
        }

        return queued is not null ? queued == "PENDING" ? "waiting" : "running" : isKnown ? "failed" : File.Exists(path) ? "begun" : "not begun";
    }

    /// <summary>What Slurm says of each shard that it still has; null where there is nobody to ask.</summary>
    private static Dictionary<int, string>? Queued(string run)
    {
        var jobs = Path.Combine(run, Jobs);
        if (!File.Exists(jobs))
        {
            return null;
        }

        try
        {
            return Slurm("squeue", "--noheader", "--array", "--format=%F %K %T").Split('\n')
                .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(w => w.Length == 3 && w[0] == File.ReadAllText(jobs).Split(' ')[0] && int.TryParse(w[1], out _))
                .ToDictionary(w => int.Parse(w[1], CultureInfo.InvariantCulture), w => w[2]);
        }
        catch (MistakeException)
        {
            return null;
        }
    }

    private static string Shards(string run, int count, int cores, string[] options, string words) => $"""
        #!/bin/bash
        #SBATCH --job-name=landscape
        #SBATCH --array=1-{count}
        #SBATCH --cpus-per-task={cores}
        #SBATCH --requeue
        #SBATCH --open-mode=append
        #SBATCH --output={run}/logs/shard-%a.log
        {string.Concat(options.Select(o => $"#SBATCH {o}\n"))}
        # A shard that is run again goes on with its file. One that was killed is put into the queue again, five times.
        {Program} explore {words} --shard "$SLURM_ARRAY_TASK_ID/{count}" --out {Quoted(run)}"/shard-$SLURM_ARRAY_TASK_ID.db"
        status=$?
        if [ "$status" -gt 128 ] && [ "${"{SLURM_RESTART_COUNT:-0}"}" -lt 5 ]; then
          scontrol requeue "${"{SLURM_ARRAY_JOB_ID}"}_$SLURM_ARRAY_TASK_ID" && sleep 60
        fi
        # 3: no restart came to a minimum, which other shards may.
        [ "$status" -eq 3 ] && exit 0
        exit "$status"

        """;

    private static string MergeJob(string run, string[] options) => $"""
        #!/bin/bash
        #SBATCH --job-name=landscape-merge
        #SBATCH --requeue
        #SBATCH --output={run}/logs/merge.log
        {string.Concat(options.Where(o => !o.StartsWith("--gres", StringComparison.Ordinal)).Select(o => $"#SBATCH {o}\n"))}
        exec {Program} merge {Quoted(run)}/all.db {Quoted(run)}/shard-*.db

        """;

    /// <summary>The words of explore, for a shell.</summary>
    private static string Words(ParseResult parsed, SurveyArguments survey, int cores)
    {
        var words = RecordedCommand.Of(parsed).Select(o => o.Name == "objective" ? o.Value : $"{o.Name}={(RecordedCommand.OfFiles.Contains(o.Name) ? Path.GetFullPath(o.Value) : o.Value)}");
        return string.Join(' ', words.Append($"--device={survey.Device.Choice(parsed) ?? "lanes"}").Append($"--threads={cores}").Select(Quoted));
    }

    private static string Program => Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) != "dotnet"
        ? Quoted(path)
        : $"dotnet {Quoted(Path.Combine(AppContext.BaseDirectory, "landscape.dll"))}";

    private static string Quoted(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <exception cref="MistakeException">There is no Slurm here, or it refuses.</exception>
    private static string Slurm(string program, params string[] words)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var (answer, refusal) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            process.WaitForExit();
            return process.ExitCode == 0 ? answer.Result : throw new MistakeException($"{program} refuses: {refusal.Result.Trim()}");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new MistakeException($"there is no {program} here; run this where Slurm's commands are, or leave --submit out and take the scripts there.");
        }
    }
}
