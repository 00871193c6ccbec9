using System.Security.Cryptography;
using Plumbline.Aws.Client;
using Plumbline.Loop.Project;
using Plumbline.Records;
using Plumbline.Records.Data;

namespace Plumbline.Loop.Training;

/// <summary>A project's base data on its way into the loop's bucket: the rows of a table, or a list of contents.</summary>
/// <param name="Key">The key of the rows or of the list; it contains their hash.</param>
/// <param name="Contents">The contents; null for a table.</param>
internal sealed record BaseInput(string Key, BaseContents? Contents)
{
    private const int AtOnce = 8;
    private const int ReportEvery = 1000;

    /// <exception cref="UserError">The data is missing, or a content cannot be used.</exception>
    public static async Task<BaseInput> OfAsync(ProjectFolder folder, CancellationToken cancellationToken)
    {
        var data = folder.Description.Data;
        if (data.IsContent())
        {
            var contents = BaseContents.Read(folder.Description, folder.Root);
            return new BaseInput(
                Layout.BaseExamples(Convert.ToHexStringLower(SHA256.HashData(contents.ToList()))),
                contents
            );
        }

        if (!BaseFiles.Exists(folder.DataFile))
        {
            throw new UserError(
                ProjectFolder.DescriptionFile,
                $"data.file names {data.File}, which does not exist in {folder.Root}: add it, or correct data.file"
            );
        }

        using var files = BaseFiles.Open(folder.DataFile);
        await using var rows = files.OpenAsOne();
        var hash = await SHA256.HashDataAsync(rows, cancellationToken);
        return new BaseInput(Layout.BaseData(Convert.ToHexStringLower(hash)), null);
    }

    /// <summary>
    /// Uploads what the bucket does not have. Each content has its hash as its key, so an upload that was cut off
    /// continues where it ended. The list comes last: where it is, all its contents are.
    /// </summary>
    public async Task UploadAsync(BucketClient bucket, ProjectFolder folder, CancellationToken cancellationToken)
    {
        if (Contents is null)
        {
            using var files = BaseFiles.Open(folder.DataFile);
            await bucket.PutContentAsync(Key, files.OpenAsOne(), cancellationToken);
            return;
        }

        await UploadContentsAsync(bucket, Contents, cancellationToken);
        await bucket.PutContentAsync(Key, new MemoryStream(Contents.ToList()), cancellationToken);
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
