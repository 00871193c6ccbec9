using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Formats;
using Plumbline.Aws.Formats.Pipelines;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Expressions;

/// <summary>Fetches the JSON files that Std:JsonGet functions read, with the rights of the pipeline's role.</summary>
internal sealed class PropertyFileReader(Dispatcher dispatcher)
{
    private const long LargestFile = 16L * 1024 * 1024;

    /// <summary>Adds the files that a tree's functions read to <paramref name="files"/>, if missing.</summary>
    /// <exception cref="StepFailedException">A file is missing, is not JSON, or is larger than 16 MiB.</exception>
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
            ?? throw new StepFailedException(
                $"JsonGet cannot read {uri}: it is not the S3 URI of an object, such as s3://bucket/key."
            );
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
