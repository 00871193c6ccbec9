using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway;

namespace Plumbline.LocalCloud.Services.SageMaker.Tags;

internal sealed class TagApi(TagStore tags)
{
    public async Task<JsonObject> AddTags(AwsCall call) =>
        new() { ["Tags"] = await tags.AddAsync(call.Input.Text("ResourceArn")!, call.Input.Array("Tags")!) };

    public Task<JsonObject> ListTags(AwsCall call) =>
        Task.FromResult(new JsonObject { ["Tags"] = tags.List(call.Input.Text("ResourceArn")!) });

    public async Task<JsonObject> DeleteTags(AwsCall call)
    {
        await tags.RemoveAsync(call.Input.Text("ResourceArn")!, call.Input.Texts("TagKeys"));
        return [];
    }
}
