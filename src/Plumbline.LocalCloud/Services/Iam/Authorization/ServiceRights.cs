using System.Text.Json.Nodes;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Services.Iam.Policies;

namespace Plumbline.LocalCloud.Services.Iam.Authorization;

/// <summary>A right that a role lacks.</summary>
/// <param name="Action">The first action that its policies do not allow.</param>
/// <param name="Resource">The resource.</param>
/// <param name="Message">The refusal in IAM's words.</param>
internal sealed record MissingRight(string Action, string Resource, string Message);

/// <summary>
/// Checks what a service does without a call against the policies of the role that it uses, by the rows of
/// <see cref="ServiceAsks"/>.
/// </summary>
internal sealed class ServiceRights
{
    private readonly Authorizer authorizer;

    internal ServiceRights(Authorizer authorizer) => this.authorizer = authorizer;

    /// <summary>
    /// Returns the first missing right; null if all are allowed, or if policies do not limit the caller.
    /// </summary>
    /// <param name="ask">The row of the table.</param>
    /// <param name="caller">A session of the role.</param>
    /// <param name="resources">ARNs; read one by one, because there may be very many.</param>
    /// <param name="input">The members from which condition keys are read.</param>
    public MissingRight? Missing(ServiceAsk ask, Caller caller, IEnumerable<string> resources, JsonObject? input = null)
    {
        var asking = authorizer.AskingOf(caller);
        if (asking.Policies is null)
        {
            return null;
        }

        var context = asking.Context(ask.Actions[0].Split(':')[0], input ?? []);
        foreach (var resource in resources)
        {
            foreach (var action in ask.Actions)
            {
                var (decision, source) = authorizer.Decide(asking, action, resource, context);
                if (decision != Decision.Allow)
                {
                    return new MissingRight(
                        action,
                        resource,
                        AccessDenied.Text(caller, action, resource, decision, source)
                    );
                }
            }
        }

        return null;
    }

    /// <summary>The same for one resource.</summary>
    public MissingRight? Missing(ServiceAsk ask, Caller caller, string resource, JsonObject? input = null) =>
        Missing(ask, caller, [resource], input);
}
