using System.Text.RegularExpressions;
using Plumbline.Records.Quality;

namespace Plumbline.Records.Project;

/// <summary>Checks the keys that go with examples that are contents.</summary>
internal static class ContentSection
{
    /// <summary>A training job has 20 channels, of which the loop needs six for itself.</summary>
    private const int MostPrefixes = 10;

    /// <exception cref="UserError">A key belongs to tables, or a required one is missing.</exception>
    public static void Check(YamlSection root, YamlSection data, ProjectDescription project)
    {
        if (project.Task.IsJson())
            CheckJson(root, data, project);
        if (data.Has("contents") && project.Data.Format != SourceFormat.Manifest)
            throw data.Error("contents", "goes with data.format manifest, whose lines refer to objects in S3");
        if (project.Training.Input == TrainingInput.FastFile && project.Data.ContentPrefixes().Count == 0)
            throw root.Section("training", null)
                .Error("input", "fastfile goes with images or texts that are in S3 (data.format folders or manifest)");
        if (!project.Data.IsContent())
            return;
        var format = project.Data.Format!.Value;
        var name = format.ToString().ToLowerInvariant();
        if (Array.Find(["features", "columns", "missing"], data.Has) is { } column)
            throw data.Error(column, $"leave it out: it goes with tables, not with data.format {name}");
        if (!data.Has("file") || (project.Data.Sources.Count > 0 && project.Data.Paths().Count > 0))
            throw data.Error(
                "file",
                format == SourceFormat.Folders
                    ? "name the folder in the project that has the class folders, or prefixes in S3 (s3://bucket/prefix/)"
                    : "name the manifest in the project, a .jsonl file, or manifests in S3 (s3://bucket/key or a prefix)"
            );
        if (project.Data.ContentPrefixes().Count > MostPrefixes)
            throw data.Error(
                project.Data.Contents is null ? "file" : "contents",
                $"has {project.Data.ContentPrefixes().Count} prefixes; a training job has channels for {MostPrefixes}: name one above several of them"
            );
        if (project.Task == TaskKind.Regression)
            throw data.Error("format", $"{name} goes with classes: numbers as truths need a table");
        if (!project.Training.BringsCode())
            throw data.Error(
                "format",
                $"{name} needs training.algorithm: pytorch, dotnet or container, the project's own code: no other algorithm reads images or texts"
            );
        if (format == SourceFormat.Folders && project.Data.Split == SplitMethod.Time)
            throw data.Error("split", "must be hash with data.format folders, whose files have no order in time");
        if (project.Quality.Slices.Count > 0)
            throw root.Section("quality", null)
                .Error("slices", $"leave it out: data.format {name} has no columns to slice by");
        if (project.Data.SplitKey is { } pattern)
            CheckPattern(data, pattern);
    }

    /// <summary>Truths that are JSON come with a manifest, and the project's own handler answers in their form.</summary>
    private static void CheckJson(YamlSection root, YamlSection data, ProjectDescription project)
    {
        var task = $"task: {project.Task.Word()}";
        if (project.Data.Format != SourceFormat.Manifest)
            throw data.Error(
                "format",
                $"must be manifest with `{task}`: each line has the truth as JSON under data.label"
            );
        // Plumbline's server answers several labels, but not the project's own JSON.
        var isOwn = project.Task == TaskKind.MultiLabel ? project.Training.BringsCode() : project.Training.IsPyTorch();
        if (!isOwn)
            throw root.Section("training", null)
                .Error(
                    "algorithm",
                    project.Task == TaskKind.MultiLabel
                        ? $"must be pytorch, dotnet or container with `{task}`, the project's own code: {project.Training.Algorithm} answers one class or one number"
                        : $"must be {TrainingDescription.PyTorch} with `{task}`, the project's own train.py and inference.py: {project.Training.Algorithm} answers one class or one number"
                );
    }

    private static void CheckPattern(YamlSection data, string pattern)
    {
        try
        {
            if (new Regex(pattern, RegexOptions.NonBacktracking).GetGroupNumbers().Length != 2)
                throw data.Error(
                    "splitKey",
                    $"must have one group, which finds the entity in a path, like patient-(\\d+)/, not '{pattern}'"
                );
        }
        catch (Exception broken) when (broken is ArgumentException or NotSupportedException)
        {
            throw data.Error("splitKey", $"is not a pattern that can be used: {broken.Message}");
        }
    }
}
