using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Project;

namespace Plumbline.Jobs.Evaluate;

/// <summary>
/// The model in production, if it was trained without a label or a column of the new data set. It answers
/// <see cref="ReplacedRows"/>, and its answers are read as the project's classes: a class that it does not know has the
/// probability 0.
/// </summary>
internal sealed class ReplacedModel
{
    private readonly string folder;
    private readonly int[] classes;
    private readonly int known;

    private ReplacedModel(string folder, DataSetManifest manifest, ProjectDescription project)
    {
        this.folder = folder;
        known = project.Labels.Count;
        classes = [.. manifest.Labels.Select(project.IndexOf)];
        Project = project with
        {
            Labels = [.. manifest.Labels.Select(label => project.NameOf(label)!)],
            Data = project.Data with { Schema = manifest.Schema },
        };
    }

    /// <summary>The project as production knows it.</summary>
    public ProjectDescription Project { get; }

    /// <summary>Reads the input <c>replaced</c>; null without this input.</summary>
    public static async Task<ReplacedModel?> FindAsync(
        string folder,
        ProjectDescription project,
        CancellationToken ct
    ) =>
        Directory.Exists(folder)
            ? new ReplacedModel(
                folder,
                await RecordJson.ReadFileAsync<DataSetManifest>(Path.Combine(folder, ReplacedRows.ManifestFile), ct),
                project
            )
            : null;

    /// <summary>The path of a set's rows as production takes them.</summary>
    public string PathOf(string file) => Path.Combine(folder, file);

    /// <summary>The project's class of a class of production.</summary>
    public int ClassOf(int answered) => answered < 0 ? answered : classes[answered];

    /// <summary>One probability for each of the project's classes and row, from one for each of production's.</summary>
    public float[] Widen(float[] answers)
    {
        if (classes.Length == 0)
            return answers;
        var rows = answers.Length / classes.Length;
        var wide = new float[rows * known];
        for (var i = 0; i < answers.Length; i++)
            wide[(i / classes.Length * known) + classes[i % classes.Length]] = answers[i];
        return wide;
    }

    /// <summary>The same for one answer; null for null.</summary>
    public float[]? WidenOne(float[]? probabilities) => probabilities is null ? null : Widen(probabilities);
}
