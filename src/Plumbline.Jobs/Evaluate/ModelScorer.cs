using Plumbline.Records;
using Plumbline.Records.Evaluation;
using Plumbline.XGBoost;
using Plumbline.XGBoost.Models;

namespace Plumbline.Jobs.Evaluate;

/// <summary>A trained model's probabilities for held-out rows.</summary>
internal sealed class ModelScorer : IDisposable
{
    private const int BlockRows = 4096;
    private readonly string place;
    private readonly Booster booster;
    private readonly string objective;
    private readonly int classes;

    /// <param name="path">model.tar.gz, or a folder with it.</param>
    /// <param name="classes">How many classes the project has.</param>
    public ModelScorer(string path, int classes)
    {
        this.classes = classes;
        var archive = ModelArchive.Read(path, "input model");
        place = archive.Place;
        booster = archive.LoadBooster(Environment.ProcessorCount);
        objective = booster.ReadObjective().Name;
    }

    /// <summary>One probability for each class and row, row-major.</summary>
    /// <exception cref="UserError">The model wants other rows, or answers something else.</exception>
    public float[] Score(TestSet test)
    {
        var probabilities = new float[test.Rows * classes];
        if (test.Rows == 0)
        {
            return probabilities;
        }
        if (booster.Features != test.Columns)
        {
            throw new UserError(place, $"the model takes {booster.Features} features; the rows have {test.Columns}");
        }
        var answers = new float[BlockRows * Math.Max(classes, 1)];
        for (var row = 0; row < test.Rows; row += BlockRows)
        {
            var rows = Math.Min(BlockRows, test.Rows - row);
            var features = test.Features.AsSpan(row * test.Columns, rows * test.Columns);
            var width = booster.Predict(features, test.Columns, answers);
            Spread(answers.AsSpan(0, rows * width), width, probabilities.AsSpan(row * classes, rows * classes));
        }
        return probabilities;
    }

    public void Dispose() => booster.Dispose();

    private void Spread(ReadOnlySpan<float> answers, int width, Span<float> probabilities)
    {
        if (width == classes)
        {
            answers.CopyTo(probabilities);
            return;
        }
        if (width != 1 || !(objective == "multi:softmax" || (objective == "binary:logistic" && classes == 2)))
        {
            throw new UserError(
                place,
                $"the model ({objective}) gives {width} numbers a row; there are {classes} labels"
            );
        }
        for (var row = 0; row < answers.Length; row++)
        {
            var own = probabilities.Slice(row * classes, classes);
            if (objective == "multi:softmax")
            {
                own[(int)answers[row]] = 1;
            }
            else
            {
                (own[0], own[1]) = (1 - answers[row], answers[row]);
            }
        }
    }
}
