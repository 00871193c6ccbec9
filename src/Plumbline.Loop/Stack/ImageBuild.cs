using System.Text.Json.Nodes;
using Amazon.S3;
using Amazon.S3.Model;
using Plumbline.Aws.Client;
using Plumbline.Aws.Views.CodeBuild;
using Plumbline.Loop.Home;
using Plumbline.Records;

namespace Plumbline.Loop.Stack;

/// <summary>Builds the images from a published CLI, on CodeBuild, unless images of the same files exist.</summary>
/// <param name="clients">The services.</param>
/// <param name="bucketName">The bucket of the images' stack.</param>
/// <param name="time">The clock of the polls.</param>
public sealed class ImageBuild(LoopClients clients, string bucketName, TimeProvider time)
{
    private readonly BucketClient bucket = new(clients.S3, bucketName);

    /// <summary>Uploads the context under its tag and waits for its build.</summary>
    /// <returns>The build's id; null if these images exist already.</returns>
    /// <exception cref="UserError">The build failed.</exception>
    public async Task<string?> RunAsync(
        ImageContext context,
        Action<string>? report,
        CancellationToken cancellationToken
    )
    {
        var built = $"built/{context.Tag}";
        if (await bucket.FindTextAsync(built, cancellationToken) is not null)
        {
            return null;
        }

        var key = $"contexts/{context.Tag}.zip";
        using var zip = new MemoryStream();
        await context.WriteAsync(zip, cancellationToken);
        zip.Position = 0;
        await clients.S3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = bucketName,
                Key = key,
                InputStream = zip,
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
                    new JsonObject { ["name"] = "TAG", ["value"] = context.Tag }
                ),
            },
            cancellationToken
        );
        var id = started.Build!.Id;
        var ended = await EndedAsync(id, report, cancellationToken);
        if (ended.BuildStatus != StatusType.Succeeded)
        {
            throw new UserError(id, $"is {ended.BuildStatus}: {Failure(ended)}");
        }

        await bucket.PutTextAsync(built, id, cancellationToken);
        return id;
    }

    private Task<Build> EndedAsync(string id, Action<string>? report, CancellationToken cancellationToken) =>
        new Polling(time, TimeSpan.FromSeconds(1)).UntilAsync(
            async () =>
            {
                var got = await clients.CodeBuild.BatchGetBuildsAsync(
                    new JsonObject { ["ids"] = new JsonArray(id) },
                    cancellationToken
                );
                var build = got.Builds.Single();
                report?.Invoke(build.CurrentPhase ?? "");
                return build.BuildStatus is null or StatusType.InProgress ? null : build;
            },
            cancellationToken
        );

    private static string Failure(Build build) =>
        build
            .Phases.Where(phase => phase.PhaseStatus == StatusType.Failed)
            .SelectMany(phase => phase.Contexts)
            .Select(context => context.Message)
            .FirstOrDefault()
        ?? $"see its log, {build.Logs?.GroupName}";
}
