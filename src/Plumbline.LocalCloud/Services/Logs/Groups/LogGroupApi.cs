using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway;

namespace Plumbline.LocalCloud.Services.Logs.Groups;

/// <summary>Log groups, their retention and their tags.</summary>
internal sealed class LogGroupApi(LogGroupStore groups)
{
    private const int LargestPage = 50;

    public async Task<JsonObject> CreateLogGroup(AwsCall call)
    {
        await groups.CreateAsync(
            Name(call),
            call.Input.Text("logGroupClass") ?? "STANDARD",
            call.Input.Text("kmsKeyId"),
            call.Input.Object("tags") ?? []
        );
        return [];
    }

    public async Task<JsonObject> DeleteLogGroup(AwsCall call)
    {
        await groups.DeleteAsync(Name(call));
        return [];
    }

    public Task<JsonObject> DescribeLogGroups(AwsCall call)
    {
        var input = call.Input;
        var (prefix, part) = (input.Text("logGroupNamePrefix"), input.Text("logGroupNamePattern"));
        if (prefix is not null && part is not null)
        {
            throw LogsErrors.Invalid(
                "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters."
            );
        }

        var limit = input.Int("limit") ?? LargestPage;
        var found = groups.List(prefix ?? "", part ?? "", input.Text("nextToken") ?? "", limit + 1);
        var output = new JsonObject
        {
            ["logGroups"] = new JsonArray([.. found.Take(limit).Select(group => group.Describe())]),
        };
        if (found.Count > limit)
        {
            output["nextToken"] = found[limit - 1].Name;
        }

        return Task.FromResult(output);
    }

    public async Task<JsonObject> PutRetentionPolicy(AwsCall call)
    {
        await groups.SetRetentionAsync(Name(call), call.Input.Long("retentionInDays"));
        return [];
    }

    public async Task<JsonObject> DeleteRetentionPolicy(AwsCall call)
    {
        await groups.SetRetentionAsync(Name(call), null);
        return [];
    }

    public async Task<JsonObject> TagResource(AwsCall call)
    {
        var added = call.Input.Object("tags")!;
        await groups.SetTagsAsync(
            Resource(call),
            tags =>
            {
                foreach (var (key, value) in added)
                {
                    tags[key] = value?.DeepClone();
                }
            }
        );
        return [];
    }

    public async Task<JsonObject> UntagResource(AwsCall call)
    {
        var removed = call.Input.Texts("tagKeys").ToList();
        await groups.SetTagsAsync(Resource(call), tags => removed.ForEach(key => tags.Remove(key)));
        return [];
    }

    public Task<JsonObject> ListTagsForResource(AwsCall call) =>
        Task.FromResult(new JsonObject { ["tags"] = JsonDepth.ReadKept(groups.Find(Resource(call)).Tags) });

    private static string Name(AwsCall call) => call.Input.Text("logGroupName")!;

    private static string Resource(AwsCall call) => LogGroup.NameOf(call.Input.Text("resourceArn")!);
}
