using System.Text.Json.Nodes;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Services.Iam.ManagedPolicies;
using Plumbline.LocalCloud.Services.Iam.Policies;

namespace Plumbline.LocalCloud.Services.Iam.Authorization;

/// <summary>The caller of a request, with everything that policies look at.</summary>
/// <param name="Caller">The caller.</param>
/// <param name="Role">The rights of its role; null for a caller that policies do not limit.</param>
/// <param name="Principal">The caller as the policies of resources name it.</param>
internal readonly record struct Asking(Caller Caller, RoleRights? Role, Principal Principal)
{
    private static readonly Principal Root = new(Caller.Root.Arn);

    /// <summary>The policies that limit the caller; null if it may do everything.</summary>
    public IReadOnlyList<Policy>? Policies => Role?.Policies;

    /// <summary>The permissions boundary of its role, or null.</summary>
    public Policy? Boundary => Role?.Boundary;

    public static Asking Of(Caller caller, RoleRights? role) =>
        new(
            caller,
            role,
            caller.RoleName is { } name
                ? new Principal(caller.Arn, role?.Arn ?? LocalArn.OfIam($"role/{name}"), role?.Boundary is not null)
                : Root
        );

    /// <summary>Returns the condition keys of a request.</summary>
    /// <param name="service">The prefix of the service's actions.</param>
    /// <param name="input">The input of the request.</param>
    public ConditionKeys Context(string service, JsonObject input)
    {
        var asking = this;
        return new ConditionKeys(() => asking.CollectKeys(service, input));
    }

    private Dictionary<string, IReadOnlyList<string>> CollectKeys(string service, JsonObject input)
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
