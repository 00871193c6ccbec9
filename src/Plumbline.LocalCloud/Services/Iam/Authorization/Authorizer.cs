using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Plumbline.Aws.Models;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.Iam.Policies;
using Plumbline.LocalCloud.Services.Iam.Roles;

namespace Plumbline.LocalCloud.Services.Iam.Authorization;

/// <summary>
/// Holds a session of a role to the role's policies. The account's own key may do everything; so may, with a warning, a
/// session of a role that was never made, for pipelines from elsewhere name roles of another account.
/// </summary>
internal sealed class Authorizer(RoleStore roles, ILogger<Authorizer> log)
{
    private readonly ConcurrentDictionary<string, bool> warned = new();

    /// <summary>Lets an operation pass, or refuses it.</summary>
    /// <exception cref="Aws.Errors.AwsException">AccessDenied, in the words of AWS.</exception>
    public void Check(AwsCall call) => Check(call.Operation, call.Caller, call.Input);

    /// <summary>As <see cref="Check(AwsCall)"/>, for a call that a service makes by itself: in a role's name only what <see cref="ServiceAsks"/> has.</summary>
    public void CheckOwn(AwsCall call)
    {
        if (call.Caller.RoleName is not null && !ServiceAsks.Has(call.Service.Id, call.Operation.Name))
        {
            throw new InvalidOperationException(
                $"ServiceAsks has no row for {call.Service.Id} {call.Operation.Name}, which a service calls in the name of a role: add one."
            );
        }

        Check(call);
    }

    /// <summary>Lets git's read or write of a repository pass, or refuses it.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="action"><c>codecommit:GitPull</c> or <c>codecommit:GitPush</c>.</param>
    /// <param name="repository">The repository's name.</param>
    public bool Allows(Caller caller, string action, string repository)
    {
        var asked = new AccessRequest(
            action,
            Access.Arn("codecommit", repository),
            RequestContext.Of(caller, "codecommit", [])
        );
        return PoliciesOf(caller) is not { } policies || Policy.Decide(policies, asked) == Decision.Allow;
    }

    private void Check(Operation operation, Caller caller, JsonObject input)
    {
        if (PoliciesOf(caller) is not { } policies)
        {
            return;
        }

        var prefix = AccessTable.Prefix(operation);
        var accesses =
            AccessTable.Of(operation)
            ?? throw AccessDenied.Of(operation, caller, $"{prefix}:{operation.Name}", "*", Decision.ImplicitDeny);
        var context = RequestContext.Of(caller, prefix, input);
        foreach (var access in accesses)
        {
            if (access.PassedTo is { } service)
            {
                context["iam:PassedToService"] = [service];
            }

            foreach (var resource in access.Resources(input))
            {
                var decision = Policy.Decide(policies, new AccessRequest(access.Action!, resource, context));
                if (decision != Decision.Allow)
                {
                    throw AccessDenied.Of(operation, caller, access.Action!, resource, decision);
                }
            }
        }
    }

    /// <summary>The policies that a caller is held to; null where it is held to none.</summary>
    public IReadOnlyList<Policy>? PoliciesOf(Caller caller)
    {
        if (caller.RoleName is not { } role)
        {
            return null;
        }

        var policies = roles.Policies(role);
        if (policies is null && warned.TryAdd(role, true))
        {
            Log.RoleIsUnknown(log, role);
        }

        return policies;
    }
}
