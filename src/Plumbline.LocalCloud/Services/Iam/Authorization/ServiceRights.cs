using System.Text.Json.Nodes;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.Iam.Policies;

namespace Plumbline.LocalCloud.Services.Iam.Authorization;

/// <summary>A right that a role lacks.</summary>
/// <param name="Action">The first action that its policies do not allow.</param>
/// <param name="Resource">The resource.</param>
/// <param name="Message">The refusal in IAM's words.</param>
public sealed record MissingRight(string Action, string Resource, string Message);

/// <summary>Holds what a service does without a call to the policies of the role in whose name it does it, by the rows of <see cref="ServiceAsks"/>.</summary>
public sealed class ServiceRights
{
    private readonly Authorizer authorizer;

    internal ServiceRights(Authorizer authorizer) => this.authorizer = authorizer;

    /// <summary>The first right that is missing; null where all are there, or the caller is not held to any policies.</summary>
    /// <param name="ask">What is done.</param>
    /// <param name="caller">A session of the role.</param>
    /// <param name="resources">ARNs; read one by one, so that there may be very many.</param>
    /// <param name="input">Members that condition keys are read from.</param>
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
