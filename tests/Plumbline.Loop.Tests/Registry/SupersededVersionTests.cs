using Plumbline.Loop.Registry;

namespace Plumbline.Loop.Tests.Registry;

public sealed class SupersededVersionTests
{
    private const string Pending = "PendingManualApproval";
    private const string Approved = "Approved";
    private const string Rejected = "Rejected";

    [Fact]
    public void Candidates_of_a_later_training_supersede_the_pending_ones_of_an_earlier_one() =>
        Waiting((Pending, "a"), (Pending, "a"), (Pending, "b"), (Pending, "b")).ShouldBe([3, 4]);

    [Fact]
    public void A_candidate_that_the_comparison_refused_supersedes_nothing()
    {
        Waiting((Pending, "a"), (Pending, "a"), (Rejected, "b"), (Rejected, "b")).ShouldBe([1, 2]);
        Waiting((Pending, "a"), (Pending, "b"), (Rejected, "b")).ShouldBe([2]);
    }

    [Fact]
    public void A_later_version_that_is_approved_leaves_nothing_to_decide() =>
        Waiting((Pending, "a"), (Approved, "b"), (Pending, "b")).ShouldBeEmpty();

    [Fact]
    public void Siblings_and_versions_that_were_registered_by_hand_supersede_nothing()
    {
        Waiting((Pending, "a"), (Pending, "a")).ShouldBe([1, 2]);
        Waiting((Pending, "a"), (Pending, null)).ShouldBe([1, 2]);
        Waiting((Pending, null), (Pending, "a")).ShouldBe([1, 2]);
    }

    [Fact]
    public void The_newest_of_the_later_candidates_is_named_whatever_was_decided_about_the_earlier_version()
    {
        var versions = Versions((Rejected, "a"), (Pending, "b"), (Pending, "c"), (Rejected, "c"));

        ModelRegistry.NewerThan(versions[0], versions)!.Version.ShouldBe(3);
        ModelRegistry.NewerThan(versions[1], versions)!.Version.ShouldBe(3);
        ModelRegistry.NewerThan(versions[2], versions).ShouldBeNull();
    }

    private static IEnumerable<long> Waiting(params (string Status, string? Execution)[] versions) =>
        ModelRegistry.Waiting(Versions(versions)).Select(version => version.Version);

    private static List<ModelVersion> Versions(params (string Status, string? Execution)[] versions) =>
        [
            .. versions.Select(
                (one, index) =>
                    new ModelVersion(
                        $"arn:aws:sagemaker:us-east-1:000000000000:model-package/pets/{index + 1}",
                        index + 1,
                        one.Status,
                        null,
                        default,
                        default,
                        new Dictionary<string, string>(),
                        "",
                        "",
                        null,
                        one.Execution
                    )
            ),
        ];
}
