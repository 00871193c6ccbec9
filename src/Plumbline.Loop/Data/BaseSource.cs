using Amazon.S3;
using Plumbline.Aws.Client;
using Plumbline.Aws.Formats;
using Plumbline.Loop.Project;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Project;
using Plumbline.Records.Sources;

namespace Plumbline.Loop.Data;

/// <summary>The base data of a project for a person who looks at it: objects in S3 are read in parts, as far as needed.</summary>
public static class BaseSource
{
    /// <summary>Opens the files of a project's folder, and the objects in S3 after them.</summary>
    /// <param name="folder">The project's folder; its files must exist.</param>
    /// <param name="connect">Called only if a location is in S3.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="UserError">A location has no table, or may not be read.</exception>
    public static Task<BaseFiles> OpenAsync(
        ProjectFolder folder,
        Func<IAmazonS3> connect,
        CancellationToken cancellationToken
    ) => OpenAsync(folder.Description.Data, folder.BasePaths(), connect, cancellationToken);

    /// <summary>Opens locations as <c>data.file</c> has them.</summary>
    /// <inheritdoc cref="OpenAsync(ProjectFolder, Func{IAmazonS3}, CancellationToken)"/>
    /// <param name="data">The locations in S3 and the format.</param>
    /// <param name="paths">The paths on this machine.</param>
    /// <param name="connect">Called only if a location is in S3.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public static async Task<BaseFiles> OpenAsync(
        DataDescription data,
        IReadOnlyList<string> paths,
        Func<IAmazonS3> connect,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<BaseFile> files = paths.Count == 0 ? [] : BaseFiles.Open(paths, data.Format).Files;
        if (data.InS3().Count > 0)
        {
            var s3 = connect();
            var objects = await SourceListing.OfAsync(s3, data, cancellationToken);
            files = [.. files, .. objects.Select(one => Preview(s3, one))];
        }

        return new BaseFiles(files);
    }

    private static BaseFile Preview(IAmazonS3 s3, SourceObject one)
    {
        var uri = S3Uri.TryParseObject(one.Uri)!;
        var pinned = new PinnedObject(s3, uri, one.ETag, one.Size);
        return new BaseFile(
            one.Uri,
            one.Format,
            () =>
                (
                    new ObjectReadStream(
                        pinned,
                        e => PinnedObject.Explain(e, uri.Bucket) is { } why ? new UserError(one.Uri, why) : null
                    ),
                    null
                )
        );
    }
}
