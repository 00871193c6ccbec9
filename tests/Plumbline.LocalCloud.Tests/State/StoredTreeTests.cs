using Dapper;
using Plumbline.LocalCloud.State;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.State;

/// <summary>
/// The comparison of the stored trees with AWS's shapes. <see cref="RunningCloud"/> and the clouds of jobs make it after
/// their tests, so that it sees the resources of them all.
/// </summary>
public sealed class StoredTreeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task A_member_that_no_answer_shows_is_found_at_any_depth_and_in_any_kind()
    {
        var path = folder.At("plumbline.db");
        await using (Database.Open(path)) { }
        using var connection = OldDatabase.Connect(path);
        await connection.ExecuteAsync(
            """
            INSERT INTO documents (kind, key, parent, created, modified, tree) VALUES
                ('events/rule', 'r', '', 1, 1, '{"Name":"r","Targets":[]}'),
                ('sagemaker/model', 'm', '', 1, 1, '{"Containers":[{"Image":"i","Environment":{"X":"1"},"_mine":1}]}'),
                ('sagemaker/model', 'unreadable', '', 1, 1, '{"_token":'),
                ('sns/subscription', 's', '', 1, 1, '{"Endpoint":"e","Attributes":{"RawMessageDelivery":"true"},"Pending":true}'),
                ('of/ours', 'empty', '', 1, 1, '{}'),
                ('of/ours', 'o', '', 1, 1, '{"Secret":"s"}')
            """
        );

        StoredTrees
            .Strangers(folder.Path)
            .ShouldBe(
                [
                    "events/rule: .Targets",
                    "sagemaker/model: .Containers[]._mine",
                    "sns/subscription: .Pending",
                    "of/ours: .Secret",
                ],
                ignoreOrder: true
            );
    }

    public void Dispose() => folder.Dispose();
}
