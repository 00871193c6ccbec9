using Microsoft.Data.Sqlite;
using Plumbline.Aws.Errors;
using Plumbline.LocalCloud.Processes.Specs;

namespace Plumbline.LocalCloud.Processes.Jobs;

/// <summary>Translates a program's exit into AWS's words.</summary>
internal static class JobVerdict
{
    private const int LongestReason = 1024;
    private const int LastLines = 4;
    private const long LittleRoom = 256 * 1024;

    /// <summary>Returns the end of a job whose program ended.</summary>
    public static JobEnd Of(ExitStatus status, JobFolder folder, bool stopWasAsked)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling((status.Ended - status.Started).TotalSeconds));
        if (status.TimedOut)
        {
            return new JobEnd(JobOutcome.TimedOut, null, seconds);
        }

        if (stopWasAsked)
        {
            return new JobEnd(JobOutcome.Stopped, null, seconds);
        }

        return status.Succeeded
            ? new JobEnd(JobOutcome.Completed, null, seconds)
            : new JobEnd(JobOutcome.Failed, Reason(status, folder), seconds);
    }

    /// <summary>
    /// Returns the FailureReason for an exception before the program ran or while results were stored.
    /// </summary>
    public static string ReasonOf(Exception exception) =>
        exception switch
        {
            JobFailure => Cut(exception.Message),
            AwsException => Cut($"ClientError: {exception.Message}"),
            IOException or UnauthorizedAccessException or SqliteException => Cut(
                $"InternalServerError: {exception.Message}"
            ),
            _ => Cut($"InternalServerError: We encountered an internal error. Please try again. ({exception.Message})"),
        };

    private static string Reason(ExitStatus status, JobFolder folder)
    {
        if (status.Code is not { } code)
        {
            return "InternalServerError: We encountered an internal error. Please try again. (The machine went down, or the job's supervisor was killed.)";
        }

        if (status.SandboxFailed)
        {
            return Cut($"InternalServerError: The sandbox could not be made: {folder.LastLines(1)}");
        }

        var end = $", exit code: {code}";
        if (status.OutOfMemory)
        {
            return "ClientError: Please use an instance type with more memory, or reduce the size of job data processed on an instance. (OutOfMemory)"
                + end;
        }

        if (status.FileTooLarge || folder.IsFull)
        {
            return "ClientError: The job's files outgrew its VolumeSizeInGB: raise it, or write less." + end;
        }

        return Cut($"AlgorithmError: {Told(folder)}", LongestReason - end.Length) + end;
    }

    /// <summary>The program's own failure message; without one, the last lines of its log.</summary>
    private static string Told(JobFolder folder)
    {
        if (new DriveInfo(folder.Path).AvailableFreeSpace < LittleRoom)
        {
            // The failure file and the log may be incomplete for want of space.
            return $"No space left on device: {folder.Path}";
        }

        using var file = JobFiles.TryOpen(folder.Root, "output/failure");
        if (file is null)
        {
            return folder.LastLines(LastLines);
        }

        using var reader = new StreamReader(file);
        var text = new char[LongestReason];
        var told = new string(text, 0, reader.ReadBlock(text)).Replace('\0', ' ').Trim();
        return told.Length > 0 ? told : folder.LastLines(LastLines);
    }

    private static string Cut(string text, int length = LongestReason) => text.Length <= length ? text : text[..length];
}
