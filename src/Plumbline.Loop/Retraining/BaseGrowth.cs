using Plumbline.Loop.Home;
using Plumbline.Loop.Training;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Project;
using Plumbline.Records.Sources;

namespace Plumbline.Loop.Retraining;

/// <summary>
/// The changes of base data in S3. A person may train from whatever is there. An alarm or a schedule may only take new
/// objects, and only if the project says that the prefix grows (<c>data.grow</c>).
/// </summary>
internal sealed class BaseGrowth(LoopContext loop)
{
    /// <summary>
    /// The change since the data set of the newest registered version, as <see cref="NewLabels"/> counts labels: nothing
    /// learned from the data set of a training that failed. Null if there is none, or if no base data is in S3.
    /// </summary>
    public async Task<BaseChange?> SinceTrainedAsync(
        TrainingInputs inputs,
        RetrainingFacts facts,
        CancellationToken cancellationToken
    )
    {
        if (inputs.ObjectsByUri() is not { } now || await facts.LearnedAsync(cancellationToken) is not { } newest)
        {
            return null;
        }

        var list = Path.Combine(Path.GetTempPath(), $"plumbline-objects-{Guid.NewGuid():N}");
        try
        {
            var key = Layout.DataSet(newest.Version) + DataSetBuilder.ObjectsFile;
            return await DownloadAsync(key, list, cancellationToken)
                ? BaseChange.Between(newest.Version, Then(list, inputs), now)
                : null;
        }
        finally
        {
            File.Delete(list);
        }
    }

    /// <summary>The objects of the version. A list of contents has their order already, and may be long.</summary>
    private IEnumerable<SourceObject> Then(string list, TrainingInputs inputs)
    {
        // The project's own files change with a commit, so they are not of interest here.
        var own = loop.Bucket.UriOf(Layout.BaseData("").Split('.')[0]);
        var read = SourceObject.ReadFile(list);
        return inputs.Contents is not null
            ? read
            : read.Where(one => !one.Uri.StartsWith(own, StringComparison.Ordinal))
                .Order(Comparer<SourceObject>.Create(SourceObject.ByUri));
    }

    private async Task<bool> DownloadAsync(string key, string path, CancellationToken cancellationToken)
    {
        await using var file = File.Create(path);
        return await loop.Bucket.TryReadAsync(key, all => all.CopyToAsync(file, cancellationToken), cancellationToken);
    }

    /// <summary>The reason why only a person may train from the base data as it is now; null if anybody may.</summary>
    public static string? Refusal(DataDescription data, BaseChange? change) =>
        change is null or { IsEmpty: true } || (data.Grow && change.IsGrowth)
            ? null
            : $"{change.Sentence()} {Advice(data)} `plumb retrain` trains from the data as it is now.";

    /// <summary>A sentence about the change for a training that takes it; empty without a change.</summary>
    public static string Sentence(DataDescription data, BaseChange? change) =>
        change is null or { IsEmpty: true } ? ""
        : data.Grow && change.IsGrowth ? change.Sentence()
        : $"{change.Sentence()} {Advice(data)}";

    private static string Advice(DataDescription data) =>
        data.Grow
            ? "With data.grow, only new objects are expected."
            : "If the prefix is a feed, write `grow: true` under `data`.";
}
