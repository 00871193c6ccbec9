using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Plumbline.Aws.Arns;
using Plumbline.Aws.Client.Endpoints;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.Loop.Home;

namespace Plumbline.Loop.Registry;

/// <summary>The model that the endpoint answers with.</summary>
/// <param name="Status">The endpoint's status.</param>
/// <param name="EndpointConfig">The configuration in force.</param>
/// <param name="Model">The model behind it.</param>
/// <param name="PackageArn">The version behind that; null if the model was not made from a version.</param>
/// <param name="FailureReason">The reason if the last change failed.</param>
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
    /// True if a person or a scaling policy has changed the number of instances since the last update: the next update
    /// keeps that number.
    /// </summary>
    [JsonIgnore]
    public bool IsScaled { get; init; }

    /// <summary>The version's number; null if the model was not made from a version.</summary>
    public string? Version => Arn.NameOf(PackageArn);

    public string VersionText => Version is null ? "a model that is not a version" : $"version {Version}";
}

/// <summary>Finds the version in production: the package of the model in the endpoint's configuration.</summary>
public sealed class ProductionModel(LoopContext loop)
{
    /// <summary>The model in production; null without an endpoint.</summary>
    public async Task<Production?> FindAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            var live = await EndpointModel.FindAsync(loop.Clients.SageMaker, loop.Names.Endpoint, cancellationToken);
            if (live is null)
            {
                return null;
            }

            var endpoint = live.Endpoint;
            return new Production(
                endpoint.EndpointStatus,
                live.ConfigName,
                live.ModelName,
                live.PackageArn,
                endpoint.FailureReason
            )
            {
                LastAlarms =
                [
                    .. (endpoint.LastDeploymentConfig?.AutoRollbackConfiguration?.Alarms ?? []).Select(alarm =>
                        alarm.AlarmName
                    ),
                ],
                IsScaled =
                    endpoint.ProductionVariants.FirstOrDefault()?.DesiredInstanceCount is { } wanted
                    && wanted != live.Config.ProductionVariants.First().InitialInstanceCount,
            };
        }
        catch (AwsException missing) when (missing.IsMissing())
        {
            // The configuration or the model was deleted while the endpoint is there.
            return null;
        }
    }

    /// <summary>Deletes the endpoint, if there is one; models and configurations cost nothing and stay.</summary>
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
            // It never existed, or an earlier call deleted it.
        }
    }
}
