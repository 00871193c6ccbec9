using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Gateway;

namespace Plumbline.LocalCloud.Services.SageMaker.Tags;

internal sealed class TagApi(TagStore tags)
{
    public async Task<JsonObject> AddTags(AwsCall call) =>
        new() { ["Tags"] = await tags.AddAsync(new AddTagsInput(call.Input).ResourceArn, call.Input.Array("Tags")!) };

    public Task<JsonObject> ListTags(AwsCall call) =>
        Task.FromResult(new JsonObject { ["Tags"] = tags.List(new ListTagsInput(call.Input).ResourceArn) });

    public async Task<JsonObject> DeleteTags(AwsCall call)
    {
        var request = new DeleteTagsInput(call.Input);
        await tags.RemoveAsync(request.ResourceArn, request.TagKeys);
        return [];
    }
}
