using System.Text.Json.Nodes;
using Plumbline.Aws.Formats;
using Plumbline.Records.Project;
using Plumbline.Records.Quality;

namespace Plumbline.Records.Evaluation;

/// <summary>AWS's document of model quality over judged rows, in the form of the project's task.</summary>
public static class QualityStatistics
{
    /// <param name="project">Task and labels.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="evaluated">The time of the computation, UTC.</param>
    /// <param name="window">The period in which the rows were captured; null for a fixed data set.</param>
    public static JsonObject Document(
        ProjectDescription project,
        IReadOnlyList<JudgedRow> rows,
        DateTimeOffset evaluated,
        (DateTimeOffset Start, DateTimeOffset End)? window = null
    )
    {
        // AWS has no form for sets of labels or JSON: their losses are errors from 0, whose mean is `mae`.
        if (project.Task != TaskKind.Classification)
            return ModelQualityStatistics.Regression(
                [.. rows.Select(row => (row.Actual, row.Predicted))],
                evaluated,
                window
            );
        var matrix = new ConfusionMatrix(project.Labels.Count);
        foreach (var row in rows)
            matrix[(int)row.Actual, (int)row.Predicted]++;
        var scores = rows.Where(row => !double.IsNaN(row.Positive)).Select(row => (row.Actual == 1, row.Positive));
        return ModelQualityStatistics.Document(project.Labels, matrix, evaluated, window, [.. scores]);
    }
}
