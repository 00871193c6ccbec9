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
        if (inputs.Objects is not { } now || await facts.LearnedAsync(cancellationToken) is not { } newest)
        {
            return null;
        }

        var key = Layout.DataSet(newest.Version) + DataSetBuilder.ObjectsFile;
        if (await loop.Bucket.FindTextAsync(key, cancellationToken) is not { } list)
        {
            return null;
        }

        // The project's own files change with a commit, so they are not of interest here.
        var own = loop.Bucket.UriOf(Layout.BaseData("").Split('.')[0]);
        return BaseChange.Between(
            newest.Version,
            [.. SourceObject.ReadList(list, key).Where(one => !one.Uri.StartsWith(own, StringComparison.Ordinal))],
            [.. now.Where(one => one.ETag.Length > 0)]
        );
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
