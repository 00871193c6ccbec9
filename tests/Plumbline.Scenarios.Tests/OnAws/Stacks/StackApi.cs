using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;

namespace Plumbline.Scenarios.Tests.OnAws.Stacks;

/// <summary>
/// The CloudFormation operations that <c>plumb aws</c> uses, with CloudFormation's states, errors and messages.
/// </summary>
internal sealed class StackApi(LocalResources resources)
{
    private readonly Dictionary<string, Stack> stacks = [];
    private readonly Dictionary<(string Stack, string Name), ChangeSet> sets = [];

    /// <summary>The logical id of a resource that cannot be made, as with an exhausted quota; null for none.</summary>
    public string? FailsAt { get; set; }

    /// <summary>The resources of a stack by their logical ids.</summary>
    public IReadOnlyDictionary<string, StackResource> ResourcesOf(string stack) => stacks[stack].Made;

    public async Task<JsonObject> AnswerAsync(string operation, JsonObject input)
    {
        switch (operation)
        {
            case "CreateChangeSet":
                return Create(input);
            case "DescribeChangeSet":
                return Find(input).Describe();
            case "DeleteChangeSet":
                sets.Remove(KeyOf(input));
                return [];
            case "ExecuteChangeSet":
                await ExecuteAsync(Find(input));
                return [];
            case "DescribeStacks":
                return new JsonObject { ["Stacks"] = new JsonArray(Stack(input).Describe()) };
            case "DescribeStackEvents":
                return new JsonObject
                {
                    ["StackEvents"] = new JsonArray([.. Stack(input).Events.AsEnumerable().Reverse()]),
                };
            case "DeleteStack":
                await DeleteAsync(input);
                return [];
            default:
                throw new AwsException("InvalidAction", 400, $"{operation} is not answered here.");
        }
    }

    private JsonObject Create(JsonObject input)
    {
        var name = input.Text("StackName")!;
        var template = JsonNode.Parse(input.Text("TemplateBody")!)!.AsObject();
        if (!input.Texts("Capabilities").Contains("CAPABILITY_NAMED_IAM"))
        {
            throw new AwsException(
                "InsufficientCapabilitiesException",
                400,
                "Requires capabilities : [CAPABILITY_NAMED_IAM]"
            );
        }

        var stack = stacks.GetValueOrDefault(name);
        if (input.Text("ChangeSetType") == "CREATE")
        {
            if (stack is not (null or { Status: "REVIEW_IN_PROGRESS" }))
            {
                throw Invalid(
                    $"Stack [{name}] already exists and cannot be created again with the changeSet [{input.Text("ChangeSetName")}]."
                );
            }

            stacks[name] = stack ?? new Stack(name);
        }
        else if (stack is null)
        {
            throw Invalid($"Stack [{name}] does not exist");
        }
        else if (stack.Status is "ROLLBACK_COMPLETE" or "DELETE_FAILED" or "ROLLBACK_FAILED")
        {
            throw Invalid($"Stack:{name} is in {stack.Status} state and can not be updated.");
        }

        var set = new ChangeSet(stacks[name], template, (bool?)input["ImportExistingResources"] == true);
        sets[KeyOf(input)] = set;
        return [];
    }

    private async Task ExecuteAsync(ChangeSet set)
    {
        var (stack, wanted) = (set.Stack, set.Resources);
        var isNew = stack.Status == "REVIEW_IN_PROGRESS";
        var begun = new List<StackResource>();
        foreach (var resource in StackResource.InOrder(wanted))
        {
            try
            {
                if (resource.Id == FailsAt)
                {
                    throw Invalid("a limit of the account is reached");
                }

                if (stack.Made.TryGetValue(resource.Id, out var before))
                {
                    if (!before.IsLike(resource))
                    {
                        await resources.UpdateAsync(before, resource, wanted);
                    }
                }
                else if (await resources.TryCreateAsync(resource, wanted))
                {
                    begun.Add(resource);
                }
                else if (!set.ImportsExisting || !resource.IsKept)
                {
                    throw Invalid($"{resource.Name} already exists");
                }

                stack.Add(resource);
            }
            catch (Exception refused) when (refused is AwsException or Amazon.S3.AmazonS3Exception)
            {
                stack.Fail(resource, refused.Message);
                await RollBackAsync(stack, begun, isNew);
                return;
            }
        }

        foreach (var gone in stack.Made.Values.Where(one => !wanted.ContainsKey(one.Id)).ToList())
        {
            if (!gone.IsKept)
            {
                await resources.DeleteAsync(gone, stack.Known);
            }

            stack.Made.Remove(gone.Id);
        }

        stack.Status = isNew ? "CREATE_COMPLETE" : "UPDATE_COMPLETE";
    }

