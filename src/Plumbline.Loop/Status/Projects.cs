using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Plumbline.Aws.Client;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Formats;
using Plumbline.Aws.Protocols;
using Plumbline.Loop.Home;
using Plumbline.Loop.Training;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Status;

/// <summary>
/// Finds the projects of a cloud: each project has a training pipeline, and a parameter of that pipeline names the
/// project's description in S3.
/// </summary>
public sealed class Projects(LoopClients clients)
{
    private static readonly string PipelineEnd = new LoopNames("", "", "").TrainingPipeline;

    /// <summary>Contexts by the URI of the description, which changes with the description's content.</summary>
    private readonly ConcurrentDictionary<S3Uri, LoopContext> known = new();

    /// <summary>The names of all projects.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellationToken = default)
    {
        var names = new List<string>();
        var pipelines = clients.SageMaker.ListPipelinesPagedAsync([], cancellationToken);
        await foreach (var pipeline in pipelines)
        {
            var name = pipeline.PipelineName;
            if (name.EndsWith(PipelineEnd, StringComparison.Ordinal))
            {
                names.Add(name[..^PipelineEnd.Length]);
            }
        }

        names.Sort(StringComparer.Ordinal);
        return names;
    }

    /// <summary>A project's loop; null if the project does not exist, or its first build has not run yet.</summary>
    public async Task<LoopContext?> FindAsync(string name, CancellationToken cancellationToken = default)
    {
        if (S3Uri.TryParseObject(await DescriptionUriAsync(name + PipelineEnd, cancellationToken)) is not { } uri)
        {
            return null;
        }

        if (known.TryGetValue(uri, out var there))
        {
            return there;
        }

        return await new BucketClient(clients.S3, uri.Bucket).FindTextAsync(uri.Key, cancellationToken) is { } json
            ? known[uri] = await LoopContext.CreateAsync(ProjectDescription.FromJson(json), clients, cancellationToken)
            : null;
    }

    private async Task<string?> DescriptionUriAsync(string pipeline, CancellationToken cancellationToken)
    {
        try
        {
            var described = await clients.SageMaker.DescribePipelineAsync(
                new JsonObject { ["PipelineName"] = pipeline },
                cancellationToken
            );
            var uri = JsonNode
                .Parse(described.PipelineDefinition)!
                .AsObject()
                .Objects("Parameters")
                .FirstOrDefault(parameter => parameter.Text("Name") == TrainingParameters.ProjectUri)
                ?.Text("DefaultValue");
            return uri?.EndsWith(".json", StringComparison.Ordinal) == true ? uri : null;
        }
        catch (AwsException missing) when (missing.Status is 400 or 404)
        {
            return null;
        }
    }
}
