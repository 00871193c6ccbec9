using System.Text;
using Plumbline.Aws.Client;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Formats;
using Plumbline.Loop.Home;
using Plumbline.Loop.Registry;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Examples;
using Plumbline.Records.GroundTruth;

namespace Plumbline.Loop.Deployment;

/// <summary>
/// Invokes the endpoint with one held-out example: a server may pass its health check and still not answer. The answer is
/// captured like any other; <see cref="JoinKey.IsProbe"/> keeps it out of figures and queues.
/// </summary>
internal sealed class EndpointProbe(LoopContext loop)
{
    /// <summary>The error of the endpoint; null if it answers.</summary>
    public async Task<string?> FailureAsync(ModelVersion version, CancellationToken cancellationToken)
    {
        var prefix = Layout.DataSet(version.DataSetVersion);
        var file = prefix + DataSetFiles.Of(loop.Project.Data.IsContent()).Base;
        if (await loop.Bucket.LinesAsync(file, cancellationToken).FirstOrDefaultAsync(cancellationToken) is not { } row)
        {
            // Not registered by the training pipeline: its input format is unknown.
            return null;
        }

        var (body, type) = await RequestAsync(row, cancellationToken);
        var request = new InferenceRequest(loop.Names.Endpoint, body, type)
        {
            Accept = "application/json",
            InferenceId = JoinKey.ProbePrefix + Guid.NewGuid(),
        };
        try
        {
            await loop.Clients.Runtime.InvokeEndpointAsync(request, cancellationToken);
            return null;
        }
        catch (AwsException refusal)
        {
            return $"{refusal.Code}: {refusal.Message}";
        }
    }

    /// <summary>The request about a held-out example, as callers send it.</summary>
    private async Task<(byte[] Body, string Type)> RequestAsync(string line, CancellationToken cancellationToken)
    {
        if (!loop.Project.Data.IsContent())
        {
            return (Encoding.UTF8.GetBytes(DataSetFiles.InputOf(line)), "text/csv");
        }

        var example = RecordJson.Read<Example>(line, "the held-out examples");
        var place = S3Uri.TryParseObject(example.SourceRef) ?? new S3Uri(loop.Bucket.Name, example.Content.Key);
        var body =
            await new BucketClient(loop.Clients.S3, place.Bucket).FindBytesAsync(place.Key, cancellationToken)
            ?? throw new UserError(place.ToString(), "is missing: write it again, or train again without it");
        return (body, example.Content.Type);
    }
}
