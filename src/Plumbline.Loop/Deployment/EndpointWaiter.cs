namespace Plumbline.Loop.Deployment;

/// <summary>Waits while the endpoint is changing.</summary>
internal sealed class EndpointWaiter(LoopContext loop, TimeProvider time)
{
    private static readonly string[] Changing = ["Creating", "Updating", "SystemUpdating", "RollingBack", "Deleting"];
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>What is in production once nothing changes any more; null where there is no endpoint.</summary>
    public async Task<Production?> SettledAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var production = await new ProductionModel(loop).FindAsync(cancellationToken);
            if (production is null || !Changing.Contains(production.Status))
            {
                return production;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }
}
