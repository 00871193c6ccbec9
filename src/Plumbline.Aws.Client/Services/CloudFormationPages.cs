using System.Text.Json.Nodes;
using Plumbline.Aws.Views.CloudFormation;

namespace Plumbline.Aws.Client.Services;

// Written by tools/ApiModels from the views folder.
/// <summary>The items of CloudFormation's lists, page after page.</summary>
public static class CloudFormationPages
{
    public static IAsyncEnumerable<Change> DescribeChangeSetPagedAsync(
        this CloudFormationClient client,
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) =>
        client.PageAsync(
            "DescribeChangeSet",
            input,
            page => new DescribeChangeSetOutput(page).Changes,
            cancellationToken
        );

    public static IAsyncEnumerable<StackEvent> DescribeStackEventsPagedAsync(
        this CloudFormationClient client,
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) =>
        client.PageAsync(
            "DescribeStackEvents",
            input,
            page => new DescribeStackEventsOutput(page).StackEvents,
            cancellationToken
        );

    public static IAsyncEnumerable<Stack> DescribeStacksPagedAsync(
        this CloudFormationClient client,
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => client.PageAsync("DescribeStacks", input, page => new DescribeStacksOutput(page).Stacks, cancellationToken);
}
