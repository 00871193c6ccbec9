using System.Globalization;
using Plumbline.Records.Examples;

namespace Plumbline.Cli.Demo;

/// <summary>Photos of hands: the light at the camera fails, and people correct what the model then gets wrong.</summary>
internal static class SignsSample
{
    public const string Name = "signs";

    /// <summary>The photos of people who are not in the base data.</summary>
    private const string Later = "later.tar.gz";

    public static DemoSample Create()
    {
        var files = Samples.Contents(Name, Name);
        var photos = Samples
            .Archive(Name, Later)
            .Select(file => (Part: file.Path.Split('/')[0], Photo: Photo(file.Path, file.Content)))
            .ToLookup(file => file.Part, file => file.Photo);
        return new ShiftSample
        {
            Name = Name,
            Title = "Photos of hands",
            Files = files,
            BaseData = string.Create(
                CultureInfo.InvariantCulture,
                $"{files.Keys.Count(path => path.EndsWith(".jpg", StringComparison.Ordinal))} photos"
            ),
            Examples = "photos",
            Change = "The light at the camera fails",
            Changed = "in a fifth of the light",
            Clean = new DemoPhase([.. photos["clean"]], Uncertain: 0),
            Drifted = new DemoPhase([.. photos["drifted"]]),
            Healed = new DemoPhase([.. photos["healed"]], Uncertain: 0),
            MeasuringClean = [.. photos["measuring"]],
            MeasuringDrifted = [.. photos["measuring-dark"]],
            Bars = new Dictionary<string, double>
            {
                [ShiftStory.AfterRetrainClean] = 0.86,
                [ShiftStory.AfterRetrainDrifted] = 0.86,
            },
        };
    }

    /// <summary>A photo by its path, such as <c>drifted/3/hand-104.jpg</c>.</summary>
    private static DemoExample Photo(string path, byte[] content)
    {
        var parts = path.Split('/');
        // The splitKey of the project finds the hand in the inference id.
        return new DemoExample(content, ContentTypes.Jpeg, parts[1])
        {
            Key = $"{parts[0]}-{parts[1]}-{Path.GetFileNameWithoutExtension(path)}",
        };
    }
}
