using System.Text;
using Plumbline.Records;
using Plumbline.Records.Evaluation;
using Plumbline.Records.Examples;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;

namespace Plumbline.Jobs.Evaluate;

/// <summary>A model's own answers about held-out contents, read as monitoring reads the captured ones.</summary>
internal static class AnswerFile
{
    /// <summary>Makes the predictions of a set.</summary>
    /// <param name="set"><c>recent</c> or <c>base</c>.</param>
    /// <param name="test">The examples of the set.</param>
    /// <param name="path">The answers: a line for each example, the answer's body as a JSON string.</param>
    /// <param name="project">The labels.</param>
    /// <param name="replaced">The model, if it does not know all of the labels.</param>
    /// <exception cref="UserError">An answer is missing, or names no label.</exception>
    public static IEnumerable<Prediction> Read(
        string set,
        string test,
        string path,
        ProjectDescription project,
        ReplacedModel? replaced = null
    )
    {
        var file = Path.GetFileName(path);
        var reader = new AnswerReader(new LabelNames(replaced?.Project ?? project), keep: true);
        using var answers = (File.Exists(path) ? File.ReadLines(path) : []).GetEnumerator();
        var row = 0;
        foreach (var example in Example.ReadFile(test))
        {
            if (!answers.MoveNext())
            {
                throw new UserError($"input scores, {file}", $"ends before the answer about {example.Id}");
            }
            var text = RecordJson.Read<string>(answers.Current, $"input scores, {file}:{row + 1}");
            yield return Of(set, row, example, reader, text, replaced);
            row++;
        }
        if (answers.MoveNext())
        {
            throw new UserError($"input scores, {file}", $"has more lines than the {row} held-out examples");
        }
    }

    private static Prediction Of(
        string set,
        int row,
        Example example,
        AnswerReader reader,
        string text,
        ReplacedModel? replaced
    )
    {
        var answers = reader.Read(Encoding.UTF8.GetBytes(text));
        if (answers.Length != 1 || answers[0].Class < 0)
        {
            var said = text.Length > 200 ? text[..200] + "..." : text;
            throw new UserError(
                example.Id,
                $"the model's answer must name one of the labels, such as {{\"predictions\":[{{\"label\":\"{example.Label}\",\"score\":0.9}}]}}, not: {said}"
            );
        }
        var answer = answers[0];
        var probabilities = reader.Probabilities(0);
        if (replaced is not null)
            probabilities = replaced.WidenOne(probabilities);
        return new Prediction(
            set,
            row,
            example.Content.Sha256,
            example.Class,
            replaced?.ClassOf(answer.Class) ?? answer.Class,
            answer.Score,
            answer.Positive,
            probabilities?[example.Class] ?? double.NaN
        );
    }
}
