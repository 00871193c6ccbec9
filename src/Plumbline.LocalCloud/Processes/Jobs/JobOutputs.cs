using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Formats;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;

namespace Plumbline.LocalCloud.Processes.Jobs;

/// <summary>
/// Stores a job's files in S3 with ordinary requests of its role. A repetition after a crash stores the same objects
/// again.
/// </summary>
internal sealed class JobOutputs(Dispatcher dispatcher)
{
    /// <summary>Stores every file below a folder under a prefix.</summary>
    /// <exception cref="JobFailure">S3 refuses, the disk is full, or the files are too many or too large.</exception>
    internal async Task PutFolderAsync(
        LeftFolder folder,
        S3Uri prefix,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        foreach (var name in Names(folder, prefix))
        {
            await using var content = folder.TryOpen(name);
            if (content is not null)
            {
                await PutAsync(content, prefix.Below(name), caller, cancellationToken);
            }
        }
    }

    /// <summary>Packs a folder and stores the archive, unless the folder is empty.</summary>
    /// <exception cref="JobFailure">S3 refuses, the disk is full, or the files are too many or too large.</exception>
    internal async Task PutArchiveAsync(
        LeftFolder folder,
        string archive,
        S3Uri target,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(archive)!);
            if (await JobArchive.TryPackAsync(folder, archive, cancellationToken))
            {
                await using var content = File.OpenRead(archive);
                await PutAsync(content, target, caller, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failed(target, exception);
        }
        finally
        {
            File.Delete(archive);
        }
    }

    /// <summary>Stores one file as an object.</summary>
    /// <exception cref="JobFailure">S3 refuses, or the disk is full.</exception>
    public async Task PutAsync(FileStream content, S3Uri target, Caller caller, CancellationToken cancellationToken)
    {
        try
        {
            var input = new JsonObject { ["Bucket"] = target.Bucket, ["Key"] = target.Key };
            await dispatcher.ReplyAsync("s3", "PutObject", input, caller, content, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or AwsException)
        {
            throw Failed(target, exception);
        }
    }

    /// <summary>Lists a folder's files, which are to be stored below a prefix.</summary>
    /// <exception cref="JobFailure">They are too many, or too large.</exception>
    internal static IReadOnlyList<string> Names(LeftFolder folder, S3Uri prefix)
    {
        try
        {
            return folder.Names();
        }
        catch (IOException exception)
        {
            throw Failed(prefix, exception);
        }
    }

    private static JobFailure Failed(S3Uri target, Exception exception) =>
        new($"ClientError: Artifact upload failed: {target}: {exception.Message}", exception);
}
