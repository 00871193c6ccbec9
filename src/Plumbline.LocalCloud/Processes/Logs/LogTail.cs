using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Processes.Supervision;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Processes.Logs;

/// <summary>
/// Carries what a process prints from its log file into a log stream of CloudWatch Logs. How far it came is kept
/// beside the file, so that a restart goes on there; a crash between the two repeats a few lines and loses none.
/// </summary>
internal sealed class LogTail(Dispatcher dispatcher, CivilClock clock)
{
    private const int LargestRead = 512 * 1024;
    private const int LargestMessage = 200 * 1024;
    private const int LargestBatch = 5_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Follows the file until the process has ended and its last line is written.</summary>
    /// <param name="process">The process.</param>
    /// <param name="group">Such as <c>/aws/sagemaker/TrainingJobs</c>; made where missing.</param>
    /// <param name="stream">The stream in it; made where missing.</param>
    /// <param name="caller">In whose name it is written.</param>
    /// <param name="cancellationToken">Ends the following; the rest is carried after a restart.</param>
    public async Task FollowAsync(
        SupervisedProcess process,
        string group,
        string stream,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        await MakeAsync(group, stream, caller, cancellationToken);
        var offsetFile = process.LogFile + ".offset";
        var offset = File.Exists(offsetFile)
            ? long.Parse(await File.ReadAllTextAsync(offsetFile, cancellationToken), CultureInfo.InvariantCulture)
            : 0;
        while (true)
        {
            // Asked before reading: what was printed before the end is in the file by then.
            var ended = process.HasEnded;
            var (lines, next) = Read(process.LogFile, offset, ended);
            if (lines.Count > 0)
            {
                await PutAsync(lines, group, stream, caller, cancellationToken);
                offset = next;
                await File.WriteAllTextAsync(
                    offsetFile,
                    offset.ToString(CultureInfo.InvariantCulture),
                    cancellationToken
                );
            }
            else if (ended)
            {
                return;
            }
            else
            {
                await PauseAsync(process, cancellationToken);
            }
        }
    }

    /// <summary>The whole lines from the offset on, and at the end of the process what stands after the last of them.</summary>
    private static (List<string> Lines, long Next) Read(string file, long offset, bool ended)
    {
        if (!File.Exists(file))
        {
            return ([], offset);
        }

        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Position = offset;
        var buffer = new byte[(int)Math.Min(LargestRead, Math.Max(0, stream.Length - offset))];
        var read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        var whole = buffer.AsSpan(0, read).LastIndexOf((byte)'\n') + 1;
        if (whole == 0 && (ended || read == LargestRead))
        {
            whole = read;
        }

        var lines = Encoding
            .UTF8.GetString(buffer, 0, whole)
            .Split('\n')
            .SelectMany(line =>
                line.Length > LargestMessage ? line.Chunk(LargestMessage).Select(part => new string(part)) : [line]
            )
            .Where(line => line.Length > 0)
            .ToList();
        return whole > 0 && lines.Count == 0 ? ([" "], offset + whole) : (lines, offset + whole);
    }

    private static async Task PauseAsync(SupervisedProcess process, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(process.WaitAsync(enough.Token), ProcessTime.Delay(Pause, enough.Token));
        await enough.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task PutAsync(
        List<string> lines,
        string group,
        string stream,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var batch in lines.Chunk(LargestBatch))
        {
            var events = batch.Select(line => new JsonObject { ["timestamp"] = now, ["message"] = line });
            var input = new JsonObject
            {
                ["logGroupName"] = group,
                ["logStreamName"] = stream,
                ["logEvents"] = new JsonArray([.. events]),
            };
            await dispatcher.CallAsync("logs", "PutLogEvents", input, caller, cancellationToken);
        }
    }

    private async Task MakeAsync(string group, string stream, Caller caller, CancellationToken cancellationToken)
    {
        await TryMakeAsync("CreateLogGroup", new JsonObject { ["logGroupName"] = group });
        await TryMakeAsync("CreateLogStream", new JsonObject { ["logGroupName"] = group, ["logStreamName"] = stream });

        async Task TryMakeAsync(string operation, JsonObject input)
        {
            try
            {
                await dispatcher.CallAsync("logs", operation, input, caller, cancellationToken);
            }
            catch (AwsException exists) when (exists.Code == "ResourceAlreadyExistsException")
            {
                // Made before the restart, or by an earlier process of the same name.
            }
        }
    }
}
