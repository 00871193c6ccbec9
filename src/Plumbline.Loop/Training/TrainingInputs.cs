using System.Security.Cryptography;
using Plumbline.Aws.Client;
using Plumbline.Loop.Home;
using Plumbline.Loop.Project;
using Plumbline.Records;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Training;

/// <summary>The inputs of an execution of the training pipeline; the keys contain hashes of the content.</summary>
/// <param name="BaseKey">The base data in the loop's bucket.</param>
/// <param name="ProjectKey">The project description in the loop's bucket.</param>
/// <param name="Commit">The project's commit, or <c>none</c>.</param>
/// <param name="CodeKey">The training code in the loop's bucket; null if the algorithm needs none.</param>
public sealed record TrainingInputs(string BaseKey, string ProjectKey, string Commit, string? CodeKey)
{
    /// <summary>Stands for an unknown commit.</summary>
    public const string NoCommit = "none";

    /// <summary>The name of an execution from these inputs: its trigger, and the commit if it is known.</summary>
    /// <param name="trigger">In lower case, as SageMaker's names take it.</param>
    public string ExecutionName(string trigger) =>
        Commit == NoCommit ? trigger : $"{trigger}-{Commit[..Math.Min(12, Commit.Length)]}";

    /// <summary>The inputs from a description alone, which is all that the monitor pipeline reads.</summary>
    public static TrainingInputs OfDescription(ProjectDescription project) =>
        new(Layout.BaseData(""), ProjectKeyOf(project), NoCommit, null);

    /// <summary>The inputs in a project's folder.</summary>
    /// <exception cref="UserError">The data file is missing.</exception>
    public static async Task<TrainingInputs> OfAsync(
        ProjectFolder folder,
        string? commit,
        CancellationToken cancellationToken
    )
    {
        var data = await BaseInput.OfAsync(folder, cancellationToken);
        return new TrainingInputs(
            data.Key,
            ProjectKeyOf(folder.Description),
            string.IsNullOrEmpty(commit) ? NoCommit : commit,
            ProjectCode.Of(folder)?.Key
        )
        {
            Data = data,
        };
    }

    /// <summary>The base data; null if the inputs are from a description alone.</summary>
    private BaseInput? Data { get; init; }

    /// <summary>Uploads the inputs into the bucket.</summary>
    public async Task UploadAsync(BucketClient bucket, ProjectFolder folder, CancellationToken cancellationToken)
    {
        await Data!.UploadAsync(bucket, folder, cancellationToken);
        await bucket.TryAddTextAsync(ProjectKey, folder.Description.ToJson(), cancellationToken);
        if (ProjectCode.Of(folder) is { } code)
        {
            await bucket.PutContentAsync(code.Key, new MemoryStream(code.Archive), cancellationToken);
            await bucket.TryAddTextAsync(ScoreProgram.Key, ScoreProgram.Text, cancellationToken);
        }
    }

    private static string ProjectKeyOf(ProjectDescription project) =>
        Layout.ProjectDescription(Convert.ToHexStringLower(SHA256.HashData(project.ToBytes())));
}
