using System.Text.RegularExpressions;
using Plumbline.Records.Algorithm;
using Plumbline.Records.Quality;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Plumbline.Records.Project;

/// <summary>
/// Reads YAML into a <see cref="ProjectDescription"/>, and checks single keys and combinations of keys.
/// </summary>
internal static partial class ProjectReader
{
    /// <summary>SageMaker's limit in characters.</summary>
    private const int LongestHyperparameter = 2500;

    public static ProjectDescription Read(string yaml, string file)
    {
        var root = new YamlSection(
            file,
            "",
            Parse(yaml, file),
            [
                "name",
                "task",
                "data",
                "labels",
                "training",
                "processing",
                "endpoint",
                "capture",
                "quality",
                "approval",
                "monitor",
                "retraining",
                "review",
                "source",
                "aws",
                "prices",
            ]
        );
        var name = root.Required("name");
        if (!NamePattern().IsMatch(name))
            throw root.Error("name", $"must be 2 to 32 lower case letters, digits and hyphens, not '{name}'");
        if (!root.Has("data"))
            throw root.Error("data", "the section is missing; `data:` needs at least file and label");
        var task = QualitySection.Task(root);
        var (labels, former) = LabelsSection.Read(root, task);
        var data = DataSection.Read(root);
        var training = InstanceSections.Training(root, task);
        var project = new ProjectDescription
        {
            Name = name,
            Task = task,
            Data = data,
            Labels = labels,
            FormerLabels = former,
            Training = training,
            Processing = InstanceSections.Processing(root),
            Endpoint = InstanceSections.Endpoint(root),
            Capture = MonitoringSections.Capture(root),
            Quality = QualitySection.Read(root, task, data, labels),
            Approval = root.Choice(
                "approval",
                ApprovalPolicy.Manual,
                ("manual", ApprovalPolicy.Manual),
                ("recommended", ApprovalPolicy.Recommended),
                ("never", ApprovalPolicy.Manual)
            ),
            Monitor = MonitoringSections.Monitor(root),
            Retraining = MonitoringSections.Retraining(root, training),
            Review = Review(root, data, task),
            Source = SourceDescription.Read(root),
            Aws = AwsSection.Read(root, name),
            Prices = Prices(root),
        };
        ContentSection.Check(root, root.Section("data", null), project);
        CheckLabels(root, project);
        CheckHyperparameters(root, project);
        return project;
    }

    /// <summary>The labels are one hyperparameter of a training job, whose length SageMaker limits.</summary>
    private static void CheckLabels(YamlSection root, ProjectDescription project)
    {
        var names = project.JobHyperparameters(project.Training.Rounds).GetValueOrDefault("class_labels", "");
        if (names.Length > LongestHyperparameter)
            throw root.Error(
                "labels",
                FormattableString.Invariant(
                    $"{project.Labels.Count} labels are a text of {names.Length} characters, and a training job's hyperparameter has at most {LongestHyperparameter}: write shorter labels, or fewer"
                )
            );
    }

    /// <summary>
    /// Uses the trainer's own table: hyperparameters that the job would refuse are refused here, with their lines.
    /// </summary>
    private static void CheckHyperparameters(YamlSection root, ProjectDescription project)
    {
        if (
            !project.Training.BringsCode()
            && HyperparameterTable.Problems(project.JobHyperparameters(project.Training.Rounds)).FirstOrDefault()
                is { } problem
        )
        {
            throw root.Section("training", null).Section("hyperparameters", null).Error(problem.Name, problem.Reason);
        }
    }

    private static YamlMappingNode Parse(string yaml, string file)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException e)
        {
            throw new UserError($"{file}:{Math.Max(1, e.Start.Line)}", $"is not YAML: {e.Message}");
        }
        return stream.Documents.Count == 1 && stream.Documents[0].RootNode is YamlMappingNode mapping
            ? mapping
            : throw new UserError($"{file}:1", "must be one document of `key: value` lines");
    }

    private static ReviewDescription Review(YamlSection root, DataDescription data, TaskKind task)
    {
        var d = new ReviewDescription();
        var s = root.Section("review", "view", "width", "height", "maximum", "queue", "blind", "newLabels");
        var review = new ReviewDescription
        {
            View = s.Choice(
                "view",
                d.View,
                ("table", ReviewView.Table),
                ("image", ReviewView.Image),
                ("text", ReviewView.Text)
            ),
            Width = s.Whole("width", d.Width, 1, 4096),
            Height = s.Whole("height", d.Height, 1, 4096),
            Maximum = s.Number("maximum", d.Maximum),
            Queue = s.Whole("queue", d.Queue, 1, 10_000),
            Blind = s.Flag("blind", d.Blind),
            NewLabels = s.Flag("newLabels", d.NewLabels),
        };
        if (review.NewLabels && task != TaskKind.Classification)
            throw s.Error("newLabels", "leave it out: it goes with `task: classification`");
        if (data.IsContent())
            return review;
        if (review.View == ReviewView.Image && (review.Width == 0 || review.Height == 0))
            throw s.Error("view", "an image needs width and height, in pixels");
        if (
            review.View == ReviewView.Image
            && data.Features.Count > 0
            && review.Width * review.Height != data.Features.Count
        )
            throw s.Error("width", $"width x height must be the number of features, {data.Features.Count}");
        return review;
    }

    private static Dictionary<string, decimal> Prices(YamlSection root)
    {
        var s = root.Section("prices", null);
        foreach (var key in s.Keys)
        {
            if (!InstanceSections.InstancePattern().IsMatch(key))
                throw s.Error(key, "is not an instance type, like ml.m5.large");
        }
        return s.Keys.Order(StringComparer.Ordinal).ToDictionary(key => key, key => (decimal)s.Number(key, 0));
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,30}[a-z0-9]$")]
    private static partial Regex NamePattern();
}
