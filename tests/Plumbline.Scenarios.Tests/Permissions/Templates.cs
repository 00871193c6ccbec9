using System.Text.Json.Nodes;
using Plumbline.Loop.Stack;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.Permissions;

/// <summary>The permissions of the roles in the synthesized templates.</summary>
internal static class Templates
{
    /// <summary>
    /// The permissions of the demo's project, of its variants (source on GitHub, approval by policy, a network with a
    /// key, PyTorch, C#, base data in S3, a budget), and of the images.
    /// </summary>
    public static HashSet<Permission> Permissions()
    {
        var yaml = File.ReadAllText(Repository.Path("samples", Permission.Project, "plumbline.yaml"));
        const string GitHub = """

            source:
              github: acme/digits
              connection: arn:aws:codeconnections:us-east-1:000000000000:connection/1

            """;
        const string Enterprise = """

            aws:
              tags: {team: vision}
              vpc: {id: vpc-01234567, subnets: [subnet-01234567], securityGroups: [sg-01234567]}
              kmsKey: arn:aws:kms:us-east-1:000000000000:key/1

            """;
        string[] templates =
        [
            LoopTemplate.Of(ProjectDescription.Parse(yaml)),
            LoopTemplate.Of(ProjectDescription.Parse(yaml + GitHub)),
            LoopTemplate.Of(ProjectDescription.Parse(ByPolicy(yaml) + Enterprise)),
            LoopTemplate.Of(ProjectDescription.Parse(OfSample("digits-torch"))),
            LoopTemplate.Of(ProjectDescription.Parse(OfSample("digits-csharp"))),
            LoopTemplate.Of(ProjectDescription.Parse(InS3(yaml))),
            LoopTemplate.Of(ProjectDescription.Parse(WithBudget(yaml))),
            ImagesTemplate.Of(),
        ];
        return [.. templates.SelectMany(Of)];
    }

    /// <summary>The permissions of the demo's project alone.</summary>
    public static IEnumerable<Permission> OfTheDemo() =>
        Of(
            LoopTemplate.Of(
                ProjectDescription.Parse(
                    File.ReadAllText(Repository.Path("samples", Permission.Project, "plumbline.yaml"))
                )
            )
        );

    private static string ByPolicy(string yaml) =>
        yaml.Replace("approval: manual", "approval: recommended", StringComparison.Ordinal);

    private static string WithBudget(string yaml) =>
        yaml.Replace("coolDown: 1h", "coolDown: 1h\n  budget: 100", StringComparison.Ordinal);

    private static string InS3(string yaml) =>
        yaml.Replace("file: data.csv", "file: s3://warehouse/train/", StringComparison.Ordinal);

    private static string OfSample(string sample) =>
        File.ReadAllText(Repository.Path("samples", sample, "plumbline.yaml"))
            .Replace($"name: {sample}", $"name: {Permission.Project}", StringComparison.Ordinal);

    private static IEnumerable<Permission> Of(string template) =>
        from resource in JsonNode.Parse(template)!["Resources"]!.AsObject()
        where (string?)resource.Value!["Type"] == "AWS::IAM::Role"
        let role = resource.Value["Properties"]!
        from policy in role["Policies"]!.AsArray()
        from statement in policy!["PolicyDocument"]!["Statement"]!.AsArray()
        from action in Listed(statement["Action"]!)
        from named in Listed(statement["Resource"]!)
        select new Permission(
            ((string)role["RoleName"]!).Split('-')[^1],
            (string)action! + To(statement),
            Permission.Named(Text(named!))
        );

    private static IEnumerable<JsonNode?> Listed(JsonNode oneOrMore) =>
        oneOrMore is JsonArray list ? list : [oneOrMore];

    private static string To(JsonNode statement)
    {
        ((string?)statement["Effect"]).ShouldBe("Allow");
        return (string?)statement["Condition"]?["StringEquals"]?["iam:PassedToService"] is { } service
            ? $" to {service}"
            : "";
    }

    private static string Text(JsonNode resource) =>
        ((string)(resource is JsonObject substituted ? substituted["Fn::Sub"] : resource)!)
            .Replace("${AWS::AccountId}", Permission.Account, StringComparison.Ordinal)
            .Replace("${AWS::Partition}", "aws", StringComparison.Ordinal)
            .Replace("${AWS::Region}", "us-east-1", StringComparison.Ordinal);
}
