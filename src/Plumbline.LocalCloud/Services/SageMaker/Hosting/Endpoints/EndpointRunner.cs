using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Time;
using Channel = System.Threading.Channels.Channel;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Endpoints;

/// <summary>
/// Runs all endpoints, with one worker each. Model servers outlive the local cloud: at start the runner finds those
/// that still run and routes to them before the first request is accepted; at stop it leaves them running.
/// </summary>
internal sealed class EndpointRunner(
    EndpointStore store,
    Fleets fleets,
    EndpointDeployment deployment,
    ILogger<EndpointRunner> log
) : IHostedService, IDisposable
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<string, Worker> workers = new();

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var records = store.Fleets().ToDictionary(fleet => fleet.Id);
        var unwanted = records.Keys.ToHashSet();
        foreach (var record in records.Values)
        {
            fleets.Adopt(record);
        }

        var endpoints = store.List().ToDictionary(document => document.Key);
        Rounds.Each(
            log,
            endpoints.Keys,
            name =>
            {
                var (endpoint, state) = (new DescribeEndpointOutput(endpoints[name].Tree), endpoints[name].State);
                unwanted.ExceptWith(new[] { state.Fleet, state.NextFleet }.OfType<string>());
                var serving = state.BakeUntil is null ? state.Fleet : state.NextFleet;
                if (serving is not null && endpoint.EndpointStatus != EndpointStatus.Deleting)
                {
                    fleets.Publish(records[serving]);
                }
            }
        );
        Rounds.Each(log, endpoints.Keys, Wake);

        foreach (var id in unwanted)
        {
            _ = fleets.RetireAsync(id);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await Task.WhenAll(workers.Values.Select(worker => worker.Running)).WaitAsync(cancellationToken);
        await fleets.StopAsync().WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => stopping.Dispose();

    /// <summary>Makes the endpoint's worker act on a change of the endpoint.</summary>
    public void Wake(string name) =>
        workers.GetOrAdd(name, _ => new Worker(token => WorkAsync(name, token), stopping.Token)).Wake();

    private async Task WorkAsync(string name, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                while (await deployment.StepAsync(name, cancellationToken)) { }

                return;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                Log.EndpointStepFailed(log, name, exception);
                await ProcessTime.Delay(RetryPause, cancellationToken);
            }
        }
    }

    /// <summary>Several wakes during one round of work cause only one more round.</summary>
    private sealed class Worker
    {
        private readonly Channel<bool> wakes = Channel.CreateBounded<bool>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
        );

        public Worker(Func<CancellationToken, Task> work, CancellationToken stopping) =>
            Running = Task.Run(() => RunAsync(work, stopping), CancellationToken.None);

        public Task Running { get; }

        public void Wake() => wakes.Writer.TryWrite(true);

        private async Task RunAsync(Func<CancellationToken, Task> work, CancellationToken stopping)
        {
            try
            {
                while (true)
                {
                    await wakes.Reader.ReadAsync(stopping);
                    await work(stopping);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // The local cloud stops; its next start continues from the store.
            }
        }
    }
}
