using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Views.CodeBuild;
using Plumbline.LocalCloud.Processes.Jobs;

namespace Plumbline.LocalCloud.Services.CodeBuild.Builds;

/// <summary>The phases of a build as its script reports them, in CodeBuild's form.</summary>
internal static class PhaseReport
{
    /// <summary>The status code of a phase whose command failed.</summary>
    public const string CommandFailed = "COMMAND_EXECUTION_ERROR";

    private const int LargestReport = 64 * 1024;
    private const int MostPhases = 32;
    private const int LongestMessage = 1024;

    /// <summary>
    /// Reads the lines that <see cref="BuildScript"/> writes. The build may write anything there: other lines are
    /// ignored.
    /// </summary>
    /// <param name="folder">The folder that the build may write to.</param>
    /// <param name="name">The file in it.</param>
    public static IReadOnlyList<BuildPhase> Read(string folder, string name)
    {
        var text = Encoding.UTF8.GetString(JobFiles.ReadStart(folder, name, LargestReport));
        return [.. Phases(text.Split('\n')).Take(MostPhases)];
    }

    private static IEnumerable<BuildPhase> Phases(string[] lines)
    {
        BuildPhase? current = null;
        foreach (var line in lines)
        {
            var parts = line.Split(' ', 4);
            if (
                parts.Length < 3
                || !Buildspec.IsPhase(parts[0])
                || !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var time)
                || time > DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            )
            {
                continue;
            }

            if (parts[1] == "begin")
            {
                if (current is not null)
                {
                    yield return current;
                }

                current = Begun(parts[0], time);
            }
            else if (current is not null)
            {
                var message = parts.Length > 3 ? parts[3] : "";
                var status = parts[1] == StatusType.Succeeded ? parts[1] : StatusType.Failed;
                End(current, status, time, message.Length > LongestMessage ? message[..LongestMessage] : message);
                yield return current;
                current = null;
            }
        }

        if (current is not null)
        {
            yield return current;
        }
    }

    /// <summary>Makes a phase that the script did not report.</summary>
    public static BuildPhase Of(
        string name,
        double start,
        double end,
        string status,
        string message = "",
        string code = CommandFailed
    )
    {
        var phase = Begun(name, start);
        End(phase, status, end, message, code);
        return phase;
    }

    /// <summary>Returns the phases of a build that was ended from outside: the phase in progress failed.</summary>
    public static IReadOnlyList<BuildPhase> Failed(IReadOnlyList<BuildPhase> phases, double time, string message)
    {
        if (phases is not [.., var last] || last.PhaseStatus is not null)
        {
            return [.. phases, Of(BuildPhaseType.Finalizing, time, time, StatusType.Failed, message)];
        }

        End(last, StatusType.Failed, time, message);
        return phases;
    }

    private static BuildPhase Begun(string name, double start) =>
        new(new JsonObject { ["phaseType"] = name, ["startTime"] = start });

    private static void End(BuildPhase phase, string status, double end, string message, string code = CommandFailed)
    {
        phase.Tree["phaseStatus"] = status;
        phase.Tree["endTime"] = end;
        phase.Tree["durationInSeconds"] = (long)(end - BuildStore.Seconds(phase.StartTime));
        var context = new JsonObject
        {
            ["statusCode"] = status == StatusType.Succeeded ? "" : code,
            ["message"] = message,
        };
        phase.Tree["contexts"] = new JsonArray(context);
    }
}
