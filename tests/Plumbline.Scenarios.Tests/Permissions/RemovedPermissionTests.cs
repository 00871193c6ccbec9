using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Scenarios.Tests.OnAws;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.Permissions;

/// <summary>
/// Each permission of the roles is needed: the loop stops without any of them, except those with a reason in
/// docs/permissions.md.
/// </summary>
[Trait(Nightly.Part, "permissions")]
public sealed class RemovedPermissionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [NightlyFact("git", "bwrap")]
    public async Task Without_one_permission_of_its_roles_the_loop_does_not_go_round()
    {
        var needed = Templates.OfTheDemo().Except(ReviewedTable.Permissions()).OrderBy(one => one.ToString()).ToArray();
        Seeds.Random(17).Shuffle(needed);

        foreach (var removed in needed.Take(8))
        {
            (await GoesRoundWithoutAsync(removed)).ShouldBeFalse($"the loop goes round without {removed}");
            Nightly.Note("permissions", $"stops without {removed}");
        }
    }

    private static async Task<bool> GoesRoundWithoutAsync(Permission removed)
    {
        await using var running = await RunningLoop.StartAsync(
            Regions.Quickly,
            data: Regions.BaseData(),
            onStack: true,
            policies: (role, document) =>
                role.EndsWith($"-{removed.Actor}", StringComparison.Ordinal) ? Without(removed, document) : document
        );
        var days = new Days(running);
        var round = new LoopRound(running.Loop, arguments => running.PlumbAsync(arguments), Patience);
        try
        {
            await round.GoAsync(() => Regions.PassAsync(days, 1, "drifted"));
            return true;
        }
        catch (Exception stopped)
            when (stopped
                    is TimeoutException
                        or ShouldAssertException
                        or InvalidOperationException
                        or Aws.Errors.AwsException
            )
        {
            return false;
        }
    }

    /// <summary>A policy without one action on one resource: one statement for each remaining pair.</summary>
    private static JsonObject Without(Permission removed, JsonObject document) =>
        new()
        {
            ["Version"] = "2012-10-17",
            ["Statement"] = new JsonArray([
                .. from statement in document.Objects("Statement")
                from action in statement.Texts("Action")
                from resource in statement.Texts("Resource")
                let to = statement.Object("Condition")?.Object("StringEquals")?.Text("iam:PassedToService")
                let pair = new Permission(
                    removed.Actor,
                    to is null ? action : $"{action} to {to}",
                    Permission.Named(resource, "moons")
                )
                where pair != removed
                select Of(statement, action, resource),
            ]),
        };

    private static JsonNode Of(JsonObject statement, string action, string resource)
    {
        var one = statement.DeepClone().AsObject();
        one["Action"] = action;
        one["Resource"] = resource;
        return one;
    }
}
