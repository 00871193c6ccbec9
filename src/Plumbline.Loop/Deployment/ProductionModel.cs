using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;

namespace Plumbline.Loop.Deployment;

/// <summary>The model that the endpoint answers with.</summary>
/// <param name="Status">The endpoint's status.</param>
/// <param name="EndpointConfig">The configuration in force.</param>
/// <param name="Model">The model behind it.</param>
/// <param name="PackageArn">The version behind that; null where the model was not made from one.</param>
/// <param name="FailureReason">Why the last change failed, where it did.</param>
public sealed record Production(
    string Status,
    string EndpointConfig,
    string Model,
    string? PackageArn,
    string? FailureReason
)
{
    /// <summary>The alarms that watched the last update.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> LastAlarms { get; init; } = [];

    /// <summary>
    /// Somebody, or a scaling policy of theirs, has changed the number of instances since the configuration came into force: the next
    /// one leaves it as it is.
    /// </summary>
    [JsonIgnore]
    public bool IsScaled { get; init; }

    /// <summary>The version's number; null where the model was not made from one.</summary>
    public string? Version => PackageArn?.Split('/')[^1];

    /// <summary>The version in words.</summary>
    public string VersionText => Version is null ? "a model that is not a version" : $"version {Version}";
}

/// <summary>Production is the package behind the endpoint's configuration's model: nothing else says so.</summary>
public sealed class ProductionModel(LoopContext loop)
{
    /// <summary>The model in production; null where there is no endpoint.</summary>
    public async Task<Production?> FindAsync(CancellationToken cancellationToken = default)
    {
        var sageMaker = loop.Clients.SageMaker;
        try
        {
            var endpoint = await sageMaker.DescribeEndpointAsync(
                new JsonObject { ["EndpointName"] = loop.Names.Endpoint },
                cancellationToken
            );
            var name = endpoint.Text("EndpointConfigName")!;
            var config = await sageMaker.DescribeEndpointConfigAsync(
                new JsonObject { ["EndpointConfigName"] = name },
                cancellationToken
            );
            var modelName = config.Objects("ProductionVariants").First().Text("ModelName")!;
            var model = await sageMaker.DescribeModelAsync(
                new JsonObject { ["ModelName"] = modelName },
                cancellationToken
            );
            var container = model.Object("PrimaryContainer") ?? model.Objects("Containers").FirstOrDefault();
            return new Production(
                endpoint.Text("EndpointStatus")!,
                name,
                modelName,
                container?.Text("ModelPackageName"),
                endpoint.Text("FailureReason")
            )
            {
                LastAlarms = AlarmsOf(endpoint.Object("LastDeploymentConfig")),
                IsScaled =
                    endpoint.Objects("ProductionVariants").FirstOrDefault()?.Int("DesiredInstanceCount") is { } wanted
                    && wanted != config.Objects("ProductionVariants").First().Int("InitialInstanceCount"),
            };
        }
        catch (AwsException missing) when (missing.IsMissing())
        {
            return null;
        }
    }

    private static IReadOnlyList<string> AlarmsOf(JsonObject? deployment) =>
        [
            .. (deployment?.Object("AutoRollbackConfiguration") ?? [])
                .Objects("Alarms")
                .Select(alarm => alarm.Text("AlarmName")!),
        ];

    /// <summary>Takes the endpoint down, if there is one; its models and configurations cost nothing and stay.</summary>
    public async Task RemoveAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await loop.Clients.SageMaker.DeleteEndpointAsync(
                new JsonObject { ["EndpointName"] = loop.Names.Endpoint },
                cancellationToken
            );
        }
        catch (AwsException missing) when (missing.IsMissing())
        {
            // It never was, or an earlier call took it down.
        }
    }
}
