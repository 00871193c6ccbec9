using System.Text.Json.Nodes;
using Plumbline.LocalCloud.Gateway;

namespace Plumbline.LocalCloud.Services.SageMaker;

/// <summary>The person or role that made or changed a resource, as SageMaker's CreatedBy and LastModifiedBy tell.</summary>
internal static class UserContext
{
    public static JsonObject Of(Caller caller) =>
        new()
        {
            ["IamIdentity"] = new JsonObject { ["Arn"] = caller.Arn, ["PrincipalId"] = caller.UserId },
        };
}
