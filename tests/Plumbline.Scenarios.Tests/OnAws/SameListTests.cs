using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Loop.Home;
using Plumbline.Loop.Project;
using Plumbline.Loop.Resources;
using Plumbline.Loop.Stack;
using Plumbline.Loop.Training;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.OnAws;

/// <summary>
/// The resources that <c>plumb push</c> makes in the local cloud, read through AWS's API, must have every property that
/// the stack gives them on AWS.
/// </summary>
public sealed class SameListTests
{
    /// <summary>Resources that only AWS has, with the reasons.</summary>
    private static readonly Dictionary<string, string> OnlyOnAws = new()
    {
        ["BucketPolicy"] = "the local cloud is on loopback, without TLS",
        ["DeadLetters"] = "the local cloud has no queues: it delivers again until it can",
        ["DeadLettersPolicy"] = "of that queue",
        ["DeadLettersAlarm"] = "of that queue",
        ["TopicPolicy"] = "the local cloud's alarms need no leave to publish",
        ["LogsBuild"] = "the local cloud keeps no log for ever",
        ["LogsDeploy"] = "of the other build project",
        ["Dashboard"] = "the console shows the same",
        ["Bucket"] = "its name is the same, its safeguards are AWS's",
    };

    [ProgramFact("git", "bwrap")]
    public async Task What_push_makes_locally_is_what_the_stack_makes_on_AWS_property_by_property()
    {
        await using var running = await RunningLoop.StartAsync();
        var loop = running.Loop;
        // The same order as in plumb push, which applies the resources before it pushes.
        var commit = (await new WorkTree(running.Project).HeadAsync(default))!;
        var inputs = await TrainingInputs.OfAsync(running.Folder, commit, default);
        await new ResourceApplier(loop).ApplyAsync(inputs, null, default);
        var resources = JsonNode.Parse(LoopTemplate.Of(loop.Project))!["Resources"]!.AsObject();
        var compared = 0;
        foreach (var (id, resource) in resources.Where(one => !OnlyOnAws.ContainsKey(one.Key)))
        {
            var wanted = Resolved(resource!["Properties"], loop)!.AsObject();
            var found = await ReadAsync(loop, (string)resource["Type"]!, wanted);
            Properties.ShouldBeThere(wanted, found, id);
            compared++;
        }

        compared.ShouldBe(resources.Count - OnlyOnAws.Count);
        ((string)Resolved(resources["Bucket"]!["Properties"]!["BucketName"], loop)!).ShouldBe(loop.Names.Bucket);
    }

    /// <summary>Reads a resource of the local cloud, under CloudFormation's names.</summary>
    private static async Task<JsonObject> ReadAsync(LoopContext loop, string type, JsonObject wanted)
    {
        var clients = loop.Clients;
        switch (type)
        {
            case "AWS::IAM::Role":
                var role = Named("RoleName", wanted["RoleName"]!);
                var found = (await clients.Iam.GetRoleAsync(role)).Tree.Object("Role")!;
                role["PolicyName"] = "loop";
                var policy = await clients.Iam.GetRolePolicyAsync(role);
                found["AssumeRolePolicyDocument"] = Document(found.Text("AssumeRolePolicyDocument")!);
                found["Policies"] = new JsonArray(
                    new JsonObject { ["PolicyName"] = "loop", ["PolicyDocument"] = Document(policy.PolicyDocument) }
                );
                return found;
            case "AWS::CodeCommit::Repository":
                var repository = await clients.CodeCommit.GetRepositoryAsync(
                    Named("repositoryName", wanted["RepositoryName"]!)
                );
                return Capitalized(repository.Tree.Object("repositoryMetadata")!);
            case "AWS::SNS::Topic":
                var topics = await clients.Sns.ListTopicsAsync();
                topics.Objects("Topics").Select(one => one.Text("TopicArn")).ShouldContain(loop.Names.TopicArn);
                return new JsonObject { ["TopicName"] = loop.Names.TopicArn.Split(':')[^1] };
            case "AWS::SageMaker::ModelPackageGroup":
                return await clients.SageMaker.DescribeModelPackageGroupAsync(
                    Named("ModelPackageGroupName", wanted["ModelPackageGroupName"]!)
                );
            case "AWS::CodeBuild::Project":
                var projects = await clients.CodeBuild.BatchGetProjectsAsync(
                    new JsonObject { ["names"] = new JsonArray(wanted["Name"]!.DeepClone()) }
                );
                var project = Capitalized(projects.Projects.Single().Tree);
                foreach (var part in new[] { "Source", "Artifacts", "Environment" })
                    project[part] = Capitalized(project.Object(part)!);
                project["Source"]!["BuildSpec"] = project["Source"]!["Buildspec"]!.DeepClone();
                // Repositories of the local cloud have other addresses.
                project["Source"]!["Location"] = wanted["Source"]!["Location"]!.DeepClone();
                return project;
            case "AWS::CloudWatch::Alarm":
                var alarms = await clients.CloudWatch.DescribeAlarmsAsync(
                    new JsonObject { ["AlarmNames"] = new JsonArray(wanted["AlarmName"]!.DeepClone()) }
                );
                return alarms.MetricAlarms.Single().Tree;
            case "AWS::Events::Rule":
                var rule = (await clients.Events.DescribeRuleAsync(Named("Name", wanted["Name"]!))).Tree;
                var targets = await clients.Events.ListTargetsByRuleAsync(Named("Rule", wanted["Name"]!));
                if (rule.Text("EventPattern") is { } pattern)
                    rule["EventPattern"] = JsonNode.Parse(pattern);
                rule["Targets"] = targets["Targets"]!.DeepClone();
                foreach (var target in wanted["Targets"]!.AsArray())
                    target!.AsObject().Remove("DeadLetterConfig");
                return rule;
            default:
                throw new InvalidOperationException($"{type} is in the stack and nothing here reads it back.");
        }
    }

    private static JsonNode? Resolved(JsonNode? node, LoopContext loop) =>
        node switch
        {
            JsonObject tree when tree["Fn::Sub"] is { } text => (string)
                text!
                    .ToString()
                    .Replace("${AWS::AccountId}", loop.Names.Account, StringComparison.Ordinal)
                    .Replace("${AWS::Region}", loop.Names.Region, StringComparison.Ordinal)
                    .Replace("${AWS::Partition}", loop.Names.Partition, StringComparison.Ordinal)
                    .Replace("${AWS::URLSuffix}", "amazonaws.com", StringComparison.Ordinal)
                    .Replace("${!", "${", StringComparison.Ordinal),
            JsonObject tree => new JsonObject(
                tree.Select(one => KeyValuePair.Create(one.Key, Resolved(one.Value, loop)))
            ),
            JsonArray list => new JsonArray([.. list.Select(one => Resolved(one, loop))]),
            _ => node?.DeepClone(),
        };

    private static JsonObject Named(string member, JsonNode name) => new() { [member] = name.DeepClone() };

    /// <summary>IAM returns its documents percent-encoded.</summary>
    private static JsonNode Document(string text) => JsonNode.Parse(Uri.UnescapeDataString(text))!;

    private static JsonObject Capitalized(JsonObject tree) =>
        new(
            tree.Select(one =>
                KeyValuePair.Create(char.ToUpperInvariant(one.Key[0]) + one.Key[1..], one.Value?.DeepClone())
            )
        );
}
