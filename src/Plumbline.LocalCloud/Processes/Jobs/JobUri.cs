using Plumbline.Aws.Formats;

namespace Plumbline.LocalCloud.Processes.Jobs;

/// <summary>Reads the S3 URIs of a job's request.</summary>
internal static class JobUri
{
    /// <exception cref="JobFailure">The text is not an S3 URI.</exception>
    public static S3Uri Parse(string? text) =>
        S3Uri.TryParse(text) ?? throw new JobFailure($"ClientError: \"{text}\" is not an S3 URI (s3://bucket/key).");
}
