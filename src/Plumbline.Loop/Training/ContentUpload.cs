using System.Security.Cryptography;
using Plumbline.Aws.Client;
using Plumbline.Loop.Project;
using Plumbline.Records;
using Plumbline.Records.Data;

namespace Plumbline.Loop.Training;

/// <summary>A project's images and texts on their way into the loop's bucket.</summary>
/// <param name="Key">The key of their list; it contains the list's hash.</param>
/// <param name="Contents">The contents.</param>
internal sealed record ContentUpload(string Key, BaseContents Contents)
{
    private const int AtOnce = 8;
    private const int ReportEvery = 1000;

    /// <exception cref="UserError">A content cannot be used.</exception>
    public static ContentUpload Of(ProjectFolder folder)
    {
        var contents = BaseContents.Read(folder.Description, folder.Root);
        var hash = Convert.ToHexStringLower(SHA256.HashData(contents.ToList()));
        return new ContentUpload(Layout.BaseObjects(hash), contents);
    }

    /// <summary>
    /// Uploads what the bucket does not have. Each content has its hash as its key, so an upload that was cut off
    /// continues where it ended. The list comes last: where it is, all its contents are.
    /// </summary>
    public async Task UploadAsync(BucketClient bucket, CancellationToken cancellationToken)
    {
        await UploadContentsAsync(bucket, Contents, cancellationToken);
        await bucket.PutContentAsync(Key, new MemoryStream(Contents.ToList()), cancellationToken: cancellationToken);
    }

    private static async Task UploadContentsAsync(
        BucketClient bucket,
        BaseContents contents,
        CancellationToken cancellationToken
    )
    {
        var known = await bucket
            .ListAsync(Layout.Contents, cancellationToken: cancellationToken)
            .Select(item => item.Key)
            .ToHashSetAsync(cancellationToken: cancellationToken);
        var missing = contents.Contents().Where(one => !known.Contains(one.Example.Content.Key)).ToList();
        var done = 0;
        await Parallel.ForEachAsync(
            missing,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (one, cancel) =>
            {
                var content = one.Example.Content;
                await bucket.PutContentAsync(content.Key, one.Open(), content.Type, cancel);
                if (
                    Interlocked.Increment(ref done) is var count
                    && (count % ReportEvery == 0 || count == missing.Count)
                )
                {
                    await Console.Error.WriteLineAsync(
                        $"{count} of {Plural.Of(missing.Count, "new content", "new contents")} uploaded."
                    );
                }
            }
        );
    }
}
