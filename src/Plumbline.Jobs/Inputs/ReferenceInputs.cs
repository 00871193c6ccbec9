using System.Collections.Concurrent;
using Plumbline.Aws.Client;
using Plumbline.Aws.Formats;
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
    /// <param name="file">The training examples of a data set version.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<InputSample> ReadAsync(BucketClient bucket, string file, CancellationToken ct)
    {
        var all = Example.ReadFile(file).Where(one => KeyOf(bucket, one) is not null).ToList();
        var areTexts = all.Count > 0 && ContentTypes.IsText(all[0].Content.Type);
        var wanted = Math.Min(all.Count, InputSample.Most + (areTexts ? InputSample.MostForVocabulary : 0));
        var read = new ConcurrentBag<(int Place, SampledInput Input)>();
        await Parallel.ForAsync(
            0,
            wanted,
            new ParallelOptions { MaxDegreeOfParallelism = ReadAtOnce, CancellationToken = ct },
            async (place, stop) =>
            {
                var one = all[(int)((long)place * all.Count / wanted)];
                using var body = new MemoryStream();
                if (await bucket.TryReadAsync(KeyOf(bucket, one)!, stream => stream.CopyToAsync(body, stop), stop))
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

    private static string? KeyOf(BucketClient bucket, Example one) =>
        one.SourceRef is null ? one.Content.Key
        : S3Uri.TryParseObject(one.SourceRef) is { } uri && uri.Bucket == bucket.Name ? uri.Key
        : null;
}
