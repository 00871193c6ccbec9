using Plumbline.Loop.Home;
using Plumbline.Records;
using Plumbline.Records.GroundTruth;

namespace Plumbline.Loop.GroundTruth;

/// <summary>Adds labels that people need while they correct; see <see cref="AddedLabel"/>.</summary>
public sealed class AddedLabels(LoopContext loop)
{
    private const int MostAttempts = 5;

    /// <summary>Adds a label, unless the project has it; durable when this returns.</summary>
    /// <returns>The loop of the project with the label.</returns>
    /// <exception cref="UserError">The project does not allow it, or the text cannot be a label.</exception>
    public async Task<LoopContext> AddAsync(string label, CancellationToken cancellationToken)
    {
        if (!loop.Project.Review.NewLabels)
        {
            throw new UserError(
                label,
                $"is not {loop.Project.Truths()}; for new labels write `newLabels: true` under `review` in plumbline.yaml"
            );
        }

        AddedLabel.Check(label);
        var now = await loop.Clock.NowAsync(cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            var (text, tag) = await loop.Bucket.FindTextVersionAsync(Layout.AddedLabels, cancellationToken);
            var known = AddedLabel.Read(text);
            if (loop.Project.WithAdded(known.Select(one => one.Label)).LabelOf(label) is not null)
            {
                return await loop.WithAddedLabelsAsync(cancellationToken);
            }

            var next = RecordJson.WriteDocument(known.Append(new AddedLabel(label, loop.Actor, now)));
            // Two people may add a label at the same moment.
            var isAdded = tag is null
                ? await loop.Bucket.TryAddTextAsync(Layout.AddedLabels, next, CancellationToken.None)
                : await loop.Bucket.TryReplaceTextAsync(Layout.AddedLabels, next, tag, CancellationToken.None);
            if (isAdded)
            {
                return await loop.WithAddedLabelsAsync(cancellationToken);
            }

            if (attempt == MostAttempts)
            {
                throw new UserError(label, "was not added, because others add labels at this moment: try again");
            }
        }
    }
}
