using System.Text.Json.Nodes;

namespace Plumbline.Loop.Resources;

/// <summary>Makes a role of a list of statements.</summary>
internal static class RoleResource
{
    /// <summary>A role that a service may assume, with one policy.</summary>
    public static LoopResource Of(
        string name,
        string service,
        IEnumerable<JsonObject> statements,
        string policy = "loop",
        JsonObject? condition = null
    )
    {
        var trust = new JsonObject
        {
            ["Effect"] = "Allow",
            ["Principal"] = new JsonObject { ["Service"] = service },
            ["Action"] = "sts:AssumeRole",
        };
        if (condition is not null)
        {
            trust["Condition"] = condition;
        }

        return new(
            ResourceKind.Role,
            name,
            new JsonObject { ["RoleName"] = name, ["AssumeRolePolicyDocument"] = Policy(trust) },
            new JsonObject
            {
                ["RoleName"] = name,
                ["PolicyName"] = policy,
                ["PolicyDocument"] = Policy([.. Merged(statements)]),
            }
        );
    }

    /// <summary>
    /// Statements without a condition that allow the same actions become one: a template of CloudFormation has a limit.
    /// </summary>
    private static IEnumerable<JsonObject> Merged(IEnumerable<JsonObject> statements)
    {
        var merged = new List<JsonObject>();
        foreach (var statement in statements)
        {
            var same = merged.Find(one =>
                !one.ContainsKey("Condition")
                && !statement.ContainsKey("Condition")
                && JsonNode.DeepEquals(one["Action"], statement["Action"])
            );
            if (same is null)
            {
                merged.Add(statement);
                continue;
            }

            var known = same["Resource"]!.AsArray();
            foreach (var resource in statement["Resource"]!.AsArray())
            {
                if (!known.Any(one => JsonNode.DeepEquals(one, resource)))
                {
                    known.Add(resource!.DeepClone());
                }
            }
        }

        return merged;
    }

    private static string Policy(params JsonObject[] statements) =>
        new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray([.. statements]) }.ToJsonString();
}
