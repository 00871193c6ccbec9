using Amazon.S3;
using Plumbline.Aws.Client;
using Plumbline.Aws.Formats;
using Plumbline.Loop.Project;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Examples;

namespace Plumbline.Loop.Data;

/// <summary>
/// A check of images and texts in S3 that costs little: each object's class and type, and the first contents. The Prepare
/// step reads each content.
/// </summary>
/// <param name="Listed">The number of examples.</param>
/// <param name="Read">The number of contents that were read.</param>
public sealed record ContentSourceCheck(long Listed, int Read)
{
    private const int FirstContents = 20;

    /// <exception cref="UserError">Examples cannot be used; the message names up to ten.</exception>
    public static async Task<ContentSourceCheck> RunAsync(
        ProjectFolder folder,
        IAmazonS3 s3,
        CancellationToken cancellationToken
    )
    {
        var first = new List<Example>();
        var classes = new HashSet<string>(StringComparer.Ordinal);
        var collector = new ContentCollector(
            folder.Description,
            one =>
            {
                classes.Add(one.Example.Label);
                if (first.Count < FirstContents && one.IsInS3)
                {
                    first.Add(one.Example);
                }
            }
        );
        await ContentListing.ReadAsync(folder, () => s3, collector, _ => { }, parts: null, cancellationToken);
        foreach (var example in first)
        {
            if (await ProblemOfAsync(s3, example, cancellationToken) is { } problem)
            {
                collector.Refuse(example.Id, problem);
            }
        }

        collector.Finish();
        return folder.Description.Labels.FirstOrDefault(label => !classes.Contains(label)) is { } none
            ? throw new UserError(
                folder.Description.Data.File,
                $"no example has the label '{none}', so no model can learn it: add examples with it, or remove it from labels"
            )
            : new ContentSourceCheck(collector.Count, first.Count);
    }

    private static async Task<string?> ProblemOfAsync(
        IAmazonS3 s3,
        Example example,
        CancellationToken cancellationToken
    )
    {
        var uri = S3Uri.TryParseObject(example.SourceRef)!;
        try
        {
            var bytes = await new BucketClient(s3, uri.Bucket).FindBytesAsync(uri.Key, cancellationToken);
            return bytes is null ? $"{uri} does not exist" : ContentCheck.ProblemOf(bytes, example.Content.Type);
        }
        catch (AmazonS3Exception e) when (PinnedObject.Explain(e, uri.Bucket) is { } why)
        {
            return why;
        }
    }
}
