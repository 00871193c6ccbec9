using System.Globalization;
using Plumbline.Jobs.Evaluate;
using Plumbline.Jobs.Prepare;
using Plumbline.Records.Evaluation;
using Plumbline.Records.Project;
using Plumbline.Records.Quality;
using Plumbline.Records.Recipes;

namespace Plumbline.Jobs.Blend;

/// <summary>The labels that arrived since the recipes' models were trained.</summary>
internal sealed record ArrivedRows(TestSet Rows, IReadOnlyList<DateTimeOffset> Times)
{
    public static ArrivedRows Read(string prepared, ProjectDescription project) =>
        new(
            TestSet.Read(Path.Combine(prepared, RecipeFiles.Arrived), project.Labels.Count, project.Data.Schema),
            [
                .. File.ReadLines(Path.Combine(prepared, RecipeFiles.ArrivedTimes))
                    .Select(line =>
                        DateTimeOffset.Parse(line, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)
                    ),
            ]
        );

    /// <summary>A model's loss on each row.</summary>
    /// <param name="model">The path of model.tar.gz.</param>
    /// <param name="project">The task and the labels.</param>
    public double[] Losses(string model, ProjectDescription project)
    {
        using var scorer = new ModelScorer(model, project);
        var answers = scorer.Score(Rows);
        if (project.Task == TaskKind.Regression)
        {
            return TruthLoss.OfNumbers(answers, Rows.Actual);
        }
        var classes = project.Labels.Count;
        return
        [
            .. Enumerable
                .Range(0, Rows.Rows)
                .Select(row => TruthLoss.OfProbability(answers[row * classes + (int)Rows.Actual[row]])),
        ];
    }
}
