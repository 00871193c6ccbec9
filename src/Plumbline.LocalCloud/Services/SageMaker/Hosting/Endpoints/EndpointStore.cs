using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Services.SageMaker.Hosting.ModelServers;
using Plumbline.LocalCloud.Services.SageMaker.Tags;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Endpoints;

/// <summary>
/// Endpoints and their fleets. Each step of an endpoint's life cycle is one write before the step takes effect, so a
/// restart can continue from the store.
/// </summary>
internal sealed class EndpointStore(Database database, CivilClock clock, EndpointEvents events, TagStore tags)
{
    private readonly Documents<EndpointState> endpoints = new("sagemaker/endpoint");
    private readonly Documents<FleetRecord> fleets = new("sagemaker/fleet");

    public static string ArnOf(string name) => SageMakerArn.OfLowerCase("endpoint", name);

    public StoredEndpoint Find(string name) => TryFind(name) ?? throw NotFound(name);

    public StoredEndpoint? TryFind(string name) => database.Read(connection => TryFind(connection, name));

    public IReadOnlyList<Document<EndpointState>> List() => database.Read(connection => endpoints.List(connection));

    /// <summary>Returns the fleets of all endpoints, including those that are being stopped.</summary>
    public IReadOnlyList<FleetRecord> Fleets() =>
        database.Read(connection => fleets.List(connection).Select(document => document.State).ToList());

    public FleetRecord FindFleet(string id) => database.Read(connection => fleets.Find(connection, id))!.State;

    /// <summary>Adds an endpoint with status Creating.</summary>
    public Task CreateAsync(CreateEndpointInput request, FleetRecord fleet)
    {
        var now = clock.GetUtcNow();
        var name = fleet.EndpointName;
        var endpoint = new DescribeEndpointOutput(
            new JsonObject
            {
                ["EndpointName"] = name,
                ["EndpointArn"] = ArnOf(name),
                ["EndpointStatus"] = EndpointStatus.Creating,
                ["CreationTime"] = Tree.Of(now),
                ["LastModifiedTime"] = Tree.Of(now),
            }
        );
        EndpointTree.Show(endpoint, fleet, now);
        if (request.DeploymentConfig is { } deployment)
        {
            endpoint.Tree["LastDeploymentConfig"] = deployment.Tree.DeepClone();
        }

        return database.WriteAsync(connection =>
        {
            if (!endpoints.TryAdd(connection, name, endpoint.Tree, new EndpointState { NextFleet = fleet.Id }, now))
            {
                throw SageMakerErrors.AlreadyExists("endpoint", ArnOf(name));
            }

            fleets.TryAdd(connection, fleet.Id, [], fleet, now, name);
            tags.Add(connection, ArnOf(name), request.Tree.Array("Tags"));
            events.AddStateChange(connection, endpoint);
        });
    }

    /// <summary>Begins an update: the endpoint becomes Updating.</summary>
    public Task BeginUpdateAsync(FleetRecord fleet, DeploymentConfig? deploymentConfig) =>
        ChangeAsync(
            fleet.EndpointName,
            EndpointStatus.Updating,
            (connection, endpoint, now) =>
            {
                RefuseInProgress(endpoint);
                fleets.TryAdd(connection, fleet.Id, [], fleet, now, fleet.EndpointName);
                endpoint.State.NextFleet = fleet.Id;
                endpoint.State.PendingDeploymentConfig = deploymentConfig?.Tree;
                endpoint.Described.Tree.Remove("FailureReason");
                EndpointTree.ShowPending(endpoint.Described, fleet, now);
            },
            isDeployment: true
        );

    /// <summary>
    /// Begins the bake, after traffic has moved to the next fleet. The old fleet stays ready until the civil time
    /// <paramref name="until"/>.
    /// </summary>
    public Task BeginBakeAsync(string name, DateTimeOffset until) =>
        ChangeAsync(
            name,
            status: null,
            (connection, endpoint, now) =>
            {
                endpoint.State.BakeUntil = until;
                EndpointTree.ShowVariantStatus(endpoint.Described, VariantStatus.Baking, now);
            },
            isDeployment: true
        );

    /// <summary>Makes the next fleet the endpoint's own: the endpoint becomes InService.</summary>
    public Task CompleteAsync(FleetRecord fleet) =>
        ChangeAsync(
            fleet.EndpointName,
            EndpointStatus.InService,
            (connection, endpoint, now) =>
            {
                if (endpoint.State.PendingDeploymentConfig is { } deployment)
                {
                    endpoint.Described.Tree["LastDeploymentConfig"] = deployment.DeepClone();
                }

                endpoint.State.Fleet = fleet.Id;
                ForgetUpdate(endpoint);
                EndpointTree.Show(endpoint.Described, fleet, now);
            },
            isDeployment: true
        );

