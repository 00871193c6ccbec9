using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Client.Services;

public sealed class SageMakerRuntimeClient(AwsConnection connection) : AwsClient(connection, "sagemaker-runtime")
{
    /// <summary>Sends a body to an endpoint and returns the model's answer.</summary>
    /// <exception cref="Errors.AwsException">
    /// ModelError (424) if the model refused; its members give the reason.
    /// </exception>
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
