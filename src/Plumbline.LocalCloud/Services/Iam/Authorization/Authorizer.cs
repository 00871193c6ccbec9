using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Plumbline.Aws.Arns;
using Plumbline.Aws.Models;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Services.Iam.ManagedPolicies;
using Plumbline.LocalCloud.Services.Iam.Policies;
using Plumbline.LocalCloud.Services.Iam.Roles;
using Plumbline.LocalCloud.Services.S3;

namespace Plumbline.LocalCloud.Services.Iam.Authorization;

/// <summary>
/// Checks a session of a role against the role's policies, its boundary, and the policies of the buckets and roles that
/// it uses. The account's own key may do everything that no bucket's policy denies. Without <c>--strict-roles</c>, so
/// may a session of a role that was never created here, with a warning: pipelines from elsewhere name roles of another
/// account.
/// </summary>
internal sealed class Authorizer(
    RoleStore roles,
    BucketStore buckets,
    ServiceTrust trust,
    AccessLog answers,
    LocalCloudOptions options,
    ILogger<Authorizer> log
)
{
    private const string AssumeRole = "sts:AssumeRole";
    private static readonly string RolePrefix = LocalArn.OfIam("role/");

    /// <summary>
    /// AWS allows these to the root user whatever the policy denies, so that nobody is locked out forever.
    /// </summary>
    private static readonly HashSet<string> OfRoot =
    [
        "s3:GetBucketPolicy",
        "s3:PutBucketPolicy",
        "s3:DeleteBucketPolicy",
    ];

    private readonly ConcurrentDictionary<string, bool> warned = new();

    /// <summary>Does nothing for an allowed operation, and throws for a refused one.</summary>
    /// <exception cref="Aws.Errors.AwsException">AccessDenied, in the words of AWS.</exception>
    public void Check(AwsCall call) => Check(call.Operation, call.Caller, call.Input);

    /// <summary>
    /// The same for a call that a service makes itself: with a role, only calls of <see cref="ServiceAsks"/>.
    /// </summary>
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

    /// <summary>True if a caller may read or write a repository with git.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="action"><c>codecommit:GitPull</c> or <c>codecommit:GitPush</c>.</param>
    /// <param name="repository">The repository's name.</param>
    public bool Allows(Caller caller, string action, string repository)
    {
        var asking = AskingOf(caller);
        var context = asking.Context("codecommit", []);
        return Decide(asking, action, LocalArn.Of("codecommit", repository), context).Decision == Decision.Allow;
    }

    /// <summary>Returns a caller with the rights that limit it.</summary>
    public Asking AskingOf(Caller caller) => Asking.Of(caller, RightsOf(caller));

    /// <summary>Decides on an action by all policies that apply; a role's decision goes into the access log.</summary>
    /// <param name="asking">See <see cref="AskingOf"/>.</param>
    /// <param name="action">Such as <c>s3:GetObject</c>.</param>
    /// <param name="resource">An ARN, or <c>*</c>.</param>
    /// <param name="context">The condition keys.</param>
    public (Decision Decision, PolicySource Source) Decide(
        Asking asking,
        string action,
        string resource,
        ConditionKeys context
    ) => Decide(asking, SetOf(asking, action, resource), action, resource, context);

    private void Check(Operation operation, Caller caller, JsonObject input)
    {
        var asking = AskingOf(caller);
        var prefix = AccessTable.Prefix(operation);
        if (AccessTable.Of(operation) is not { } accesses)
        {
            if (asking.Policies is null)
            {
                return;
            }

            throw AccessDenied.Of(operation, caller, $"{prefix}:{operation.Name}", "*", Decision.ImplicitDeny);
        }

        var context = asking.Context(prefix, input);
        string? first = null;
        foreach (var access in accesses)
        {
            if (asking.Policies is null && access.PassedTo is null && !HasResourcePolicy(access.Action!))
            {
                // The account's own key on a resource without a policy: nothing can refuse it.
                continue;
            }

            foreach (var named in access.Resources(input))
            {
                var resource = access.PassedTo is null ? WithPath(access.Action!, named) : named;
                var set = SetOf(asking, access.Action!, resource);
                if (set is not { Identity: null, Resource: null, IsTrust: false })
                {
                    if (access.PassedTo is { } to)
                    {
                        context.Set("iam:PassedToService", to);
                    }

                    var (decision, source) = Decide(asking, set, access.Action!, resource, context);
                    if (decision != Decision.Allow)
                    {
                        throw AccessDenied.Of(operation, caller, access.Action!, resource, decision, source);
                    }
                }

                if (access.PassedTo is { } service)
                {
                    trust.Check(service, resource, first ?? accesses[0].Resources(input).FirstOrDefault());
                }

                first ??= resource;
            }
        }
    }

    private PolicySet SetOf(Asking asking, string action, string resource) =>
        new(asking.Policies, asking.Boundary, ResourcePolicy(asking.Caller, action, resource))
        {
            IsTrust = action == AssumeRole,
        };

    private (Decision Decision, PolicySource Source) Decide(
        Asking asking,
        PolicySet set,
        string action,
        string resource,
        ConditionKeys context
    )
    {
        var asked = new AccessRequest(action, resource, context, asking.Principal);
        var answer = set.Decide(asked);
        if (set.Identity is not null)
        {
            answers.Add(asking.Caller.RoleName!, asked, answer.Decision);
        }

        return answer;
    }

    private static bool HasResourcePolicy(string action) =>
        action.StartsWith("s3:", StringComparison.Ordinal) || action == AssumeRole;

    /// <summary>
    /// The policy of a bucket, or the trust policy of a role that is to be assumed; a missing role trusts nobody.
    /// </summary>
    private Policy? ResourcePolicy(Caller caller, string action, string resource)
    {
        if (action == AssumeRole)
        {
            var role = roles.Rights(Arn.RoleNameOf(resource));
            return role?.Arn == resource ? role.Trust : null;
        }

        return S3Arn.BucketOf(resource) is { } bucket && !(caller.RoleName is null && OfRoot.Contains(action))
            ? buckets.Policy(bucket)
            : null;
    }

    /// <summary>
    /// Requests to IAM name roles without their paths, but policies use them; a passed role is a whole ARN already.
    /// </summary>
    private string WithPath(string action, string resource) =>
        action.StartsWith("iam:", StringComparison.Ordinal)
        && resource.StartsWith(RolePrefix, StringComparison.Ordinal)
        && roles.Rights(resource[RolePrefix.Length..]) is { } role
            ? role.Arn
            : resource;

    /// <summary>The rights that limit a caller; null if it may do everything.</summary>
    private RoleRights? RightsOf(Caller caller)
    {
        if (caller.RoleName is not { } name)
        {
            return null;
        }

        if (roles.Rights(name) is { } role)
        {
            return role;
        }

        if (warned.TryAdd(name, true))
        {
            if (options.StrictRoles)
            {
                Log.RoleIsRefused(log, name);
            }
            else
            {
                Log.RoleIsUnknown(log, name);
            }
        }

        return options.StrictRoles
            ? new RoleRights(RolePrefix + name, [], Boundary: null, new Policy([]), new Dictionary<string, string>())
            : null;
    }
}
