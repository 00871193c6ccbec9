using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.Permissions;

/// <summary>The roles of the stack, held against what the demo was recorded doing and a reviewed table of what no recording shows.</summary>
[Collection(Lanes.Commands)]
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
    /// A row has to be where nobody was recorded, where a pattern was of use for one resource alone, where one takes in
    /// all resources of a kind, and where nothing stops without the permission, as where a log is not written; and nowhere else.
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
