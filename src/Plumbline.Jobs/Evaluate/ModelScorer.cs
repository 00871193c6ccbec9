using System.Text;
using Plumbline.Records;
using Plumbline.Records.Evaluation;
using Plumbline.Records.Project;
using Plumbline.Records.Quality;
using Plumbline.Tables;
using Plumbline.XGBoost.Models;

namespace Plumbline.Jobs.Evaluate;

/// <summary>A trained model's answers for held-out rows: probabilities, or numbers in a regression.</summary>
internal sealed class ModelScorer : IDisposable
{
    private const int BlockRows = 4096;
    private readonly string place;
    private readonly LoadedModel model;

    /// <param name="path">model.tar.gz, or a folder that contains it.</param>
    /// <param name="project">The model must have this project's labels.</param>
    /// <exception cref="UserError">The model is for other labels.</exception>
    public ModelScorer(string path, ProjectDescription project)
    {
        var archive = ModelArchive.Read(path, "input model");
        place = archive.Place;
        model = LoadedModel.From(archive, Environment.ProcessorCount);
        var named = archive.Description is { Labels.Count: > 0 };
        if (project.Task == TaskKind.Regression && model.IsClassifier)
        {
            model.Dispose();
            throw new UserError(place, "the model predicts classes, but the project's truths are numbers");
        }
        if (model.Labels.Count != project.Labels.Count || (named && !project.HasLabels(model.Labels)))
        {
            var labels = string.Join(", ", model.Labels.Take(12));
            model.Dispose();
            throw new UserError(place, $"the model's labels ({labels}) differ from the project's");
        }
    }

    /// <summary>One probability for each class and row, row-major; one number for each row in a regression.</summary>
    /// <exception cref="UserError">The model takes rows of another length.</exception>
    public float[] Score(TestSet test)
    {
        var classes = model.AnswersPerRow;
        var probabilities = new float[test.Rows * classes];
        if (test.Schema is not null)
        {
            ScoreCells(test, probabilities);
            return probabilities;
        }
        if (test.Rows > 0 && model.Features != test.Columns)
        {
            throw new UserError(place, $"the model takes {model.Features} features; the rows have {test.Columns}");
        }
        for (var row = 0; row < test.Rows; row += BlockRows)
        {
            var rows = Math.Min(BlockRows, test.Rows - row);
            model.Predict(
                test.Features.AsSpan(row * test.Columns, rows * test.Columns),
                probabilities.AsSpan(row * classes, rows * classes)
            );
        }
        return probabilities;
    }

    private void ScoreCells(TestSet test, float[] probabilities)
    {
        var encoder =
            model.Encoder
            ?? throw new UserError(place, "the model takes numbers only, but the project's columns have other kinds");
        if (!encoder.Schema.Columns.SequenceEqual(test.Schema!.Columns))
        {
            throw new UserError(place, "the model was trained on other columns or kinds of columns");
        }
        var features = new float[encoder.Features];
        for (var row = 0; row < test.Rows; row++)
        {
            var cells = new CsvRow(Encoding.UTF8.GetBytes(test.Lines[row]));
            for (var column = 0; cells.TryNext(out var cell); column++)
            {
                if (!encoder.TryEncode(column, cell, features))
                {
                    throw new UserError($"input test, row {row + 1}", encoder.Wrong(column, cell));
                }
            }
            model.Predict(features, probabilities.AsSpan(row * model.AnswersPerRow, model.AnswersPerRow));
        }
    }

    public void Dispose() => model.Dispose();
}
