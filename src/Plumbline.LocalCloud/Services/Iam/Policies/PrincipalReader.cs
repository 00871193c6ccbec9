using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Plumbline.LocalCloud.Services.Iam.Policies;

/// <summary>Reads the principals of a statement.</summary>
internal static partial class PrincipalReader
{
    /// <summary>Returns the principals of a statement; null in the policy of an identity.</summary>
    /// <exception cref="Aws.Errors.AwsException">400 MalformedPolicyDocument.</exception>
    public static PrincipalList? Read(JsonObject statement, PolicyKind kind, bool allows)
    {
        var (some, others) = (statement.ContainsKey("Principal"), statement.ContainsKey("NotPrincipal"));
        if (kind == PolicyKind.Identity)
        {
            return some || others
                ? throw PolicyReader.Malformed("Policy document should not specify a principal.")
                : null;
        }

        if (others && (kind == PolicyKind.Trust || allows || some))
        {
            throw PolicyReader.Malformed(
                kind == PolicyKind.Trust
                    ? "Has prohibited field NotPrincipal"
                    : "Write NotPrincipal instead of Principal, and only with Effect Deny."
            );
        }

        return !some && !others
            ? throw PolicyReader.Malformed("Missing required field Principal")
            : Read(statement[some ? "Principal" : "NotPrincipal"], others);
    }

    private static PrincipalList Read(JsonNode? node, bool negated)
    {
        if (node is JsonValue value && value.GetValueKind() == JsonValueKind.String && (string)value! == "*")
        {
            return new PrincipalList(Everyone: true, [], [], negated);
        }

        if (node is not JsonObject { Count: > 0 } kinds)
        {
            throw PolicyReader.Malformed("Invalid principal in policy");
        }

        var (everyone, arns, services) = (false, new List<string>(), new List<string>());
        foreach (var (kind, names) in kinds)
        {
            foreach (var name in PolicyReader.Texts(names, kind))
            {
                switch (kind)
                {
                    case "AWS" when name == "*":
                        everyone = true;
                        break;
                    case "AWS" when Account().IsMatch(name):
                        arns.Add(new Aws.Arns.Arn("iam", "", name, "root").ToString());
                        break;
                    case "AWS" when Arn().IsMatch(name):
                        arns.Add(name);
                        break;
                    case "Service" when Service().IsMatch(name):
                        services.Add(name);
                        break;
                    case "Federated" or "CanonicalUser":
                        // Nobody signs in that way here, so this names nobody.
                        break;
                    default:
                        throw PolicyReader.Malformed($"Invalid principal in policy: \"{kind}\":\"{name}\"");
                }
            }
        }

        return new PrincipalList(everyone, arns, services, negated);
    }

    [GeneratedRegex(@"\A[0-9]{12}\z")]
    private static partial Regex Account();

    /// <summary>Wildcards are not allowed: a principal is named in full.</summary>
    [GeneratedRegex(
        @"\Aarn:aws[a-z-]*:(iam::[0-9]{12}:(root|(role|user)/[\w+=,.@/-]+)|sts::[0-9]{12}:(assumed-role|federated-user)/[\w+=,.@/-]+)\z"
    )]
    private static partial Regex Arn();

    [GeneratedRegex(@"\A[a-z0-9.-]+\.amazonaws\.com(\.cn)?\z")]
    private static partial Regex Service();
}