    /// <summary>
    /// Deletes the new resources, newest first, including those that a deletion would keep: RetainExceptOnCreate.
    /// </summary>
    private async Task RollBackAsync(Stack stack, List<StackResource> begun, bool isNew)
    {
        foreach (var resource in begun.AsEnumerable().Reverse())
        {
            stack.Made.Remove(resource.Id);
            if (resource.DeletionPolicy != "Retain")
            {
                await resources.DeleteAsync(resource, stack.Known);
            }
        }

        stack.Status = isNew ? "ROLLBACK_COMPLETE" : "UPDATE_ROLLBACK_COMPLETE";
    }

    private async Task DeleteAsync(JsonObject input)
    {
        if (!stacks.TryGetValue(input.Text("StackName")!, out var stack))
        {
            return;
        }

        foreach (var resource in stack.Made.Values.Reverse().Where(one => !one.IsKept))
        {
            await resources.DeleteAsync(resource, stack.Known);
        }

        stacks.Remove(stack.Name);
    }

    private Stack Stack(JsonObject input) =>
        stacks.GetValueOrDefault(input.Text("StackName")!)
        ?? throw Invalid($"Stack with id {input.Text("StackName")} does not exist");

    private ChangeSet Find(JsonObject input) =>
        sets.GetValueOrDefault(KeyOf(input))
        ?? throw new AwsException(
            "ChangeSetNotFound",
            404,
            $"ChangeSet [{input.Text("ChangeSetName")}] does not exist"
        );

    private static (string, string) KeyOf(JsonObject input) => (input.Text("StackName")!, input.Text("ChangeSetName")!);

    private static AwsException Invalid(string message) => new("ValidationError", 400, message);
}

internal sealed class Stack(string name)
{
    public string Name => name;

    public string Status { get; set; } = "REVIEW_IN_PROGRESS";

    /// <summary>The existing resources, in the order of their creation.</summary>
    public Dictionary<string, StackResource> Made { get; } = [];

    /// <summary>All resources that the stack ever had, for references of remaining ones.</summary>
    public Dictionary<string, StackResource> Known { get; } = [];

    public List<JsonObject> Events { get; } = [];

    public void Add(StackResource resource) => Known[resource.Id] = Made[resource.Id] = resource;

    public JsonObject Describe() =>
        new()
        {
            ["StackName"] = name,
            ["CreationTime"] = 0,
            ["StackStatus"] = Status,
        };

    public void Fail(StackResource resource, string reason) =>
        Events.Add(
            new JsonObject
            {
                ["StackId"] = name,
                ["EventId"] = $"{Events.Count}",
                ["StackName"] = name,
                ["LogicalResourceId"] = resource.Id,
                ["Timestamp"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
                ["ResourceStatus"] = "CREATE_FAILED",
                ["ResourceStatusReason"] = reason,
            }
        );
}

/// <summary>Computed changes that were not carried out yet.</summary>
internal sealed record ChangeSet(Stack Stack, JsonObject Template, bool ImportsExisting)
{
    public Dictionary<string, StackResource> Resources { get; } = StackResource.Of(Template);

    public JsonObject Describe()
    {
        var changes = Changes().ToList();
        return new JsonObject
        {
            ["Status"] = changes.Count == 0 ? "FAILED" : "CREATE_COMPLETE",
            ["StatusReason"] =
                changes.Count == 0
                    ? "The submitted information didn't contain changes. Submit different information to create a change set."
                    : null,
            ["Changes"] = new JsonArray([.. changes]),
        };
    }

    private IEnumerable<JsonNode> Changes()
    {
        foreach (var resource in Resources.Values)
        {
            var before = Stack.Made.GetValueOrDefault(resource.Id);
            if (before is null || !before.IsLike(resource))
            {
                yield return Change(before is null ? "Add" : "Modify", resource);
            }
        }

        foreach (var gone in Stack.Made.Values.Where(one => !Resources.ContainsKey(one.Id)))
        {
            yield return Change("Remove", gone);
        }
    }

    private static JsonObject Change(string action, StackResource resource) =>
        new()
        {
            ["Type"] = "Resource",
            ["ResourceChange"] = new JsonObject
            {
                ["Action"] = action,
                ["LogicalResourceId"] = resource.Id,
                ["ResourceType"] = resource.Type,
            },
        };
}
