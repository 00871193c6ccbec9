using System.Text.Json.Nodes;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.Iam.Policies;
using Plumbline.LocalCloud.Services.Iam.Roles;

namespace Plumbline.LocalCloud.Services.Iam.Authorization;

/// <summary>Who asks, and what of it policies look at.</summary>
/// <param name="Caller">Who asks.</param>
/// <param name="Role">Its role's rights; null for whoever is held to none.</param>
/// <param name="Principal">As the policies of resources name it.</param>
internal readonly record struct Asking(Caller Caller, RoleRights? Role, Principal Principal)
{
    private static readonly Principal Root = new(Caller.Root.Arn);

    /// <summary>The policies that it is held to; null where it is held to none.</summary>
    public IReadOnlyList<Policy>? Policies => Role?.Policies;

    /// <summary>Its permissions boundary.</summary>
    public Policy? Boundary => Role?.Boundary;

    public static Asking Of(Caller caller, RoleRights? role) =>
        new(
            caller,
            role,
            caller.RoleName is { } name
                ? new Principal(
                    caller.Arn,
                    role?.Arn ?? $"arn:aws:iam::{LocalCloudIdentity.Account}:role/{name}",
                    role?.Boundary is not null
                )
                : Root
        );

    /// <summary>The condition keys of a request.</summary>
    /// <param name="service">The prefix of the service's actions.</param>
    /// <param name="input">What is asked.</param>
    public Dictionary<string, IReadOnlyList<string>> Context(string service, JsonObject input)
    {
        var context = RequestContext.Of(Caller, service, input);
        context["aws:PrincipalArn"] = [Principal.RoleArn ?? Principal.Arn];
        context["aws:PrincipalType"] = [Principal.RoleArn is null ? "Account" : "AssumedRole"];
        foreach (var (key, value) in Role?.Tags ?? new Dictionary<string, string>())
        {
            context[$"aws:PrincipalTag/{key}"] = [value];
        }

        return context;
    }
}
