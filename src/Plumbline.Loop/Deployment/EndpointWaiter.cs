using Plumbline.Aws.Views.SageMaker;
using Plumbline.Loop.Home;
using Plumbline.Loop.Registry;

namespace Plumbline.Loop.Deployment;

/// <summary>Waits while the endpoint is changing.</summary>
internal sealed class EndpointWaiter(LoopContext loop, TimeProvider time)
{
    private static readonly string[] Changing =
    [
        EndpointStatus.Creating,
        EndpointStatus.Updating,
        EndpointStatus.SystemUpdating,
        EndpointStatus.RollingBack,
        EndpointStatus.Deleting,
    ];
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>The production model once the endpoint is stable; null without an endpoint.</summary>
    public async Task<Production?> SettledAsync(CancellationToken cancellationToken)
    {
        var settled = await new Polling(time, Pause).UntilAsync(
            async () =>
            {
                var production = await new ProductionModel(loop).FindAsync(cancellationToken);
                return production is not null && Changing.Contains(production.Status) ? null : new Settled(production);
            },
            cancellationToken
        );
        return settled.Production;
    }

    private sealed record Settled(Production? Production);
}
