using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Views.CloudFormation;
using Plumbline.Loop.Home;
using Plumbline.Records;

namespace Plumbline.Loop.Stack;

/// <summary>A change that CloudFormation would make.</summary>
/// <param name="Action">Add, Modify, Remove.</param>
/// <param name="Id">The resource's logical id.</param>
/// <param name="Type">CloudFormation's type.</param>
/// <param name="Replacement">True, False or Conditional: if a Modify replaces the resource; empty for others.</param>
public sealed record StackChange(string Action, string Id, string Type, string Replacement);

/// <summary>A CloudFormation stack. An operation that was cut off may be repeated, with the same result.</summary>
/// <param name="cloudFormation">The service.</param>
/// <param name="name">The stack's name.</param>
/// <param name="time">The clock of the polls.</param>
public sealed class CloudStack(CloudFormationClient cloudFormation, string name, TimeProvider time)
{
    /// <summary>CloudFormation's limit for a template in a request, in bytes.</summary>
    public const int LargestTemplate = 51_200;

    /// <summary>The status of a stack that has a change set and nothing else yet.</summary>
    private const string NeverBegun = "REVIEW_IN_PROGRESS";

    private const int ShownFailures = 5;

    private readonly Polling polling = new(time, TimeSpan.FromSeconds(1));

    /// <summary>The changes that a template would make; nothing is changed.</summary>
    public async Task<IReadOnlyList<StackChange>> DiffAsync(string template, CancellationToken cancellationToken)
    {
        var set = await PrepareAsync(template, cancellationToken);
        await RemoveAsync(set, CancellationToken.None);
        return set.Changes;
    }

    /// <summary>Creates or updates the stack from the template.</summary>
    /// <returns>The changes that were made.</returns>
    /// <exception cref="UserError">CloudFormation failed, and the stack is as before; the message says why.</exception>
    public async Task<IReadOnlyList<StackChange>> DeployAsync(string template, CancellationToken cancellationToken)
    {
        if (await SettledAsync(cancellationToken) is "ROLLBACK_COMPLETE" or "DELETE_FAILED" or NeverBegun)
        {
            // A stack whose creation failed or never began can only be deleted.
            await DestroyAsync(cancellationToken);
        }

        var set = await PrepareAsync(template, cancellationToken);
        if (set.Changes.Count == 0)
        {
            await RemoveAsync(set, CancellationToken.None);
            return [];
        }

        var since = time.GetUtcNow();
        await cloudFormation.ExecuteChangeSetAsync(set.ToInput(), cancellationToken);
        var status = await SettledAsync(cancellationToken);
        return status is "CREATE_COMPLETE" or "UPDATE_COMPLETE"
            ? set.Changes
            : throw new UserError(name, $"is {status}: {await FailuresAsync(since, cancellationToken)}");
    }

    /// <summary>Deletes the stack; resources with a policy to retain them stay.</summary>
    /// <returns>True if there was a stack.</returns>
    public async Task<bool> DestroyAsync(CancellationToken cancellationToken)
    {
        if (await SettledAsync(cancellationToken) is null)
        {
            return false;
        }

        var since = time.GetUtcNow();
        await cloudFormation.DeleteStackAsync(Named(), cancellationToken);
        var status = await SettledAsync(cancellationToken);
        return status is null
            ? true
            : throw new UserError(name, $"is {status}: {await FailuresAsync(since, cancellationToken)}");
    }

    private JsonObject Named() => new() { ["StackName"] = name };

    private async Task<string?> StatusAsync(CancellationToken cancellationToken)
    {
        try
        {
            var answer = await cloudFormation.DescribeStacksAsync(Named(), cancellationToken);
            return
                answer.Stacks.Select(stack => stack.StackStatus).FirstOrDefault()
                    is { } status
                        and not StackStatus.DeleteComplete
                ? status
                : null;
        }
        catch (AwsException missing) when (missing.IsMissing())
        {
            return null;
        }
    }

