using System.Globalization;
using System.Text.Json.Nodes;

namespace Plumbline.LocalCloud.Services.CodeBuild.Builds;

/// <summary>The phases of a build as its script reports them, in CodeBuild's form.</summary>
internal static class PhaseReport
{
    /// <summary>Reads the lines that <see cref="BuildScript"/> leaves.</summary>
    public static IEnumerable<JsonObject> Read(string file)
    {
        JsonObject? current = null;
        foreach (var line in File.Exists(file) ? File.ReadAllLines(file) : [])
        {
            var parts = line.Split(' ', 4);
            if (parts.Length < 3 || !double.TryParse(parts[2], CultureInfo.InvariantCulture, out var time))
            {
                continue;
            }

            if (parts[1] == "begin")
            {
                if (current is not null)
                {
                    yield return current;
                }

                current = new JsonObject { ["phaseType"] = parts[0], ["startTime"] = time };
            }
            else if (current is not null)
            {
                End(current, parts[1], time, parts.Length > 3 ? parts[3] : "");
                yield return current;
                current = null;
            }
        }

        if (current is not null)
        {
            yield return current;
        }
    }

    /// <summary>A phase that took no time of its own.</summary>
    public static JsonObject Of(string name, double start, double end, string status, string message = "")
    {
        var phase = new JsonObject { ["phaseType"] = name, ["startTime"] = start };
        End(phase, status, end, message);
        return phase;
    }

    private static void End(JsonObject phase, string status, double end, string message)
    {
        phase["phaseStatus"] = status;
        phase["endTime"] = end;
        phase["durationInSeconds"] = (long)(end - (double)phase["startTime"]!);
        var context = new JsonObject
        {
            ["statusCode"] = status == "SUCCEEDED" ? "" : "COMMAND_EXECUTION_ERROR",
            ["message"] = message,
        };
        phase["contexts"] = new JsonArray(context);
    }
}
