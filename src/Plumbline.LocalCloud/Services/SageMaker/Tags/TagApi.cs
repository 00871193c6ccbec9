using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway;

namespace Plumbline.LocalCloud.Services.SageMaker.Tags;

/// <summary>Tags of SageMaker resources.</summary>
public sealed class TagApi(TagStore tags)
{
    /// <summary>AWS's AddTags.</summary>
    public async Task<JsonObject> AddTags(AwsCall call) =>
        new() { ["Tags"] = await tags.AddAsync(call.Input.Text("ResourceArn")!, call.Input.Array("Tags")!) };

    /// <summary>AWS's ListTags.</summary>
    public Task<JsonObject> ListTags(AwsCall call) =>
        Task.FromResult(new JsonObject { ["Tags"] = tags.List(call.Input.Text("ResourceArn")!) });

    /// <summary>AWS's DeleteTags.</summary>
    public async Task<JsonObject> DeleteTags(AwsCall call)
    {
        await tags.RemoveAsync(call.Input.Text("ResourceArn")!, call.Input.Texts("TagKeys"));
        return [];
    }
}
