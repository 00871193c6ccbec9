using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Formats;
using Plumbline.Records.Project;
using Plumbline.Records.Quality;

namespace Plumbline.Records.Monitoring;

/// <summary>
/// The counted audit labels with their predictions. For accuracy it keeps counts only; other metrics need each row.
/// </summary>
internal sealed class JudgedLabels(ProjectDescription project)
{
    private readonly QualityMetric metric = project.Metric();
    private readonly bool isRegression = project.Task == TaskKind.Regression;
    private readonly JsonTruths? json = project.Task.IsJson() ? project.JsonForm() : null;
    private readonly Dictionary<LabelTable.Key, string> texts = [];
    private readonly List<AnsweredTruth> unscored = [];

    /// <summary>The true numbers of a regression, whose entries in the table are all of class 0.</summary>
    private readonly Dictionary<LabelTable.Key, double> numbers = [];

    private readonly List<JudgedRow> rows = [];
    private readonly List<(bool Positive, double Score)> scores = [];

    /// <summary>The actual and the predicted classes; empty in a regression.</summary>
    public ConfusionMatrix Matrix { get; } = new(project.Labels.Count);

    /// <summary>With two labels, each row's truth and the probability of class 1.</summary>
    public IReadOnlyList<(bool Positive, double Score)> Scores => scores;

    /// <summary>True if the metric needs the probability of the true class.</summary>
    public bool NeedsProbabilities => metric.NeedsProbabilities;

    /// <summary>Keeps the true number of a key, for <see cref="Add"/>.</summary>
    /// <returns>False if the text is not a number.</returns>
    public bool TryKeep(in LabelTable.Key key, ReadOnlySpan<byte> text)
    {
        if (json is not null)
        {
            if (json.Truth(Encoding.UTF8.GetString(text)) is not { } truth)
                return false;
            texts[key] = truth;
            return true;
        }
        if (TruthNumber.Find(text) is not { } number)
            return false;
        numbers[key] = number;
        return true;
    }

    /// <summary>Counts a label and its prediction.</summary>
    /// <param name="key">The key of the prediction.</param>
    /// <param name="label">The class of the truth; it is not used in a regression.</param>
    /// <param name="answer">The prediction.</param>
    /// <param name="probabilities">One for each class; null if unknown or not needed.</param>
    public void Add(in LabelTable.Key key, int label, in Answer answer, float[]? probabilities)
    {
        if (isRegression)
        {
            rows.Add(new JudgedRow(numbers[key], answer.Number));
            return;
        }
        Matrix[label, answer.Class]++;
        if (Matrix.Classes == 2 && !float.IsNaN(answer.Positive))
            scores.Add((label == 1, answer.Positive));
        if (metric.Kind.Name != MetricKind.Accuracy)
            rows.Add(new JudgedRow(label, answer.Class, answer.Positive, probabilities?[label] ?? double.NaN));
    }

    /// <summary>Counts a truth and an answer that are JSON.</summary>
    /// <param name="key">The key of the prediction.</param>
    /// <param name="id">The key's text, for messages.</param>
    /// <param name="answer">The text of the answer.</param>
    public void AddJson(in LabelTable.Key key, string id, string answer)
    {
        if (project.Task == TaskKind.MultiLabel)
            rows.Add(json!.Judge(texts[key], answer));
        else
            unscored.Add(new AnsweredTruth(id, answer, texts[key]));
    }

    /// <summary>The answers that only the project's own program can judge.</summary>
    public IReadOnlyList<AnsweredTruth> Unscored => unscored;

    /// <summary>Takes the loss of each of <see cref="Unscored"/>.</summary>
    public void SetLosses(IReadOnlyList<double> losses) => rows.AddRange(losses.Select(loss => new JudgedRow(0, loss)));

    /// <summary>The project's metric; null if it is not defined for the rows.</summary>
    public Figure? Figure() =>
        metric.Kind.Name == MetricKind.Accuracy
            ? Quality.Figure.OfAccuracy(Matrix.Correct, Matrix.Rows, Matrix.Actual(Matrix.Majority()))
            : metric.FigureOf(rows);

    /// <summary>AWS's statistics of the rows.</summary>
    public JsonObject Statistics(MonitorWindow window) =>
        isRegression || json is not null
            ? ModelQualityStatistics.Regression(
                rows.ConvertAll(row => (row.Actual, row.Predicted)),
                window.At,
                (window.From, window.To)
            )
            : ModelQualityStatistics.Document(project.Labels, Matrix, window.At, (window.From, window.To), scores);
}
