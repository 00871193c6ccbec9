using System.Text.Json.Nodes;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Client.Endpoints;

/// <summary>The model that an endpoint answers with, and the descriptions that lead to it.</summary>
/// <param name="Endpoint">The answer of DescribeEndpoint.</param>
/// <param name="Config">The answer of DescribeEndpointConfig for the configuration in force.</param>
/// <param name="Model">The answer of DescribeModel for the model of the configuration's first variant.</param>
public sealed record EndpointModel(JsonObject Endpoint, JsonObject Config, JsonObject Model)
{
    public string ConfigName => ConfigOf(Endpoint);

    public string ModelName => ModelOf(Config);

    /// <summary>The model package that the model was made from; null for a model from elsewhere.</summary>
    public string? PackageArn =>
        (Model.Object("PrimaryContainer") ?? Model.Objects("Containers").FirstOrDefault())?.Text("ModelPackageName");

    /// <summary>Follows an endpoint to its model; null without an endpoint of this name.</summary>
    /// <exception cref="AwsException">The configuration or the model is missing, or a call failed.</exception>
    public static async Task<EndpointModel?> FindAsync(
        SageMakerClient sageMaker,
        string endpointName,
        CancellationToken cancellationToken
    )
    {
        JsonObject endpoint;
        try
        {
            endpoint = await sageMaker.DescribeEndpointAsync(
                new JsonObject { ["EndpointName"] = endpointName },
                cancellationToken
            );
        }
        catch (AwsException missing) when (missing.IsMissing())
        {
            return null;
        }

        var config = await sageMaker.DescribeEndpointConfigAsync(
            new JsonObject { ["EndpointConfigName"] = ConfigOf(endpoint) },
            cancellationToken
        );
        var model = await sageMaker.DescribeModelAsync(
            new JsonObject { ["ModelName"] = ModelOf(config) },
            cancellationToken
        );
        return new EndpointModel(endpoint, config, model);
    }

    private static string ConfigOf(JsonObject endpoint) => Required(endpoint, "EndpointConfigName");

    private static string ModelOf(JsonObject config) =>
        Required(config.Objects("ProductionVariants").FirstOrDefault(), "ModelName");

    private static string Required(JsonObject? answer, string member) =>
        answer?.Text(member) ?? throw new AwsException("InvalidResponse", 500, $"SageMaker's answer has no {member}.");
}
