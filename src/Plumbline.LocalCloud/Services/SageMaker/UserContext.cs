using System.Text.Json.Nodes;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;

namespace Plumbline.LocalCloud.Services.SageMaker;

/// <summary>The user or role that created or changed a resource, in the form of CreatedBy and LastModifiedBy.</summary>
internal static class UserContext
{
    public static JsonObject Of(Caller caller) =>
        new()
        {
            ["IamIdentity"] = new JsonObject { ["Arn"] = caller.Arn, ["PrincipalId"] = caller.UserId },
        };
}
