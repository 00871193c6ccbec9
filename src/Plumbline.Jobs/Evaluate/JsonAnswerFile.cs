using Plumbline.Jobs.Processing;
using Plumbline.Jobs.Score;
using Plumbline.Records;
using Plumbline.Records.Evaluation;
using Plumbline.Records.Examples;
using Plumbline.Records.Project;
using Plumbline.Records.Quality;

namespace Plumbline.Jobs.Evaluate;

/// <summary>A model's own answers about held-out contents whose truths are JSON, with the loss of each.</summary>
internal static class JsonAnswerFile
{
    /// <summary>Makes the predictions of all sets.</summary>
    /// <param name="project">The task and the labels.</param>
    /// <param name="folders">The inputs <c>test</c> and <c>scores</c>.</param>
    /// <param name="sets">The names of the sets.</param>
    /// <param name="scores">The project's own program, in <c>task: custom</c>.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="UserError">An answer is missing or has another form, or the program failed.</exception>
    public static async Task<List<Prediction>> ReadAsync(
        ProjectDescription project,
        ProcessingFolders folders,
        IReadOnlyList<string> sets,
        OwnScores? scores,
        CancellationToken ct
    )
    {
        var answered = sets.SelectMany(set => Read(project, folders, set)).ToList();
        if (project.Task == TaskKind.MultiLabel)
        {
            var truths = project.JsonForm();
            return answered.ConvertAll(one =>
                Of(one.Set, one.Row, one.Example, truths.Judge(one.Answer.Truth, one.Answer.Answer))
            );
        }

        var program = scores ?? throw new UserError("quality.score", "is missing: it gives the loss of an answer");
        var losses = await program.RunAsync([.. answered.Select(one => one.Answer)], ct);
        return [.. answered.Select((one, i) => Of(one.Set, one.Row, one.Example, new JudgedRow(0, losses[i])))];
    }

    private static Prediction Of(string set, int row, Example example, JudgedRow judged) =>
        new(set, row, example.Content.Sha256, judged.Actual, judged.Predicted) { Sets = judged.Sets };

    private static IEnumerable<(string Set, int Row, Example Example, AnsweredTruth Answer)> Read(
        ProjectDescription project,
        ProcessingFolders folders,
        string set
    )
    {
        var file = $"{set}.jsonl";
        var path = Path.Combine(folders.Input("scores"), file);
        var truths = project.JsonForm();
        using var answers = (File.Exists(path) ? File.ReadLines(path) : []).GetEnumerator();
        var row = 0;
        foreach (var example in Example.ReadFile(Path.Combine(folders.Input("test"), file)))
        {
            if (!answers.MoveNext())
            {
                throw new UserError($"input scores, {file}", $"ends before the answer about {example.Id}");
            }

            var text = RecordJson.Read<string>(answers.Current, $"input scores, {file}:{row + 1}");
            var answer =
                truths.Answer(text)
                ?? throw new UserError(
                    example.Id,
                    $"the model's answer must be {project.Truths()}, not: {(text.Length > 200 ? text[..200] + "..." : text)}"
                );
            yield return (set, row, example, new AnsweredTruth(example.Id, answer.Text, example.Label));
            row++;
        }

        if (answers.MoveNext())
        {
            throw new UserError($"input scores, {file}", $"has more lines than the {row} held-out examples");
        }
    }
}
