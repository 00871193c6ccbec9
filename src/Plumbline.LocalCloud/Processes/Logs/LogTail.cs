using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Plumbline.Aws.Errors;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Processes.Supervision;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Processes.Logs;

/// <summary>
/// Sends a process's output to CloudWatch Logs while it runs. The position is stored next to the log, so that the next
/// server continues there; a crash between sending and storing sends one batch twice.
/// </summary>
internal sealed class LogTail(Dispatcher dispatcher, CivilClock clock, ILogger<LogTail> log)
{
    private const int LastAttempts = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    /// <summary>Follows a process to its end; completes when all its output is sent.</summary>
    /// <param name="process">The process.</param>
    /// <param name="group">The log group, such as <c>/aws/sagemaker/TrainingJobs</c>; created if missing.</param>
    /// <param name="stream">The stream in it; created if missing.</param>
    /// <param name="caller">The principal that sends.</param>
    /// <param name="cancellationToken">Stops following; the next call continues from here.</param>
    /// <param name="printed">Called with the lines that were sent.</param>
    public async Task FollowAsync(
        SupervisedProcess process,
        string group,
        string stream,
        Caller caller,
        CancellationToken cancellationToken,
        Func<IReadOnlyList<string>, CancellationToken, Task>? printed = null
    )
    {
        var offsetFile = Path.Combine(process.Folder, "sent");
        var lines = new LogLines(process.LogFile, ReadOffset(offsetFile));
        var target = new Target(group, stream, caller, printed);
        // Reuse one wait task; a new one for each poll would leak until the process exits.
        var ended = process.WaitAsync(cancellationToken);
        while (!process.HasEnded)
        {
            await TrySendAsync(process, lines, target, offsetFile, final: false, cancellationToken);
            await Task.WhenAny(ended, ProcessTime.Delay(Pause, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }

        for (var attempt = 1; attempt <= LastAttempts; attempt++)
        {
            if (await TrySendAsync(process, lines, target, offsetFile, final: true, cancellationToken))
            {
                return;
            }

            await ProcessTime.Delay(Pause * attempt, cancellationToken);
        }
    }

    private static long ReadOffset(string file) =>
        File.Exists(file) && long.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var offset)
            ? offset
            : 0;

    /// <summary>Sends all new lines; false if that must be tried again.</summary>
    private async Task<bool> TrySendAsync(
        SupervisedProcess process,
        LogLines lines,
        Target target,
        string offsetFile,
        bool final,
        CancellationToken cancellationToken
    )
    {
        try
        {
            while (lines.Next(final) is { } batch)
            {
                await PutAsync(batch.Lines, target, cancellationToken);
                if (target.Printed is not null)
                {
                    await target.Printed(batch.Lines, cancellationToken);
                }

                lines.Sent(batch);
                await File.WriteAllTextAsync(
                    offsetFile,
                    batch.End.ToString(CultureInfo.InvariantCulture),
                    CancellationToken.None
                );
            }

            return true;
        }
        catch (Exception exception)
            when (exception is AwsException or IOException or Microsoft.Data.Sqlite.SqliteException)
        {
            Log.LogNotSent(log, process.Folder, exception.Message);
            return false;
        }
    }

    private async Task PutAsync(IReadOnlyList<string> lines, Target target, CancellationToken cancellationToken)
    {
        if (!target.Made)
        {
            await MakeAsync(
                "CreateLogGroup",
                new JsonObject { ["logGroupName"] = target.Group },
                target,
                cancellationToken
            );
            await MakeAsync(
                "CreateLogStream",
                new JsonObject { ["logGroupName"] = target.Group, ["logStreamName"] = target.Stream },
                target,
                cancellationToken
            );
            target.Made = true;
        }

        if (lines.Count == 0)
        {
            return;
        }

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var input = new JsonObject
        {
            ["logGroupName"] = target.Group,
            ["logStreamName"] = target.Stream,
            ["logEvents"] = new JsonArray([
                .. lines.Select(line => new JsonObject { ["timestamp"] = now, ["message"] = line }),
            ]),
        };
        await dispatcher.CallAsync("logs", "PutLogEvents", input, target.Caller, cancellationToken);
    }

    private async Task MakeAsync(string operation, JsonObject input, Target target, CancellationToken cancellationToken)
    {
        try
        {
            await dispatcher.CallAsync("logs", operation, input, target.Caller, cancellationToken);
        }
        catch (AwsException exception) when (exception.Code == "ResourceAlreadyExistsException")
        {
            // Expected, from the second process on.
        }
    }

    private sealed record Target(
        string Group,
        string Stream,
        Caller Caller,
        Func<IReadOnlyList<string>, CancellationToken, Task>? Printed
    )
    {
        public bool Made { get; set; }
    }
}
