using Plumbline.Records.Project;
using Plumbline.Testing;
using Plumbline.XGBoost;
using Plumbline.XGBoost.Models;

namespace Plumbline.Jobs.Tests.Evaluate;

/// <summary>Small real models for the jobs after training.</summary>
internal static class TrainedModels
{
    public static ProjectDescription Project(int classes = 3) =>
        new()
        {
            Name = "sample",
            Data = new DataDescription(),
            Labels = [.. Enumerable.Range(0, classes).Select(i => $"class-{i}")],
            Quality = new QualityDescription { Threshold = 0.8, Slices = ["f0"] },
        };

    public static void Write(string folder, int rounds, int classes = 3, IReadOnlyList<string>? labels = null)
    {
        var (features, targets) = SampleData.Make(600, classes: classes);
        using var train = DMatrix.FromRows(features, 8, targets);
        var parameters = new Dictionary<string, string>
        {
            ["objective"] = classes == 2 ? "binary:logistic" : "multi:softprob",
            ["nthread"] = "1",
            ["max_depth"] = "4",
        };
        if (classes > 2)
        {
            parameters["num_class"] = $"{classes}";
        }
        using var booster = Booster.Create(parameters, train);
        for (var round = 0; round < rounds; round++)
        {
            booster.Update(round, train);
        }
        ModelArchive.Write(
            folder,
            booster.Save(),
            new ModelDescription { Labels = labels ?? Project(classes).Labels, Features = 8 }
        );
    }
}
