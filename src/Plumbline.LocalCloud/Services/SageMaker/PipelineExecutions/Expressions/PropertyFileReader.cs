using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Formats;
using Plumbline.Aws.Formats.Pipelines;
using Plumbline.LocalCloud.Gateway;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Expressions;

/// <summary>Fetches the JSON files that Std:JsonGet functions read, in the name of the pipeline's role.</summary>
public sealed class PropertyFileReader(Dispatcher dispatcher)
{
    private const long LargestFile = 16L * 1024 * 1024;

    /// <summary>Fetches the files that a tree's functions read and that <paramref name="files"/> lacks.</summary>
    /// <exception cref="StepFailedException">A file is missing, or is not JSON, or has more than 16 MiB.</exception>
    internal async Task ReadAsync(
        JsonNode tree,
        Evaluation evaluation,
        Dictionary<string, JsonNode> files,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        foreach (var function in Expression.JsonGets(tree))
        {
            var file = evaluation.FileOf(function);
            if (!files.ContainsKey(file))
            {
                files[file] = await ReadOneAsync(file, caller, cancellationToken);
            }
        }
    }

    private async Task<JsonNode> ReadOneAsync(string uri, Caller caller, CancellationToken cancellationToken)
    {
        var file =
            S3Uri.TryParseObject(uri)
            ?? throw new StepFailedException($"JsonGet cannot read {uri}: it is not the S3 URI of an object.");
        var input = new JsonObject { ["Bucket"] = file.Bucket, ["Key"] = file.Key };
        try
        {
            var reply = await dispatcher.ReplyAsync("s3", "GetObject", input, caller, body: null, cancellationToken);
            if (reply.BodyLength is not <= LargestFile)
            {
                throw new JsonException($"The file has more than {LargestFile} bytes.");
            }

            using var bytes = new MemoryStream();
            await reply.WriteBodyAsync!(bytes, cancellationToken);
            bytes.Position = 0;
            return JsonNode.Parse(bytes) ?? throw new JsonException("The file holds null.");
        }
        catch (Exception exception) when (exception is AwsException or JsonException or IOException)
        {
            throw new StepFailedException($"JsonGet cannot read {uri}: {exception.Message}", exception);
        }
    }
}
