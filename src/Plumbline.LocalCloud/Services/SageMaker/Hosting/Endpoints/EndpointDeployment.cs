using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Endpoints;

/// <summary>
/// Moves an endpoint through its life cycle, one step at a time. Every step starts from the stored state, so it can be
/// repeated after a crash. Traffic moves in memory, before the step's result is stored.
/// </summary>
internal sealed class EndpointDeployment(
    EndpointStore store,
    Fleets fleets,
    DeploymentAlarms alarms,
    CivilClock clock,
    Scheduler scheduler
)
{
    private static readonly TimeSpan AlarmPause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan AlarmGrace = TimeSpan.FromSeconds(1);

    /// <summary>Takes the next step. Returns false if the endpoint has no more steps until it is changed.</summary>
    public async Task<bool> StepAsync(string name, CancellationToken stopping)
    {
        if (store.TryFind(name) is not { } endpoint)
        {
            return false;
        }

        switch (endpoint.Status)
        {
            case EndpointStatus.Creating:
            case EndpointStatus.Updating when endpoint.State.BakeUntil is null:
                await StartAsync(endpoint, stopping);
                return true;
            case EndpointStatus.Updating:
                await BakeAsync(endpoint, stopping);
                return true;
            case EndpointStatus.RollingBack:
                await RollBackAsync(endpoint);
                return true;
            case EndpointStatus.Deleting:
                await DeleteAsync(endpoint);
                return false;
            default:
                Serve(endpoint);
                return false;
        }
    }

    /// <summary>Starts the next fleet while the old one serves; traffic moves when the next fleet is healthy.</summary>
    private async Task StartAsync(StoredEndpoint endpoint, CancellationToken stopping)
    {
        var name = endpoint.Name;
        Serve(endpoint);
        var next = store.FindFleet(endpoint.State.NextFleet!);
        var policy = endpoint.State.Policy;
        var reason =
            await fleets.Keep(next).StartedAsync(stopping)
            ?? await alarms.ReasonAsync(policy.Alarms, next.RoleArn, stopping);
        if (reason is null)
        {
            fleets.Publish(next);
            await (
                endpoint.Status == EndpointStatus.Creating
                    ? store.CompleteAsync(next)
                    : store.BeginBakeAsync(name, clock.GetUtcNow() + policy.Bake)
            );
        }
        else if (endpoint.State.Fleet is not null)
        {
            await store.BeginRollbackAsync(name, reason);
        }
        else
        {
            await store.FailAsync(name, reason);
            _ = fleets.RetireAsync(next.Id);
        }
    }

    /// <summary>Keeps the old fleet ready until the bake time is over or an alarm goes off.</summary>
    private async Task BakeAsync(StoredEndpoint endpoint, CancellationToken stopping)
    {
        var next = store.FindFleet(endpoint.State.NextFleet!);
        fleets.Keep(next);
        fleets.Publish(next);
        if (endpoint.State.Fleet is { } old)
        {
            fleets.Keep(store.FindFleet(old));
        }

        if (
            await WatchAsync(endpoint.State.Policy, next.RoleArn, endpoint.State.BakeUntil!.Value, stopping) is
            { } reason
        )
        {
            await (
                endpoint.State.Fleet is not null
                    ? store.BeginRollbackAsync(next.EndpointName, reason)
                    : store.FailAsync(next.EndpointName, reason)
            );
            return;
        }

        await store.CompleteAsync(next);
        if (endpoint.State.Fleet is { } replaced)
        {
            _ = fleets.RetireAsync(replaced);
        }
    }

    /// <summary>Waits until the civil time. Returns null, or the reason why the update must be rolled back.</summary>
    private async Task<string?> WatchAsync(
        DeploymentPolicy policy,
        string? role,
        DateTimeOffset until,
        CancellationToken stopping
    )
    {
        if (policy.Alarms.Count == 0)
        {
            await UntilAsync(until, stopping);
            return null;
        }

        while (clock.GetUtcNow() < until)
        {
            if (await alarms.ReasonAsync(policy.Alarms, role, stopping) is { } reason)
            {
                return reason;
            }

            await ProcessTime.Delay(AlarmPause, stopping);
        }

        // If the civil clock was moved forward, CloudWatch may still be evaluating the alarms of the skipped time.
        if (policy.Bake > TimeSpan.Zero)
        {
            await ProcessTime.Delay(AlarmGrace, stopping);
        }

        return await alarms.ReasonAsync(policy.Alarms, role, stopping);
    }

    private async Task UntilAsync(DateTimeOffset until, CancellationToken stopping)
    {
        var due = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var entry = scheduler.At(
            until,
            _ =>
            {
                due.TrySetResult();
                return Task.CompletedTask;
            }
        );
        await due.Task.WaitAsync(stopping);
    }

    private async Task RollBackAsync(StoredEndpoint endpoint)
    {
        Serve(endpoint);
        var next = endpoint.State.NextFleet!;
        await store.CompleteRollbackAsync(endpoint.Name);
        _ = fleets.RetireAsync(next);
    }

    private async Task DeleteAsync(StoredEndpoint endpoint)
    {
        var name = endpoint.Name;
        fleets.Withdraw(name);
        foreach (var id in new[] { endpoint.State.Fleet, endpoint.State.NextFleet }.OfType<string>())
        {
            await fleets.RetireAsync(id);
        }

        await store.RemoveAsync(name);
    }

    /// <summary>Keeps the endpoint's current fleet running, and routes traffic to it.</summary>
    private void Serve(StoredEndpoint endpoint)
    {
        if (endpoint.State.Fleet is { } id)
        {
            var record = store.FindFleet(id);
            fleets.Keep(record);
            fleets.Publish(record);
        }
    }
}
