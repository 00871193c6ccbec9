using System.Security.Cryptography;
using System.Text;
using Plumbline.Loop.Data;
using Plumbline.Loop.GroundTruth;
using Plumbline.Loop.Home;
using Plumbline.Loop.Registry;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.GroundTruth;

namespace Plumbline.Loop.Retraining;

/// <summary>Labels that no registered version was trained with.</summary>
/// <param name="Count">The number of predictions with a new label.</param>
/// <param name="SetAside">Sentences, each after a blank, about labels that could not be counted, or empty.</param>
public sealed record NewLabelCount(int Count, string SetAside);

/// <summary>Counts the answers that are newer than the data set of the newest registered version.</summary>
public sealed class NewLabels(LoopContext loop)
{
    /// <summary>
    /// The data set of the newest registered version; null before the first. A training that failed has made a data set
    /// too, but nothing learned from it.
    /// </summary>
    /// <param name="versions">All versions, oldest first.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<DataSetManifest?> BaselineAsync(
        IReadOnlyList<ModelVersion> versions,
        CancellationToken cancellationToken = default
    ) =>
        versions.LastOrDefault(version => version.DataSetVersion.Length > 0) is { } newest
            ? await new DataSets(loop).FindAsync(newest.DataSetVersion, cancellationToken)
            : null;

    /// <param name="learned">The data set of the newest registered version; null before the first.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<NewLabelCount> CountAsync(DataSetManifest? learned, CancellationToken cancellationToken = default)
    {
        var known = learned?.Corrections.All().ToHashSet() ?? [];
        var answers = new List<AnswerKey>();
        var aside = new SetAside();
        await foreach (var file in new CorrectionFeed(loop.Bucket, []).NextAsync(cancellationToken))
        {
            answers.AddRange(
                file.Corrections.Select(one => new AnswerKey(
                    one.JoinKey,
                    one.Id,
                    loop.Project.LabelOf(one.Label) ?? one.Label
                ))
            );
            aside.Add(file.SetAside);
        }

        var unknown = answers.Count(one => !known.Contains(one.Id) && loop.Project.LabelOf(one.Label) is null);
        var text = aside.Sentence() + await NotTakenAsync(cancellationToken);
        return new NewLabelCount(
            AnswerKey.CountNew(answers.Where(one => loop.Project.LabelOf(one.Label) is not null), known),
            unknown == 0
                ? text
                : $"{text} {Plural.Of(unknown, "more has", "more have")} a label that is not one of labels."
        );
    }

    /// <summary>The jobs' sentences about labels of the last week that they could not take in.</summary>
    private async Task<string> NotTakenAsync(CancellationToken cancellationToken)
    {
        var state = GroundTruthIntake.Read(await loop.Bucket.FindTextAsync(Layout.Intake, cancellationToken));
        return state.Through is { } through ? state.Sentence(through.AddDays(-7)) : "";
    }

    /// <summary>A hash that changes with each new file of answers, whatever the file's hour.</summary>
    public async Task<string> StateAsync(CancellationToken cancellationToken = default)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await foreach (var item in loop.Bucket.ListAsync(Layout.Corrections, cancellationToken: cancellationToken))
        {
            if (item.Key.EndsWith(Layout.Lines, StringComparison.Ordinal))
            {
                hash.AppendData(Encoding.UTF8.GetBytes($"{item.Key} {item.ETag}\n"));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
