using Amazon.Runtime;
using Amazon.S3;
using Plumbline.Aws.Client;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Formats;
using Plumbline.Records;
using Plumbline.Records.Project;
using Plumbline.XGBoost.Inputs;

namespace Plumbline.Jobs.Processing;

/// <summary>The services and descriptions that every processing program gets.</summary>
/// <param name="Folders">The container's paths.</param>
/// <param name="Connection">The connection to AWS that the environment describes.</param>
/// <param name="Project">The project's description.</param>
/// <param name="Bucket">The loop's bucket, which holds the description.</param>
/// <param name="Clock">Gives the current time if the arguments do not name a time.</param>
public sealed record ProcessingContext(
    ProcessingFolders Folders,
    AwsConnection Connection,
    ProjectDescription Project,
    BucketClient Bucket,
    TimeProvider Clock
);

/// <summary>
/// Runs a processing program. The exit code is 0, 2 for invalid input, or 1 for any other failure; the reason of a
/// failure becomes the job's exit message.
/// </summary>
internal static class ProcessingCommand
{
    /// <param name="args">The program's arguments, <c>--project</c> among them.</param>
    /// <param name="known">The names of the other valid arguments, without dashes.</param>
    /// <param name="run">The program's own work.</param>
    /// <param name="stop">Cancelled when the job is told to stop.</param>
    public static async Task<int> RunAsync(
        string[] args,
        string[] known,
        Func<ProcessingContext, ProcessingArguments, CancellationToken, Task> run,
        CancellationToken stop
    )
    {
        var folders = ProcessingFolders.FromEnvironment();
        try
        {
            var arguments = new ProcessingArguments(args, ["project", .. known]);
            var uri = arguments.Required("project");
            var project =
                S3Uri.TryParseObject(uri)
                ?? throw new UserError(uri, "is not the S3 URI of an object: write s3://bucket/key");
            using var connection = AwsConnection.FromEnvironment();
            using var s3 = S3ClientFactory.Create(connection);
            var bucket = new BucketClient(s3, project.Bucket);
            var description = ProjectDescription.FromJson(
                await bucket.FindTextAsync(project.Key, stop)
                    ?? throw new UserError(project.ToString(), "does not exist"),
                project.ToString()
            );
            await run(
                new ProcessingContext(folders, connection, description, bucket, TimeProvider.System),
                arguments,
                stop
            );
            return 0;
        }
        catch (Exception e)
        {
            var (reason, code) = Reason(e);
            await Console.Error.WriteLineAsync(code == 2 || e is AwsException ? reason : e.ToString());
            await WriteMessageAsync(folders.Message, reason);
            return code;
        }
    }

    private static (string Reason, int Code) Reason(Exception e) =>
        e switch
        {
            UserError or InputException => (e.Message, 2),
            OperationCanceledException => ("The job was stopped.", 1),
            AwsException aws => ($"{aws.Code}: {aws.Message}", 1),
            AmazonS3Exception s3 => ($"S3 {s3.ErrorCode}: {s3.Message}", 1),
            AmazonClientException => (e.Message, 1),
            IOException or UnauthorizedAccessException => ($"A file could not be read or written: {e.Message}", 1),
            _ => ($"{e.GetType().Name}: {e.Message}", 1),
        };

    private static async Task WriteMessageAsync(string path, string reason)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, reason);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"the exit message could not be written: {e.Message}");
        }
    }
}
