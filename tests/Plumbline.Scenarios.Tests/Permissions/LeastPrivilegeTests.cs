using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.Permissions;

/// <summary>
/// Compares the roles of the stack with the demo's recorded actions, and with a reviewed table of permissions that the
/// recording does not show.
/// </summary>
[Collection(DemoCollection.Name)]
public sealed class LeastPrivilegeTests(DemoRun demo)
{
    [ProgramFact("git", "bwrap")]
    public async Task A_role_allows_all_that_was_asked_for_in_its_name()
    {
        var allowed = Templates.Permissions();
        var recorded = await RecordedActors.OfAsync(demo);

        recorded
            .Select(one => one.Asked.Actor)
            .Distinct()
            .ShouldBe(["build", "deploy", "pipeline", "job", "endpoint", "events"], ignoreOrder: true);
        recorded.Where(one => one.Answer != "Allow").ShouldBeEmpty();
        recorded.Where(one => !allowed.Any(permission => permission.Allows(one.Asked))).ShouldBeEmpty();
    }

    /// <summary>
    /// The table must have a row for each permission that was not recorded, for each pattern that was needed for only
    /// one resource, for each pattern over all resources of a kind, and for each permission without which nothing
    /// stops, such as writing a log. It must not have other rows.
    /// </summary>
    [ProgramFact("git", "bwrap")]
    public async Task What_a_role_allows_was_made_use_of_or_is_in_the_table_and_the_table_has_no_more()
    {
        var recorded = (await RecordedActors.OfAsync(demo)).Select(one => one.Asked).ToHashSet();
        var reviewed = ReviewedTable.Permissions();

        reviewed.ShouldBeUnique();
        Templates.Permissions().Where(NeedsAReason).ShouldBe(reviewed, ignoreOrder: true);

        bool NeedsAReason(Permission allowed) =>
            allowed.IsAccountWide
            || allowed.Action.StartsWith("logs:", StringComparison.Ordinal)
            || recorded.Count(allowed.Allows) < (allowed.IsWide ? 2 : 1);
    }
}
