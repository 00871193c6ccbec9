using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Client.Services;

/// <summary>SageMaker Runtime: asks an endpoint.</summary>
public sealed class SageMakerRuntimeClient(AwsConnection connection) : AwsClient(connection, "sagemaker-runtime")
{
    /// <summary>Sends a body to an endpoint and gives back what the model answers.</summary>
    /// <exception cref="Errors.AwsException">ModelError (424) where the model refused; its members say why.</exception>
    public async Task<Inference> InvokeEndpointAsync(
        InferenceRequest request,
        CancellationToken cancellationToken = default
    )
    {
        var operation = Find("InvokeEndpoint");
        var response = await SendAsync(operation, request.Members(), request.Body, cancellationToken);
        var members = Read(operation, response);
        return new Inference(response.Body, members.Text("ContentType"), members.Text("InvokedProductionVariant"));
    }
}
