using System.Text;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Loop.Home;
using Plumbline.Loop.Registry;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.GroundTruth;

namespace Plumbline.Loop.Deployment;

/// <summary>
/// Invokes the endpoint with one held-out row: a server may pass its health check and still not answer. The answer is
/// captured like any other; <see cref="JoinKey.IsProbe"/> keeps it out of figures and queues.
/// </summary>
internal sealed class EndpointProbe(LoopContext loop)
{
    /// <summary>The error of the endpoint; null if it answers.</summary>
    public async Task<string?> FailureAsync(ModelVersion version, CancellationToken cancellationToken)
    {
        var file = Layout.DataSet(version.DataSetVersion) + DataSetBuilder.BaseFile;
        if (await loop.Bucket.LinesAsync(file, cancellationToken).FirstOrDefaultAsync(cancellationToken) is not { } row)
        {
            // Not registered by the training pipeline: its input format is unknown.
            return null;
        }

        var features = row[(row.IndexOf(',', StringComparison.Ordinal) + 1)..];
        var request = new InferenceRequest(loop.Names.Endpoint, Encoding.UTF8.GetBytes(features), "text/csv")
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
}
