using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Amazon.S3;
using Amazon.S3.Model;
using Plumbline.Aws.Protocols;
using Plumbline.Records;

namespace Plumbline.Loop.Stack;

/// <summary>Builds the images from a published CLI, on CodeBuild, unless they were built from the same files before.</summary>
/// <param name="clients">The services.</param>
/// <param name="bucketName">The bucket of the images' stack.</param>
/// <param name="time">Paces the questions.</param>
public sealed class ImageBuild(LoopClients clients, string bucketName, TimeProvider time)
{
    // The earliest time that a ZIP can hold: the same files give the same bytes.
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly LoopBucket bucket = new(clients.S3, bucketName);

    /// <summary>Uploads the folder by its content and waits for its build.</summary>
    /// <returns>The build's id; null where these images are there already.</returns>
    /// <exception cref="UserError">The build did not succeed.</exception>
    public async Task<string?> RunAsync(string folder, Action<string>? report, CancellationToken cancellationToken)
    {
        using var context = new MemoryStream();
        await WriteAsync(folder, context, cancellationToken);
        context.Position = 0;
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(context, cancellationToken))[..16];
        var built = $"built/{hash}";
        if (await bucket.FindTextAsync(built, cancellationToken) is not null)
        {
            return null;
        }

        var key = $"contexts/{hash}.zip";
        context.Position = 0;
        await clients.S3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = bucketName,
                Key = key,
                InputStream = context,
                AutoCloseStream = false,
            },
            cancellationToken
        );
        var started = await clients.CodeBuild.StartBuildAsync(
            new JsonObject
            {
                ["projectName"] = ImagesTemplate.Name,
                ["sourceTypeOverride"] = "S3",
                ["sourceLocationOverride"] = $"{bucketName}/{key}",
                ["environmentVariablesOverride"] = new JsonArray(
                    new JsonObject { ["name"] = "CONTEXT", ["value"] = hash }
                ),
            },
            cancellationToken
        );
        var id = started.Object("build")!.Text("id")!;
        var ended = await EndedAsync(id, report, cancellationToken);
        if (ended.Text("buildStatus") != "SUCCEEDED")
        {
            throw new UserError(id, $"is {ended.Text("buildStatus")}: {Failure(ended)}");
        }

        await bucket.PutTextAsync(built, id, cancellationToken);
        return id;
    }

    private Task<JsonObject> EndedAsync(string id, Action<string>? report, CancellationToken cancellationToken) =>
        new Polling(time, TimeSpan.FromSeconds(1)).UntilAsync(
            async () =>
            {
                var got = await clients.CodeBuild.BatchGetBuildsAsync(
                    new JsonObject { ["ids"] = new JsonArray(id) },
                    cancellationToken
                );
                var build = got.Objects("builds").Single();
                report?.Invoke(build.Text("currentPhase") ?? "");
                return build.Text("buildStatus") is null or "IN_PROGRESS" ? null : build;
            },
            cancellationToken
        );

    private static string Failure(JsonObject build) =>
        build
            .Objects("phases")
            .Where(phase => phase.Text("phaseStatus") == "FAILED")
            .SelectMany(phase => phase.Objects("contexts"))
            .Select(context => context.Text("message"))
            .FirstOrDefault()
        ?? $"see its log, {build.Object("logs")?.Text("groupName")}";

    private static async Task WriteAsync(string folder, Stream stream, CancellationToken cancellationToken)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (
            var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        )
        {
            var entry = zip.CreateEntry(Path.GetRelativePath(folder, file).Replace('\\', '/'));
            entry.LastWriteTime = Epoch;
            // Executable where it is here: the entry of an image is a script.
            entry.ExternalAttributes =
                (int)(OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(file)) << 16;
            await using var to = await entry.OpenAsync(cancellationToken);
            await using var from = File.OpenRead(file);
            await from.CopyToAsync(to, cancellationToken);
        }
    }
}