    /// <summary>Begins to undo an update: the endpoint becomes RollingBack.</summary>
    public Task BeginRollbackAsync(string name, string reason) =>
        ChangeAsync(
            name,
            EndpointStatus.RollingBack,
            (connection, endpoint, now) =>
            {
                endpoint.Described.Tree["FailureReason"] = Shorten(reason);
                endpoint.State.BakeUntil = null;
                EndpointTree.ShowVariantStatus(endpoint.Described, VariantStatus.Deleting, now);
            },
            isDeployment: true
        );

    /// <summary>
    /// Ends a rollback, after the old fleet has all traffic: the endpoint becomes InService with its old configuration.
    /// It keeps its FailureReason.
    /// </summary>
    public Task CompleteRollbackAsync(string name) =>
        ChangeAsync(name, EndpointStatus.InService, (_, endpoint, _) => ForgetUpdate(endpoint), isDeployment: true);

    /// <summary>Makes an endpoint Failed that has no earlier fleet to roll back to.</summary>
    public Task FailAsync(string name, string reason) =>
        ChangeAsync(
            name,
            EndpointStatus.Failed,
            (_, endpoint, _) =>
            {
                endpoint.Described.Tree["FailureReason"] = Shorten(reason);
                ForgetUpdate(endpoint);
            }
        );

    /// <summary>Begins to delete an endpoint: it becomes Deleting.</summary>
    public Task BeginDeleteAsync(string name) =>
        ChangeAsync(name, EndpointStatus.Deleting, (_, endpoint, _) => RefuseInProgress(endpoint));

    /// <summary>Changes the weights and instance counts of variants.</summary>
    /// <param name="name">The endpoint.</param>
    /// <param name="change">Returns the servers with their new weights and counts, or throws.</param>
    public Task ReweighAsync(string name, Func<IReadOnlyList<ServerRecord>, IReadOnlyList<ServerRecord>> change) =>
        ChangeAsync(
            name,
            EndpointStatus.InService,
            (connection, endpoint, now) =>
            {
                RefuseInProgress(endpoint);
                var id = endpoint.State.Fleet ?? throw InProgress(endpoint);
                var fleet = fleets.Find(connection, id)!.State;
                fleet = fleet with { Servers = change(fleet.Servers) };
                fleets.TryReplace(connection, id, [], fleet, now);
                EndpointTree.Show(endpoint.Described, fleet, now);
            }
        );

    public Task RemoveFleetAsync(string id) => database.WriteAsync(connection => fleets.TryRemove(connection, id));

    public Task RemoveAsync(string name) =>
        database.WriteAsync(connection =>
        {
            endpoints.TryRemove(connection, name);
            tags.Forget(connection, ArnOf(name));
        });

    private static AwsException NotFound(string name) => SageMakerErrors.NotFound("endpoint", ArnOf(name));

    private static string Shorten(string reason) => reason.Length <= 1024 ? reason : reason[..1024];

    private static void ForgetUpdate(StoredEndpoint endpoint)
    {
        endpoint.State.ForgetUpdate();
        EndpointTree.HidePending(endpoint.Described);
    }

    private static void RefuseInProgress(StoredEndpoint endpoint)
    {
        if (endpoint.Status is not (EndpointStatus.InService or EndpointStatus.Failed))
        {
            throw InProgress(endpoint);
        }
    }

    private static AwsException InProgress(StoredEndpoint endpoint) =>
        SageMakerErrors.Validation($"Cannot update in-progress endpoint \"{endpoint.Described.EndpointArn}\".");

    private StoredEndpoint? TryFind(SqliteConnection connection, string name) =>
        endpoints.Find(connection, name) is { } document
            ? new StoredEndpoint(new DescribeEndpointOutput(document.Tree), document.State)
            : null;

    private Task ChangeAsync(
        string name,
        string? status,
        Action<SqliteConnection, StoredEndpoint, DateTimeOffset> change,
        bool isDeployment = false
    )
    {
        var now = clock.GetUtcNow();
        return database.WriteAsync(connection =>
        {
            var endpoint = TryFind(connection, name) ?? throw NotFound(name);
            var (described, before) = (endpoint.Described, endpoint.Status);
            change(connection, endpoint, now);
            described.Tree["EndpointStatus"] = status ?? before;
            described.Tree["LastModifiedTime"] = Tree.Of(now);
            endpoints.TryReplace(connection, name, described.Tree, endpoint.State, now);
            if (status is not null && status != before)
            {
                events.AddStateChange(connection, described);
            }

            if (isDeployment && before != EndpointStatus.Creating)
            {
                events.AddDeploymentStateChange(connection, described);
            }
        });
    }
}
