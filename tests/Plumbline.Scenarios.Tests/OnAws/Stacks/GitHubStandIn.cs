using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud;
using Plumbline.Loop.Home;

namespace Plumbline.Scenarios.Tests.OnAws.Stacks;

/// <summary>
/// Replaces GitHub for a local cloud, which clones only from its own repositories. It has a repository with another
/// name than the project's, pull access for roles that may use the connection, and a webhook that starts a build for
/// each push.
/// </summary>
internal sealed class GitHubStandIn(LoopClients clients, string cloneUrl)
{
    private const string Repository = "github-stand-in";

    /// <summary>The URL for clone and push.</summary>
    public string Url { get; private set; } = "";

    private static string Arn =>
        $"arn:aws:codecommit:{LocalCloudIdentity.Region}:{LocalCloudIdentity.Account}:{Repository}";

    public async Task MakeAsync()
    {
        var made = await clients.CodeCommit.CreateRepositoryAsync(new JsonObject { ["repositoryName"] = Repository });
        Url = made.Object("repositoryMetadata")!.Text("cloneUrlHttp")!;
    }

    /// <summary>A template's build project with this repository as its source.</summary>
    public JsonObject Led(JsonObject project)
    {
        var source = project.Object("Source")!;
        source.Text("Type").ShouldBe("GITHUB");
        source.Text("Location").ShouldBe(cloneUrl);
        var led = project.DeepClone().AsObject();
        led["Source"] = new JsonObject
        {
            ["Type"] = "CODECOMMIT",
            ["Location"] = Url,
            ["BuildSpec"] = source["BuildSpec"]!.DeepClone(),
        };
        return led;
    }

    /// <summary>The permission to pull from here, for a role that may use the connection.</summary>
    public IEnumerable<JsonObject> PoliciesOf(JsonObject role) =>
        role["Policies"]!.ToJsonString().Contains(":GetConnectionToken\"", StringComparison.Ordinal)
            ?
            [
                new JsonObject
                {
                    ["PolicyName"] = Repository,
                    ["PolicyDocument"] = new JsonObject
                    {
                        ["Version"] = "2012-10-17",
                        ["Statement"] = new JsonObject
                        {
                            ["Effect"] = "Allow",
                            ["Action"] = "codecommit:GitPull",
                            ["Resource"] = Arn,
                        },
                    },
                },
            ]
            : [];

    /// <summary>Makes each push start a build without a role, like CodeBuild's webhook.</summary>
    public async Task AddWebhookAsync(string project)
    {
        await clients.Events.PutRuleAsync(
            new JsonObject
            {
                ["Name"] = Repository,
                ["EventPattern"] = new JsonObject
                {
                    ["source"] = new JsonArray("aws.codecommit"),
                    ["resources"] = new JsonArray(Arn),
                    ["detail"] = new JsonObject { ["referenceName"] = new JsonArray(LoopNames.DefaultBranch) },
                }.ToJsonString(),
            }
        );
        await clients.Events.PutTargetsAsync(
            new JsonObject
            {
                ["Rule"] = Repository,
                ["Targets"] = new JsonArray(
                    new JsonObject
                    {
                        ["Id"] = "webhook",
                        ["Arn"] =
                            $"arn:aws:codebuild:{LocalCloudIdentity.Region}:{LocalCloudIdentity.Account}:project/{project}",
                        ["RoleArn"] = $"arn:aws:iam::{LocalCloudIdentity.Account}:role/github",
                        ["InputTransformer"] = new JsonObject
                        {
                            ["InputPathsMap"] = new JsonObject { ["commit"] = "$.detail.commitId" },
                            ["InputTemplate"] = """{"sourceVersion":<commit>}""",
                        },
                    }
                ),
            }
        );
    }
}
