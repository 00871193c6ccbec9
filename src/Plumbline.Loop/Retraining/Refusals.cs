using System.Globalization;
using Plumbline.Loop.Home;
using Plumbline.Loop.Training;
using Plumbline.Records;
using Plumbline.Records.Sources;

namespace Plumbline.Loop.Retraining;

/// <summary>
/// The reasons against a training that the loop asks for by itself. A person and a push are not refused for any of them.
/// </summary>
internal sealed class Refusals(LoopContext loop, RetrainingFacts facts)
{
    /// <summary>The first reason that needs no look at the base data; null without one.</summary>
    /// <param name="trigger">A trigger of the loop itself.</param>
    /// <param name="newest">The newest execution, which has ended; null before the first.</param>
    /// <param name="now">The cloud's time.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<string?> FindAsync(
        Trigger trigger,
        Execution? newest,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        CoolDown(newest, now)
        ?? await NotDueAsync(trigger, cancellationToken)
        ?? await BudgetAsync(now, cancellationToken);

    /// <summary>A sentence while the cool-down lasts, or null.</summary>
    public string? CoolDown(Execution? newest, DateTimeOffset now)
    {
        var coolDown = loop.Project.Retraining.CoolDown;
        return loop.Project.Retraining.CoolsDownUntil(newest?.Started, now) is { } until
            ? $"The cool-down of {Durations.Format(coolDown)} lasts until {until.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)}, since the newest training."
            : null;
    }

    /// <summary>
    /// A sentence if too few labels are newer than the newest registered version, or null. A version that awaits approval
    /// holds up a training only then: with enough labels that it has not learned, a newer one is trained. New base rows
    /// are labels, too; their number is known only when they are read.
    /// </summary>
    public async Task<string?> TooFewLabelsAsync(BaseChange? change, CancellationToken cancellationToken)
    {
        if (change is { IsGrowth: true })
        {
            return null;
        }

        var found = await facts.NewLabelsAsync(cancellationToken);
        var waiting = await facts.WaitingAsync(cancellationToken);
        var minimum = Math.Max(waiting is null ? 0 : 1, loop.Project.Retraining.MinNewLabels);
        if (found.Count >= minimum)
        {
            return null;
        }

        var few =
            $"{Plural.Of(found.Count, "new label", "new labels")} since the newest registered version; {Plural.Of(minimum, "is", "are")} needed.{found.SetAside}";
        return waiting is null
            ? $"Only {few}"
            : $"Version {waiting.Version} awaits approval: approve or reject it (`plumb approve {waiting.Version}`). A newer one takes more labels than the {few}";
    }

    /// <summary>The monitor asks by a quick look; here the stored records decide, so that an old event trains nothing.</summary>
    private async Task<string?> NotDueAsync(Trigger trigger, CancellationToken cancellationToken)
    {
        switch (trigger)
        {
            case Trigger.Change when !loop.Project.Retraining.OnChange:
                return "A change starts no training: `retraining.onChange` is false.";
            case Trigger.Change:
                var change = await facts.ChangeAsync(cancellationToken);
                return change is null ? "A change needs two measurements with a figure."
                    : change.IsDue ? null
                    : $"Nothing has changed since the newest version learned: {change.Sentence()}.";
            case Trigger.Growth:
                var growth = await facts.GrowthAsync(cancellationToken);
                return growth is null ? "Growth of labels counts from the first registered version."
                    : growth.IsDue ? null
                    : $"The labels have not grown enough: {growth.Sentence()}.";
            default:
                return null;
        }
    }

    private async Task<string?> BudgetAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        loop.Project.Retraining.Budget is null ? null : (await facts.SpendAsync(now, cancellationToken)).Refusal();
}
