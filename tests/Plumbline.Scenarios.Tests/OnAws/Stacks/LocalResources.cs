using System.Text.Json.Nodes;
using Amazon.S3;
using Amazon.S3.Model;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.Loop.Home;

namespace Plumbline.Scenarios.Tests.OnAws.Stacks;

/// <summary>
/// Makes a template's resources in a local cloud through their services' APIs, only from their properties.
/// </summary>
/// <param name="clients">
/// The local cloud with the account's own key, which has all permissions for deploying a stack.
/// </param>
/// <param name="gitHub">Replaces GitHub; null if no template uses it.</param>
/// <param name="policies">Changes the policies of roles before they are stored.</param>
internal sealed class LocalResources(
    LoopClients clients,
    GitHubStandIn? gitHub,
    Func<string, JsonObject, JsonObject> policies
)
{
    /// <summary>Resource types that the local cloud does not need, with the reasons.</summary>
    private static readonly Dictionary<string, string> OnlyOnAws = new()
    {
        ["AWS::SQS::Queue"] = "the local cloud delivers an event again until it can",
        ["AWS::SQS::QueuePolicy"] = "of that queue",
        ["AWS::SNS::TopicPolicy"] = "rules and alarms need no leave to publish here",
        ["AWS::CloudWatch::Dashboard"] = "people look at it, and no part of the loop",
    };

    /// <summary>Makes a resource; false if a resource of this name exists.</summary>
    /// <exception cref="AwsException">The resource's service refused it.</exception>
    public async Task<bool> TryCreateAsync(StackResource resource, IReadOnlyDictionary<string, StackResource> all)
    {
        var properties = StackValues.Resolved(resource.Properties, all)!.AsObject();
        try
        {
            await PutAsync(resource.Type, properties, isNew: true);
            return true;
        }
        catch (AmazonS3Exception exists) when (exists.ErrorCode == "BucketAlreadyOwnedByYou")
        {
            return false;
        }
        catch (AwsException exists)
            when (exists.Code.Contains("Exist", StringComparison.Ordinal)
                || exists.Message.Contains("already exist", StringComparison.OrdinalIgnoreCase)
            )
        {
            return false;
        }
    }

    /// <summary>Changes a resource to its new properties.</summary>
    public Task UpdateAsync(
        StackResource before,
        StackResource resource,
        IReadOnlyDictionary<string, StackResource> all
    ) =>
        before.Name == resource.Name
            ? PutAsync(resource.Type, StackValues.Resolved(resource.Properties, all)!.AsObject(), isNew: false)
            : throw new InvalidOperationException($"{resource.Id} would be replaced, which is not done here.");

    /// <param name="all">All resources of the template, for references.</param>
    public async Task DeleteAsync(StackResource resource, IReadOnlyDictionary<string, StackResource> all)
    {
        var named = (string member) => new JsonObject { [member] = resource.Name };
        switch (resource.Type)
        {
            case "AWS::IAM::Role":
                var put = await clients.Iam.ListRolePoliciesAsync(named("RoleName"));
                foreach (var policy in put.PolicyNames)
                {
                    var inside = named("RoleName");
                    inside["PolicyName"] = policy;
                    await clients.Iam.DeleteRolePolicyAsync(inside);
                }

                await clients.Iam.DeleteRoleAsync(named("RoleName"));
                break;
            case "AWS::S3::Bucket":
                await clients.S3.DeleteBucketAsync(resource.Name);
                break;
            case "AWS::S3::BucketPolicy":
                var bucket = StackValues.Resolved(resource.Properties["Bucket"], all)!;
                await clients.S3.DeleteBucketPolicyAsync((string)bucket!);
                break;
            case "AWS::CodeCommit::Repository":
                await clients.CodeCommit.DeleteRepositoryAsync(named("repositoryName"));
                break;
            case "AWS::SNS::Topic":
                await clients.Sns.DeleteTopicAsync(new JsonObject { ["TopicArn"] = StackValues.Reference(resource) });
                break;
            case "AWS::SageMaker::ModelPackageGroup":
                await clients.SageMaker.DeleteModelPackageGroupAsync(named("ModelPackageGroupName"));
                break;
            case "AWS::CodeBuild::Project":
                await clients.CodeBuild.DeleteProjectAsync(named("name"));
                break;
            case "AWS::CloudWatch::Alarm":
                await clients.CloudWatch.DeleteAlarmsAsync(
                    new JsonObject { ["AlarmNames"] = new JsonArray(resource.Name) }
                );
                break;
            case "AWS::Events::Rule":
                var targets = await clients.Events.ListTargetsByRuleAsync(named("Rule"));
                var removed = named("Rule");
                removed["Ids"] = new JsonArray([
                    .. targets.Objects("Targets").Select(target => target["Id"]!.DeepClone()),
                ]);
                await clients.Events.RemoveTargetsAsync(removed);
                await clients.Events.DeleteRuleAsync(named("Name"));
                break;
            case "AWS::Logs::LogGroup":
                await clients.Logs.DeleteLogGroupAsync(named("logGroupName"));
                break;
            default:
                RefuseUnknown(resource.Type);
                break;
        }
    }

    private async Task PutAsync(string type, JsonObject properties, bool isNew)
    {
        switch (type)
        {
            case "AWS::IAM::Role":
                await PutRoleAsync(properties, isNew);
                break;
            case "AWS::S3::Bucket":
                await PutBucketAsync(properties.Text("BucketName")!, isNew);
                break;
            case "AWS::S3::BucketPolicy":
                await clients.S3.PutBucketPolicyAsync(
                    properties.Text("Bucket"),
                    properties["PolicyDocument"]!.ToJsonString()
                );
                break;
            case "AWS::CodeCommit::Repository" when isNew:
                await clients.CodeCommit.CreateRepositoryAsync(Uncapitalized(properties));
                break;
            case "AWS::SNS::Topic":
                await PutTopicAsync(properties.Text("TopicName")!, isNew);
                break;
            case "AWS::SageMaker::ModelPackageGroup" when isNew:
                await clients.SageMaker.CreateModelPackageGroupAsync(properties);
                break;
            case "AWS::CodeBuild::Project":
                await PutProjectAsync(properties, isNew);
                break;
            case "AWS::CloudWatch::Alarm":
                await clients.CloudWatch.PutMetricAlarmAsync(properties);
                break;
            case "AWS::Events::Rule":
                await PutRuleAsync(properties);
                break;
            case "AWS::Logs::LogGroup" when isNew:
                await clients.Logs.CreateLogGroupAsync(
                    new JsonObject { ["logGroupName"] = properties["LogGroupName"]!.DeepClone() }
                );
                break;
            default:
                RefuseUnknown(type);
                break;
        }
    }

    private async Task PutRoleAsync(JsonObject properties, bool isNew)
    {
        var role = Without(properties, "Policies");
        var name = role.Text("RoleName")!;
        role["AssumeRolePolicyDocument"] = role["AssumeRolePolicyDocument"]!.ToJsonString();
        if (isNew)
        {
            await clients.Iam.CreateRoleAsync(role);
        }

        foreach (var policy in properties.Objects("Policies").Concat(gitHub?.PoliciesOf(properties) ?? []))
        {
            await clients.Iam.PutRolePolicyAsync(
                new JsonObject
                {
                    ["RoleName"] = name,
                    ["PolicyName"] = policy["PolicyName"]!.DeepClone(),
                    ["PolicyDocument"] = policies(name, policy.Object("PolicyDocument")!).ToJsonString(),
                }
            );
        }
    }

    private async Task PutBucketAsync(string name, bool isNew)
    {
        if (isNew)
        {
            // In us-east-1, S3 accepts making an existing bucket of one's own again; CloudFormation does not.
            if ((await clients.S3.ListBucketsAsync()).Buckets?.Any(one => one.BucketName == name) == true)
            {
                throw new AwsException("AlreadyExists", 400, $"{name} already exists");
            }

            await clients.S3.PutBucketAsync(name);
        }

        await clients.S3.PutBucketVersioningAsync(
            new PutBucketVersioningRequest
            {
                BucketName = name,
                VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled },
            }
        );
    }

    private async Task PutTopicAsync(string name, bool isNew)
    {
        var topics = await clients.Sns.ListTopicsAsync();
        var isThere = topics
            .Objects("Topics")
            .Any(topic => topic.Text("TopicArn")!.EndsWith($":{name}", StringComparison.Ordinal));
        if (isNew && isThere)
        {
            throw new AwsException("AlreadyExists", 400, $"{name} already exists");
        }

        await clients.Sns.CreateTopicAsync(new JsonObject { ["Name"] = name });
    }

    private async Task PutProjectAsync(JsonObject properties, bool isNew)
    {
        var own = gitHub?.Led(properties) ?? properties;
        var project = Uncapitalized(Without(own, "Triggers"));
        foreach (var part in new[] { "source", "artifacts", "environment", "vpcConfig", "logsConfig" })
        {
            if (project.Object(part) is { } tree)
            {
                project[part] = Uncapitalized(tree);
            }
        }

        // CloudFormation's only name here that is not the API's name with a capital letter.
        var source = project.Object("source")!;
        source["buildspec"] = source["buildSpec"]!.DeepClone();
        source.Remove("buildSpec");
        if (project.Object("environment")!["environmentVariables"] is JsonArray variables)
        {
            project["environment"]!["environmentVariables"] = new JsonArray([
                .. variables.Select(one => Uncapitalized(one!.AsObject())),
            ]);
        }

        await (isNew ? clients.CodeBuild.CreateProjectAsync(project) : clients.CodeBuild.UpdateProjectAsync(project));
        if (own["Triggers"] is not null)
        {
            await gitHub!.AddWebhookAsync(properties.Text("Name")!);
        }
    }

    private async Task PutRuleAsync(JsonObject properties)
    {
        var rule = Without(properties, "Targets");
        if (rule["EventPattern"] is { } pattern)
        {
            rule["EventPattern"] = pattern.ToJsonString();
        }

        await clients.Events.PutRuleAsync(rule);
        await clients.Events.PutTargetsAsync(
            new JsonObject
            {
                ["Rule"] = rule["Name"]!.DeepClone(),
                ["Targets"] = new JsonArray([
                    .. properties.Objects("Targets").Select(target => Without(target, "DeadLetterConfig")),
                ]),
            }
        );
    }

    private static void RefuseUnknown(string type)
    {
        if (!OnlyOnAws.ContainsKey(type))
        {
            throw new InvalidOperationException($"{type} is in the template, and nothing here makes or deletes it.");
        }
    }

    private static JsonObject Without(JsonObject tree, string member) =>
        new(tree.Where(one => one.Key != member).Select(one => KeyValuePair.Create(one.Key, one.Value?.DeepClone())));

    private static JsonObject Uncapitalized(JsonObject tree) =>
        new(
            tree.Select(one =>
                KeyValuePair.Create(char.ToLowerInvariant(one.Key[0]) + one.Key[1..], one.Value?.DeepClone())
            )
        );
}
