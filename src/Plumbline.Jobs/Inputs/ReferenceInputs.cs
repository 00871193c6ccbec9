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
        var all = Example.ReadFile(file).Where(one => KeyOf(bucket, one) is not null);
        var areTexts = all.FirstOrDefault() is { } first && ContentTypes.IsText(first.Content.Type);
        var chosen = Chosen(all, InputSample.Most + (areTexts ? InputSample.MostForVocabulary : 0));
        var read = new ConcurrentBag<(int Place, SampledInput Input)>();
        await Parallel.ForAsync(
            0,
            chosen.Count,
            new ParallelOptions { MaxDegreeOfParallelism = ReadAtOnce, CancellationToken = ct },
            async (place, stop) =>
            {
                var one = chosen[place];
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

    /// <summary>Chooses examples that are evenly spread. It reads them twice, because there may be millions.</summary>
    private static List<Example> Chosen(IEnumerable<Example> all, int most)
    {
        var count = all.LongCount();
        var wanted = Math.Min(count, most);
        var chosen = new List<Example>();
        foreach (var (place, one) in all.Index())
        {
            if (chosen.Count == wanted)
                break;
            if (place == chosen.Count * count / wanted)
                chosen.Add(one);
        }
        return chosen;
    }

    private static string? KeyOf(BucketClient bucket, Example one) =>
        one.SourceRef is null ? one.Content.Key
        : S3Uri.TryParseObject(one.SourceRef) is { } uri && uri.Bucket == bucket.Name ? uri.Key
        : null;
}
