using System.Text.Json.Nodes;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Views.SageMaker;

namespace Plumbline.Aws.Client.Endpoints;

/// <summary>The model that an endpoint answers with, and the descriptions that lead to it.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Config">The configuration in force.</param>
/// <param name="Model">The model of the configuration's first variant.</param>
public sealed record EndpointModel(
    DescribeEndpointOutput Endpoint,
    DescribeEndpointConfigOutput Config,
    DescribeModelOutput Model
)
{
    public string ConfigName => Endpoint.EndpointConfigName;

    public string ModelName => ModelOf(Config);

    /// <summary>The model package that the model was made from; null for a model from elsewhere.</summary>
    public string? PackageArn => (Model.PrimaryContainer ?? Model.Containers.FirstOrDefault())?.ModelPackageName;

    /// <summary>Follows an endpoint to its model; null without an endpoint of this name.</summary>
    /// <exception cref="AwsException">The configuration or the model is missing, or a call failed.</exception>
    public static async Task<EndpointModel?> FindAsync(
        SageMakerClient sageMaker,
        string endpointName,
        CancellationToken cancellationToken
    )
    {
        DescribeEndpointOutput endpoint;
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
            new JsonObject { ["EndpointConfigName"] = endpoint.EndpointConfigName },
            cancellationToken
        );
        var model = await sageMaker.DescribeModelAsync(
            new JsonObject { ["ModelName"] = ModelOf(config) },
            cancellationToken
        );
        return new EndpointModel(endpoint, config, model);
    }

    private static string ModelOf(DescribeEndpointConfigOutput config) => config.ProductionVariants.First().ModelName;
}
