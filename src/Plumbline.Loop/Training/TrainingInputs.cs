using System.Security.Cryptography;
using Amazon.S3;
using Plumbline.Aws.Client;
using Plumbline.Loop.Data;
using Plumbline.Loop.Home;
using Plumbline.Loop.Project;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Project;
using Plumbline.Records.Sources;

namespace Plumbline.Loop.Training;

/// <summary>The inputs of an execution of the training pipeline; the keys contain hashes of the content.</summary>
/// <param name="BaseKey">The base data in the loop's bucket: one CSV, or a list of objects in S3.</param>
/// <param name="ProjectKey">The project description in the loop's bucket.</param>
/// <param name="Commit">The project's commit, or <c>none</c>.</param>
/// <param name="CodeKey">The training code in the loop's bucket; null if the algorithm needs none.</param>
public sealed record TrainingInputs(string BaseKey, string ProjectKey, string Commit, string? CodeKey) : IDisposable
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

    /// <summary>
    /// The objects in S3 that <see cref="BaseKey"/> lists; null if all base data is in the project's folder. The CSV with
    /// the rows of the project's own files, if it has any, is the first, by its key in the loop's bucket.
    /// </summary>
    public IReadOnlyList<SourceObject>? Objects { get; init; }

    /// <summary>The training code; null if the algorithm needs none.</summary>
    internal ProjectCode? Code { get; private init; }

    /// <summary>The key of the program of <c>quality.score</c>; null if the project has none.</summary>
    public string? ScoreKey => Score?.Key;

    /// <inheritdoc cref="ScoreKey"/>
    internal ProjectCode? Score { get; private init; }

    /// <summary>
    /// The rows of the project's own files as one CSV, which were read to hash them; null for other base data, and after the
    /// upload.
    /// </summary>
    private Stream? OwnRows { get; set; }

    /// <summary>The images and texts that <see cref="BaseKey"/> lists; null for tables.</summary>
    internal ContentUpload? Contents { get; init; }

    /// <summary>
    /// The objects in S3 that the base data is of, in the order of their URIs, without the project's own files; null if none
    /// is in S3.
    /// </summary>
    public IEnumerable<SourceObject>? ObjectsByUri() =>
        Contents is { } contents
            ? contents.Objects()
            : Objects?.Where(one => one.ETag.Length > 0).Order(Comparer<SourceObject>.Create(SourceObject.ByUri));

    /// <summary>The inputs of a project whose base data is in its folder.</summary>
    /// <inheritdoc cref="OfAsync(ProjectFolder, string, IAmazonS3, ListedParts, CancellationToken)"/>
    public static Task<TrainingInputs> OfAsync(
        ProjectFolder folder,
        string? commit,
        CancellationToken cancellationToken
    ) => OfAsync(folder, commit, s3: null, parts: null, cancellationToken);

    /// <summary>The inputs in a project's folder, and in S3 as it is now.</summary>
    /// <param name="folder">The project's folder.</param>
    /// <param name="commit">The commit; null if it is unknown.</param>
    /// <param name="s3">Lists base data in S3; null if the project has none.</param>
    /// <param name="parts">Lets a listing of contents continue after a kill; null to list all of them again.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="UserError">
    /// A data file or a file of the code is missing, the C# program does not compile, or a location in S3 may not be read.
    /// </exception>
    public static async Task<TrainingInputs> OfAsync(
        ProjectFolder folder,
        string? commit,
        IAmazonS3? s3,
        ListedParts? parts,
        CancellationToken cancellationToken
    )
    {
        var data = folder.Description.Data;
        var code = await ProjectCode.OfAsync(folder, cancellationToken);
        if (data.IsContent())
        {
            var contents = await ContentUpload.OfAsync(folder, s3, parts, cancellationToken);
            var score = await ScoreCode.OfAsync(folder, cancellationToken);
            return Of(folder, commit, contents.Key, code, score) with { Contents = contents };
        }

        // A location that may not be read is found before the own files are.
        var listed =
            data.InS3().Count > 0
                ? await SourceListing.OfAsync(
                    s3 ?? throw new InvalidOperationException("The base data is in S3: a client is needed."),
                    data,
                    cancellationToken
                )
                : null;
        var (own, rows) = await OwnAsync(folder, cancellationToken);
        IReadOnlyList<SourceObject>? objects = listed is null ? null : [.. own is null ? [] : new[] { own }, .. listed];
        var key = objects is null ? own!.Uri : Layout.BaseObjects(HashOf(SourceObject.WriteList(objects)));
        return Of(folder, commit, key, code) with { Objects = objects, OwnRows = rows };
    }

    /// <summary>Removes the temporary files of what was not uploaded.</summary>
    public void Dispose()
    {
        OwnRows?.Dispose();
        Contents?.Dispose();
    }

    private static TrainingInputs Of(
        ProjectFolder folder,
        string? commit,
        string baseKey,
        ProjectCode? code,
        ProjectCode? score = null
    ) =>
        new(
            baseKey,
            ProjectKeyOf(folder.Description.WithScore(score?.Key)),
            string.IsNullOrEmpty(commit) ? NoCommit : commit,
            code?.Key
        )
        {
            Code = code,
            Score = score,
        };

    /// <summary>Uploads the inputs into the bucket. Objects in S3 stay where they are: only their list is uploaded.</summary>
    public async Task UploadAsync(BucketClient bucket, ProjectFolder folder, CancellationToken cancellationToken)
    {
        if (Contents is not null)
        {
            await Contents.UploadAsync(bucket, cancellationToken);
        }
        else if (OwnRows is { } rows)
        {
            // The upload closes them.
            OwnRows = null;
            rows.Position = 0;
            var key = Objects is null ? BaseKey : Objects[0].Uri;
            await bucket.PutContentAsync(key, rows, cancellationToken: cancellationToken);
        }

        if (Objects is not null)
        {
            await bucket.TryAddTextAsync(BaseKey, SourceObject.WriteList(Objects), cancellationToken);
        }

        var project = folder.Description.WithScore(ScoreKey);
        await bucket.TryAddTextAsync(ProjectKey, project.ToJson(), cancellationToken);
        foreach (var code in new[] { Code, Score }.OfType<ProjectCode>())
        {
            await bucket.PutContentAsync(
                code.Key,
                new MemoryStream(code.Archive),
                cancellationToken: cancellationToken
            );
        }

        if (folder.Description.Training.HasHandler())
        {
            await bucket.TryAddTextAsync(ScoreProgram.Key, ScoreProgram.Text, cancellationToken);
        }
    }

    private static BaseFiles? Own(ProjectFolder folder) =>
        folder.BasePaths() is { Count: > 0 } paths ? BaseFiles.Open(paths, folder.Description.Data.Format) : null;

    /// <summary>The rows of the project's own files as one CSV in the loop's bucket, whose key follows from them.</summary>
    private static async Task<(SourceObject? Object, Stream? Rows)> OwnAsync(
        ProjectFolder folder,
        CancellationToken cancellationToken
    )
    {
        if (Own(folder) is not { } files)
        {
            return (null, null);
        }

        var rows = files.OpenAsOne();
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(rows, cancellationToken));
        return (new SourceObject(Layout.BaseData(hash), SourceFormat.Csv, rows.Length, ETag: ""), rows);
    }

    private static string HashOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));

    private static string ProjectKeyOf(ProjectDescription project) =>
        Layout.ProjectDescription(Convert.ToHexStringLower(SHA256.HashData(project.ToBytes())));
}
