using Amazon.S3;
using Plumbline.Aws.Client;
using Plumbline.Aws.Formats;
using Plumbline.Records;
using Plumbline.Records.Project;
using Plumbline.Records.Sources;

namespace Plumbline.Loop.Data;

/// <summary>Lists the objects of the base data in S3.</summary>
public static class SourceListing
{
    /// <summary>The objects of all locations in S3, in the order of the locations and of their keys.</summary>
    /// <exception cref="UserError">A location has no table, has an empty one, or may not be read.</exception>
    public static async Task<IReadOnlyList<SourceObject>> OfAsync(
        IAmazonS3 s3,
        DataDescription data,
        CancellationToken cancellationToken
    )
    {
        var all = new List<SourceObject>();
        foreach (var location in data.InS3())
        {
            try
            {
                all.AddRange(await OfAsync(s3, location, data.Format, cancellationToken));
            }
            catch (AmazonS3Exception e) when (PinnedObject.Explain(e, location.Bucket) is { } why)
            {
                throw new UserError(location.ToString(), why);
            }
        }

        // Two locations may share objects.
        return [.. all.DistinctBy(one => one.Uri)];
    }

    private static async Task<List<SourceObject>> OfAsync(
        IAmazonS3 s3,
        S3Uri location,
        SourceFormat? given,
        CancellationToken cancellationToken
    )
    {
        var (found, others) = (new List<SourceObject>(), 0);
        await foreach (
            var item in new BucketClient(s3, location.Bucket).ListAsync(
                location.Key,
                cancellationToken: cancellationToken
            )
        )
        {
            var isNamed = item.Key == location.Key;
            var format = FileNames.FormatOf(item.Key, given) ?? (isNamed ? given ?? SourceFormat.Csv : null);
            if (format is null || item.Key.EndsWith('/'))
            {
                others++;
                continue;
            }

            var uri = new S3Uri(location.Bucket, item.Key).ToString();
            if (item.Size is not > 0)
            {
                throw new UserError(uri, "the object is empty (0 bytes): remove it, or write it again");
            }

            var one = new SourceObject(uri, format.Value, item.Size.Value, item.ETag);
            if (isNamed)
            {
                return [one];
            }

            found.Add(one);
        }

        return found.Count > 0 ? found
            : others > 0
                ? throw new UserError(
                    location.ToString(),
                    $"none of its {Plural.Of(others, "object", "objects")} ends in {FileNames.Known}; data.format tells the format of other names"
                )
            : throw new UserError(location.ToString(), "there is no such object, and no object below this prefix");
    }
}
