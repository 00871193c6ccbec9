using System.Collections.Concurrent;
using Amazon.S3;
using Plumbline.Aws.Client;
using Plumbline.Aws.Formats;
using Plumbline.Records;
using Plumbline.Records.Examples;
using Plumbline.Records.Inputs;

namespace Plumbline.Jobs.Inputs;

/// <summary>
/// The figures of a sample of a version's training examples, with which production's inputs are compared. The sample is
/// at most <see cref="InputSample.Most"/> examples, and of texts <see cref="InputSample.MostForVocabulary"/> more, which
/// are evenly spread over the file.
/// </summary>
internal static class ReferenceInputs
{
    private const int ReadAtOnce = 16;

    /// <param name="bucket">The loop's bucket.</param>
    /// <param name="s3">Reads contents that stay in other buckets.</param>
    /// <param name="file">The training examples of a data set version.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<InputSample> ReadAsync(
        BucketClient bucket,
        IAmazonS3 s3,
        string file,
        CancellationToken ct
    )
    {
        // The file may have ten million lines, so only those of the sample are parsed and kept.
        var count = File.ReadLines(file).LongCount();
        var areTexts = count > 0 && ContentTypes.IsText(ExampleOf(File.ReadLines(file).First()).Content.Type);
        var wanted = (int)Math.Min(count, InputSample.Most + (areTexts ? InputSample.MostForVocabulary : 0));
        var places = Enumerable.Range(0, wanted).Select(i => (int)((long)i * count / wanted)).ToHashSet();
        var chosen = File.ReadLines(file).Where((_, place) => places.Contains(place)).Select(ExampleOf).ToList();
        var read = new ConcurrentBag<(int Place, SampledInput Input)>();
        await Parallel.ForAsync(
            0,
            chosen.Count,
            new ParallelOptions { MaxDegreeOfParallelism = ReadAtOnce, CancellationToken = ct },
            async (place, stop) =>
            {
                var one = chosen[place];
                var (holder, key) = PlaceOf(bucket, s3, one);
                using var body = new MemoryStream();
                if (await holder.TryReadAsync(key, stream => stream.CopyToAsync(body, stop), stop))
                {
                    read.Add((place, ContentFigures.Of(one.Content.Type, body.ToArray(), one.Label)));
                }
            }
        );
        var inputs = read.OrderBy(one => one.Place).Select(one => one.Input).ToList();
        if (!areTexts)
        {
            return new InputSample { Inputs = inputs };
        }

        // Words of texts outside the sample: within it, no word would be unknown.
        var every = Math.Max(2, (inputs.Count + InputSample.Most - 1) / InputSample.Most);
        return new InputSample
        {
            Inputs = [.. inputs.Where((_, i) => i % every == 0)],
            Vocabulary = [.. inputs.Where((_, i) => i % every != 0).SelectMany(one => one.Words).Distinct()],
        };
    }

    private static Example ExampleOf(string line) => RecordJson.Read<Example>(line, "a training example");

    /// <summary>The bucket and the key of a content: of the loop's own, or of an object that stays where it is.</summary>
    private static (BucketClient Bucket, string Key) PlaceOf(BucketClient bucket, IAmazonS3 s3, Example one) =>
        one.SourceRef is { } source && S3Uri.TryParseObject(source) is { } uri
            ? (uri.Bucket == bucket.Name ? bucket : new BucketClient(s3, uri.Bucket), uri.Key)
            : (bucket, one.Content.Key);
}