    /// <summary>The status once nothing is in progress; null if the stack does not exist.</summary>
    private async Task<string?> SettledAsync(CancellationToken cancellationToken)
    {
        var settled = await polling.UntilAsync(
            async () =>
            {
                var status = await StatusAsync(cancellationToken) ?? "";
                return status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal) && status != NeverBegun
                    ? null
                    : status;
            },
            cancellationToken
        );
        return settled.Length == 0 ? null : settled;
    }

    private async Task<ChangeSet> PrepareAsync(string template, CancellationToken cancellationToken)
    {
        // Without its indentation the template is half the size.
        var body = JsonNode.Parse(template)!.ToJsonString();
        if (Encoding.UTF8.GetByteCount(body) > LargestTemplate)
        {
            throw new UserError(
                name,
                $"the template is over CloudFormation's limit of {LargestTemplate} bytes: write fewer or shorter tags and names"
            );
        }

        var isNew = await StatusAsync(cancellationToken) is null or NeverBegun;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(template)))[..12];
        var set = new ChangeSet(name, $"plumb-{hash}-{time.GetUtcNow().ToUnixTimeMilliseconds()}", isNew, []);
        await cloudFormation.CreateChangeSetAsync(
            new JsonObject
            {
                ["StackName"] = name,
                ["ChangeSetName"] = set.Name,
                ["ChangeSetType"] = isNew ? "CREATE" : "UPDATE",
                ["TemplateBody"] = body,
                // Takes in what an earlier stack of this name left in place: its bucket, its repository, its versions.
                ["ImportExistingResources"] = true,
                // The template names its roles.
                ["Capabilities"] = new JsonArray("CAPABILITY_NAMED_IAM"),
            },
            cancellationToken
        );
        var made = await polling.UntilAsync(
            async () =>
            {
                var answer = await cloudFormation.DescribeChangeSetAsync(set.ToInput(), cancellationToken);
                return answer.Status is ChangeSetStatus.CreateComplete or ChangeSetStatus.Failed ? answer : null;
            },
            cancellationToken
        );
        var reason = made.StatusReason ?? "";
        if (made.Status == ChangeSetStatus.Failed && !IsNothing(reason))
        {
            await RemoveAsync(set, CancellationToken.None);
            throw new UserError(name, reason);
        }

        return set with
        {
            Changes =
            [
                .. made
                    .Changes.Select(change => change.ResourceChange)
                    .Select(change => new StackChange(
                        change.Action ?? "",
                        change.LogicalResourceId ?? "",
                        change.ResourceType ?? "",
                        change.Replacement ?? ""
                    )),
            ],
        };
    }

    /// <summary>CloudFormation reports a change set without changes as failed, with one of two sentences.</summary>
    private static bool IsNothing(string reason) =>
        reason.Contains("didn't contain changes", StringComparison.Ordinal)
        || reason.Contains("No updates are to be performed", StringComparison.Ordinal);

    /// <summary>Deletes a change set; the first one of a stack leaves an empty stack, which is deleted too.</summary>
    private async Task RemoveAsync(ChangeSet set, CancellationToken cancellationToken)
    {
        await cloudFormation.DeleteChangeSetAsync(set.ToInput(), cancellationToken);
        if (set.IsNew)
        {
            await cloudFormation.DeleteStackAsync(Named(), cancellationToken);
        }
    }

    private async Task<string> FailuresAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        try
        {
            var events = await cloudFormation.DescribeStackEventsAsync(Named(), cancellationToken);
            // The events are newest first; the first failure is the cause, the others were cancelled because of it.
            var failed = events
                .StackEvents.Where(one => one.ResourceStatus.EndsWith("_FAILED", StringComparison.Ordinal))
                .Where(one => one.Timestamp >= since.AddMinutes(-1))
                .Reverse()
                .Take(ShownFailures)
                .Select(one => $"{one.LogicalResourceId}: {one.ResourceStatusReason}");
            return string.Join("; ", failed);
        }
        catch (AwsException gone) when (gone.Code == "ValidationError")
        {
            return "the stack and its events are gone";
        }
    }

    private sealed record ChangeSet(string Stack, string Name, bool IsNew, IReadOnlyList<StackChange> Changes)
    {
        public JsonObject ToInput() => new() { ["StackName"] = Stack, ["ChangeSetName"] = Name };
    }
}
