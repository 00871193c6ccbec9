namespace Plumbline.Loop.Retraining;

/// <summary>The dollars of one execution.</summary>
/// <param name="Training">For its training jobs.</param>
/// <param name="Processing">For its processing jobs.</param>
/// <param name="Jobs">The number of its training jobs.</param>
public sealed record ExecutionCost(decimal Training = 0, decimal Processing = 0, int Jobs = 0)
{
    /// <summary>The newest executions tell what the next one costs: jobs take longer as the data grows.</summary>
    public const int Newest = 3;

    // The old and the new model. An execution that trained one first model says little about the next one.
    private const int Models = 2;

    /// <summary>The instance types without a known price.</summary>
    public IReadOnlyList<string> Unpriced { get; init; } = [];

    private decimal Next => Processing + (Jobs == 0 ? 0 : Training / Jobs * Math.Max(Models, Jobs));

    /// <summary>
    /// The expected dollars of the next execution: the dearest of the newest three and of the newest that trained all
    /// candidates, because those three may be refreshes, which cost less. Null without executions.
    /// </summary>
    /// <param name="succeeded">Executions that have ended well, the newest first.</param>
    public static decimal? NextOf(IEnumerable<ExecutionCost> succeeded)
    {
        ExecutionCost[] all = [.. succeeded];
        return all.Take(Newest).Concat(all.Where(one => one.Jobs >= Models).Take(1)).Max(one => (decimal?)one.Next);
    }
}
