using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.Logs;
using Plumbline.LocalCloud.Gateway;

namespace Plumbline.LocalCloud.Services.Logs.Groups;

/// <summary>Log groups, their retention and their tags.</summary>
internal sealed class LogGroupApi(LogGroupStore groups)
{
    private const int LargestPage = 50;

    public async Task<JsonObject> CreateLogGroup(AwsCall call)
    {
        var request = new CreateLogGroupRequest(call.Input);
        await groups.CreateAsync(
            request.LogGroupName,
            request.LogGroupClass ?? LogGroupClass.Standard,
            request.KmsKeyId,
            call.Input.Object("tags") ?? []
        );
        return [];
    }

    public async Task<JsonObject> DeleteLogGroup(AwsCall call)
    {
        await groups.DeleteAsync(new DeleteLogGroupRequest(call.Input).LogGroupName);
        return [];
    }

    public Task<JsonObject> DescribeLogGroups(AwsCall call)
    {
        var request = new DescribeLogGroupsRequest(call.Input);
        var (prefix, part) = (request.LogGroupNamePrefix, request.LogGroupNamePattern);
        if (prefix is not null && part is not null)
        {
            throw LogsErrors.Invalid(
                "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters."
            );
        }

        var limit = request.Limit ?? LargestPage;
        var found = groups.List(prefix ?? "", part ?? "", request.NextToken ?? "", limit + 1);
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
        var request = new PutRetentionPolicyRequest(call.Input);
        await groups.SetRetentionAsync(request.LogGroupName, request.RetentionInDays);
        return [];
    }

    public async Task<JsonObject> DeleteRetentionPolicy(AwsCall call)
    {
        await groups.SetRetentionAsync(new DeleteRetentionPolicyRequest(call.Input).LogGroupName, null);
        return [];
    }

    public async Task<JsonObject> TagResource(AwsCall call)
    {
        var request = new TagResourceRequest(call.Input);
        await groups.SetTagsAsync(
            LogGroup.NameOf(request.ResourceArn),
            tags =>
            {
                foreach (var (key, value) in request.Tags)
                {
                    tags[key] = value;
                }
            }
        );
        return [];
    }

    public async Task<JsonObject> UntagResource(AwsCall call)
    {
        var request = new UntagResourceRequest(call.Input);
        var removed = request.TagKeys.ToList();
        await groups.SetTagsAsync(
            LogGroup.NameOf(request.ResourceArn),
            tags => removed.ForEach(key => tags.Remove(key))
        );
        return [];
    }

    public Task<JsonObject> ListTagsForResource(AwsCall call)
    {
        var group = groups.Find(LogGroup.NameOf(new ListTagsForResourceRequest(call.Input).ResourceArn));
        return Task.FromResult(new JsonObject { ["tags"] = JsonDepth.ReadKept(group.Tags) });
    }
}
