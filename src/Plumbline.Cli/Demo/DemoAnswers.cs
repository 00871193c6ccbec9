using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;
using Plumbline.Records.Quality;

namespace Plumbline.Cli.Demo;

/// <summary>Examples that were sent, with the endpoint's answers.</summary>
/// <param name="project">The project, which reads answers and has the metric.</param>
/// <param name="examples">The examples in the order of sending.</param>
/// <param name="answers">An answer for each example; null for a request that failed.</param>
internal sealed class DemoAnswers(
    ProjectDescription project,
    IReadOnlyList<DemoExample> examples,
    IReadOnlyList<DemoAnswer?> answers
)
{
    /// <summary>The examples that were answered, with their predictions: a label, or the text of a number.</summary>
    public IEnumerable<(DemoExample Example, DemoAnswer Answer)> Answered =>
        examples.Zip(answers).Where(pair => pair.Second is not null).Select(pair => (pair.First, pair.Second!));

    /// <summary>Truths and predictions, for the project's metric.</summary>
    public IReadOnlyList<JudgedRow> Judged =>
        [.. Answered.Select(pair => pair.Answer.Judge(project.TruthOf(pair.Example.Truth)!.Value))];

    /// <summary>The project's metric over the answers; NaN if it is not defined for them.</summary>
    public double Figure => FigureOf(project, Judged);

    /// <summary>The share of right answers, 0 to 1, whatever the metric; only for classes.</summary>
    public double Accuracy => Judged.Average(row => row.Predicted == row.Actual ? 1.0 : 0);

    public static double FigureOf(ProjectDescription project, IReadOnlyList<JudgedRow> rows) =>
        project.Metric().FigureOf(rows)?.Value ?? double.NaN;
}

/// <summary>The endpoint's answer to one request.</summary>
/// <param name="Answer">The answer, read as monitoring reads it.</param>
/// <param name="Probabilities">The probability of each label; null if unknown.</param>
/// <param name="Key">The key that a truth names: the inference id, if the request had one.</param>
internal sealed record DemoAnswer(Answer Answer, float[]? Probabilities, string? Key)
{
    public JudgedRow Judge(double truth) =>
        double.IsNaN(Answer.Number)
            ? new JudgedRow(truth, Answer.Class, Answer.Positive, Probabilities?[(int)truth] ?? double.NaN)
            : new JudgedRow(truth, Answer.Number);
}
