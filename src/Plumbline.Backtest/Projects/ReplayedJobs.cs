using Plumbline.Jobs.Compare;
using Plumbline.Jobs.Evaluate;
using Plumbline.Jobs.Processing;
using Plumbline.Jobs.Train;
using Plumbline.Records;
using Plumbline.Records.Comparison;
using Plumbline.Records.Data;
using Plumbline.Records.Evaluation;
using Plumbline.Records.Project;
using Plumbline.Records.Recipes;

namespace Plumbline.Backtest.Projects;

/// <summary>
/// Runs the jobs' own programs in folders of one execution: the same files go in and the same models come out as in
/// production.
/// </summary>
/// <param name="project">The project.</param>
/// <param name="root">The folder of the execution.</param>
internal sealed class ReplayedJobs(ProjectDescription project, string root)
{
    /// <summary>The folder of the data set version.</summary>
    public string DataSet => Path.Combine(root, "dataset");

    /// <summary>The output of prepare: the files of the recipes.</summary>
    public string Prepared => Directory.CreateDirectory(Path.Combine(root, "prepared")).FullName;

    /// <summary>A folder for a result of the execution.</summary>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(root, name)).FullName;

    /// <summary>Runs a training job.</summary>
    /// <param name="name">The candidate or recipe.</param>
    /// <param name="rounds">The rounds that it adds.</param>
    /// <param name="parent">The folder of the model that it continues; null for one from scratch.</param>
    /// <param name="weights">The folder with the weights of the rows; null if all count alike.</param>
    /// <param name="encoder">The folder of the model whose encoder it keeps; null if it makes its own.</param>
    /// <returns>The folder of the model.</returns>
    public string Train(string name, int rounds, string? parent = null, string? weights = null, string? encoder = null)
    {
        var folders = new JobFolders(Path.Combine(root, "train-" + name));
        var channels = new Dictionary<string, string>
        {
            ["train"] = Path.Combine(DataSet, "train"),
            ["validation"] = Path.Combine(DataSet, "validation"),
        };
        if (parent is not null)
        {
            channels["model"] = parent;
        }
        if (weights is not null)
        {
            channels["weights"] = weights;
        }
        if (encoder is not null)
        {
            channels["encoder"] = encoder;
        }
        Directory.CreateDirectory(folders.Configuration);
        Directory.CreateDirectory(folders.Model);
        foreach (var (channel, folder) in channels)
        {
            Link(folders.Channel(channel), folder);
        }
        Write(folders.Configuration, "hyperparameters.json", project.JobHyperparameters(rounds));
        Write(
            folders.Configuration,
            "inputdataconfig.json",
            channels.Keys.ToDictionary(one => one, _ => new Dictionary<string, string> { ["ContentType"] = "text/csv" })
        );
        new Training(folders, TextWriter.Null).Run(CancellationToken.None);
        return folders.Model;
    }

    /// <summary>Runs an evaluation, and returns the report.</summary>
    public Task<EvaluationReport> EvaluateAsync(string role, string model, DateTimeOffset at, CancellationToken ct)
    {
        var folders = Evaluation(role);
        Link(folders.Input("test"), Path.Combine(DataSet, "test"));
        Link(folders.Input("model"), model);
        return EvaluateCommand.RunAsync(project, role, folders, at, ct);
    }

    /// <summary>Compares the evaluated candidates.</summary>
    /// <param name="roles">The roles that were evaluated, production among them.</param>
    /// <param name="blend">The parts of the blend; null without one.</param>
    /// <param name="ct">Ends it.</param>
    public Task<ComparisonReport> CompareAsync(IEnumerable<string> roles, BlendReport? blend, CancellationToken ct)
    {
        var folders = new ProcessingFolders(Path.Combine(root, "compare"));
        foreach (var role in roles)
        {
            Link(folders.Input(role), Evaluation(role).Output("evaluation"));
        }
        if (blend is not null)
        {
            Write(Directory.CreateDirectory(folders.Input("parts")).FullName, BlendReport.File, blend);
        }
        return CompareCommand.RunAsync(project, folders, ct);
    }

    private ProcessingFolders Evaluation(string role) => new(Path.Combine(root, "evaluate-" + role));

    private static void Link(string place, string folder)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        Directory.CreateSymbolicLink(place, folder);
    }

    private static void Write<T>(string folder, string name, T value) =>
        File.WriteAllText(Path.Combine(folder, name), RecordJson.Write(value));
}
