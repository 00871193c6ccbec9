using System.Text.Json.Nodes;
using Plumbline.Aws.Arns;
using Plumbline.Aws.Protocols;
using Plumbline.Loop.Home;
using Plumbline.Loop.Resources;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Stack;

/// <summary>
/// Changes a stack whose source is on GitHub: a webhook starts the build instead of CodeCommit's event. The repository
/// at CodeCommit stays, for the ledger of deployments.
/// </summary>
internal static class GitHubSource
{
    public static void Apply(SourceDescription source, JsonObject resources)
    {
        resources.Remove("RulePush");
        foreach (var id in new[] { "BuildProjectBuild", "BuildProjectDeploy" })
        {
            var project = Properties(resources, id);
            project["SourceVersion"] = LoopNames.DefaultBranch;
            project["Source"] = new JsonObject
            {
                ["Type"] = "GITHUB",
                ["Location"] = source.CloneUrl(),
                ["Auth"] = new JsonObject { ["Type"] = "CODECONNECTIONS", ["Resource"] = source.Connection },
                ["BuildSpec"] = project["Source"]!["BuildSpec"]!.DeepClone(),
            };
        }

        var build = Properties(resources, "BuildProjectBuild");
        build["Triggers"] = new JsonObject
        {
            ["Webhook"] = true,
            ["FilterGroups"] = new JsonArray(
                new JsonArray(
                    new JsonObject { ["Type"] = "EVENT", ["Pattern"] = "PUSH" },
                    new JsonObject { ["Type"] = "HEAD_REF", ["Pattern"] = $"^refs/heads/{LoopNames.DefaultBranch}$" }
                )
            ),
        };
        // A webhook cannot set variables of the build, so this is their default; the alarm's rule overrides it.
        build["Environment"]!["EnvironmentVariables"] = new JsonArray(
            new JsonObject { ["Name"] = "TRIGGER", ["Value"] = "push" }
        );
        // The service was renamed: an old connection has the old name in its ARN and in its IAM actions.
        var service = Arn.Parse(source.Connection).Service;
        foreach (var id in new[] { "RoleBuild", "RoleDeploy" }.Where(resources.ContainsKey))
        {
            Properties(resources, id)["Policies"]!
                .AsArray()
                .Add(
                    (JsonNode)
                        new JsonObject
                        {
                            ["PolicyName"] = "source",
                            ["PolicyDocument"] = Template.Policy(
                                RoleStatements.Allow(
                                    [$"{service}:GetConnection", $"{service}:GetConnectionToken"],
                                    source.Connection
                                )
                            ),
                        }
                );
        }
    }

    private static JsonObject Properties(JsonObject resources, string id) =>
        resources.Object(id)!.Object("Properties")!;
}
