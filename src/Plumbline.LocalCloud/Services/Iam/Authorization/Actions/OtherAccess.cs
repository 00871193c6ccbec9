using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Identity;

namespace Plumbline.LocalCloud.Services.Iam.Authorization.Actions;

/// <summary>The operations of the smaller services: EventBridge, SNS, CodeBuild, CodeCommit, IAM and STS.</summary>
internal static class OtherAccess
{
    /// <summary>The rights that each operation of EventBridge requires.</summary>
    public static IReadOnlyDictionary<string, Access[]> Events { get; } =
        new Dictionary<string, Access[]>
        {
            ["PutRule"] = [Rule("Name"), Access.PassRole("events.amazonaws.com", "RoleArn")],
            ["DescribeRule"] = [Rule("Name")],
            ["DeleteRule"] = [Rule("Name")],
            ["EnableRule"] = [Rule("Name")],
            ["DisableRule"] = [Rule("Name")],
            ["ListRules"] = [Access.Anything],
            ["ListRuleNamesByTarget"] = [Access.Anything],
            ["PutTargets"] = [Rule("Rule"), Access.PassRole("events.amazonaws.com", "Targets[].RoleArn")],
            ["ListTargetsByRule"] = [Rule("Rule")],
            ["RemoveTargets"] = [Rule("Rule")],
            ["PutEvents"] =
            [
                new(
                    null,
                    input => input.Objects("Entries").Select(entry => Bus(entry.Text("EventBusName") ?? "default"))
                ),
            ],
            ["DescribeEventBus"] = [new(null, input => [Bus(input.Text("Name") ?? "default")])],
            ["ListEventBuses"] = [Access.Anything],
            ["TestEventPattern"] = [Access.Anything],
            ["TagResource"] = [Arn("ResourceARN")],
            ["UntagResource"] = [Arn("ResourceARN")],
            ["ListTagsForResource"] = [Arn("ResourceARN")],
        };

    /// <summary>The rights that each operation of SNS requires.</summary>
    public static IReadOnlyDictionary<string, Access[]> Sns { get; } =
        new Dictionary<string, Access[]>
        {
            ["CreateTopic"] =
            [
                new(null, input => Access.Values(input, "Name").Select(name => LocalArn.Of("sns", name))),
            ],
            ["DeleteTopic"] = [Arn("TopicArn")],
            ["GetTopicAttributes"] = [Arn("TopicArn")],
            ["SetTopicAttributes"] = [Arn("TopicArn")],
            ["ListTopics"] = [Access.Anything],
            ["Subscribe"] = [Arn("TopicArn")],
            ["ConfirmSubscription"] = [Arn("TopicArn")],
            ["Unsubscribe"] = [TopicOfSubscription],
            ["GetSubscriptionAttributes"] = [TopicOfSubscription],
            ["SetSubscriptionAttributes"] = [TopicOfSubscription],
            ["ListSubscriptions"] = [Access.Anything],
            ["ListSubscriptionsByTopic"] = [Arn("TopicArn")],
            ["Publish"] =
            [
                new(null, input => Access.Values(input, "TopicArn").Concat(Access.Values(input, "TargetArn"))),
            ],
            ["PublishBatch"] = [Arn("TopicArn").As("sns:Publish")],
            ["TagResource"] = [Arn("ResourceArn")],
            ["UntagResource"] = [Arn("ResourceArn")],
            ["ListTagsForResource"] = [Arn("ResourceArn")],
        };

    /// <summary>The rights that each operation of CodeBuild requires.</summary>
    public static IReadOnlyDictionary<string, Access[]> CodeBuild { get; } =
        new Dictionary<string, Access[]>
        {
            ["CreateProject"] = [Project("name"), ServiceRole, BatchRole],
            ["UpdateProject"] = [Project("name"), ServiceRole, BatchRole],
            ["DeleteProject"] = [Project("name")],
            ["BatchGetProjects"] = [Project("names[]")],
            ["ListProjects"] = [Access.Anything],
            ["StartBuild"] =
            [
                Project("projectName"),
                Access.PassRole("codebuild.amazonaws.com", "serviceRoleOverride"),
            ],
            ["StopBuild"] = [ProjectOfBuild("id")],
            ["RetryBuild"] = [ProjectOfBuild("id")],
            ["BatchGetBuilds"] = [ProjectOfBuild("ids[]")],
            ["ListBuilds"] = [Access.Anything],
            ["ListBuildsForProject"] = [Project("projectName")],
        };

    /// <summary>The rights that each operation of CodeCommit requires.</summary>
    public static IReadOnlyDictionary<string, Access[]> CodeCommit { get; } =
        new Dictionary<string, Access[]>
        {
            ["CreateRepository"] = [Repository("repositoryName")],
            ["GetRepository"] = [Repository("repositoryName")],
            ["DeleteRepository"] = [Repository("repositoryName")],
            ["BatchGetRepositories"] = [Repository("repositoryNames[]")],
            ["ListRepositories"] = [Access.Anything],
            ["CreateBranch"] = [Repository("repositoryName")],
            ["GetBranch"] = [Repository("repositoryName")],
            ["ListBranches"] = [Repository("repositoryName")],
            ["DeleteBranch"] = [Repository("repositoryName")],
            ["UpdateDefaultBranch"] = [Repository("repositoryName")],
            ["CreateCommit"] = [Repository("repositoryName")],
            ["GetCommit"] = [Repository("repositoryName")],
            ["PutFile"] = [Repository("repositoryName")],
            ["DeleteFile"] = [Repository("repositoryName")],
            ["GetFile"] = [Repository("repositoryName")],
            ["GetFolder"] = [Repository("repositoryName")],
            ["GetBlob"] = [Repository("repositoryName")],
            ["GetDifferences"] = [Repository("repositoryName")],
            ["TagResource"] = [Arn("resourceArn")],
            ["UntagResource"] = [Arn("resourceArn")],
            ["ListTagsForResource"] = [Arn("resourceArn")],
        };

    /// <summary>The rights that each operation of IAM requires.</summary>
    public static IReadOnlyDictionary<string, Access[]> Iam { get; } =
        new Dictionary<string, Access[]>
        {
            ["CreateRole"] = [new(null, input => [RoleArn((input.Text("Path") ?? "/") + input.Text("RoleName"))])],
            ["GetRole"] = [Role],
            ["UpdateRole"] = [Role],
            ["DeleteRole"] = [Role],
            ["ListRoles"] = [Access.Anything],
            ["UpdateAssumeRolePolicy"] = [Role],
            ["TagRole"] = [Role],
            ["UntagRole"] = [Role],
            ["ListRoleTags"] = [Role],
            ["PutRolePolicy"] = [Role],
            ["GetRolePolicy"] = [Role],
            ["ListRolePolicies"] = [Role],
            ["DeleteRolePolicy"] = [Role],
            ["AttachRolePolicy"] = [Role],
            ["DetachRolePolicy"] = [Role],
            ["ListAttachedRolePolicies"] = [Role],
            ["CreatePolicy"] =
            [
                new(null, input => [LocalArn.OfIam($"policy{input.Text("Path") ?? "/"}{input.Text("PolicyName")}")]),
            ],
            ["GetPolicy"] = [Arn("PolicyArn")],
            ["ListPolicies"] = [Access.Anything],
            ["DeletePolicy"] = [Arn("PolicyArn")],
            ["CreatePolicyVersion"] = [Arn("PolicyArn")],
            ["GetPolicyVersion"] = [Arn("PolicyArn")],
            ["ListPolicyVersions"] = [Arn("PolicyArn")],
            ["SetDefaultPolicyVersion"] = [Arn("PolicyArn")],
            ["DeletePolicyVersion"] = [Arn("PolicyArn")],
        };

    /// <summary>The rights that each operation of STS requires; everybody may ask for their own identity.</summary>
    public static IReadOnlyDictionary<string, Access[]> Sts { get; } =
        new Dictionary<string, Access[]>
        {
            ["GetCallerIdentity"] = [Access.Free],
            ["GetSessionToken"] = [Access.Free],
            ["AssumeRole"] = [Arn("RoleArn")],
        };

    private static Access ServiceRole => Access.PassRole("codebuild.amazonaws.com", "serviceRole");

    private static Access BatchRole => Access.PassRole("codebuild.amazonaws.com", "buildBatchConfig.serviceRole");

    private static Access TopicOfSubscription =>
        new(
            null,
            input =>
                Access
                    .Values(input, "SubscriptionArn")
                    .Select(text =>
                        Aws.Arns.Arn.TryParse(text, out var arn)
                            ? (arn with { Resource = arn.ResourceType }).ToString()
                            : ""
                    )
        );

    private static Access Role =>
        new(null, input => Access.Values(input, "RoleName").Select(name => RoleArn("/" + name)));

    private static string RoleArn(string path) => LocalArn.OfIam("role" + path);

    private static string Bus(string nameOrArn) => LocalArn.OfNameOrArn("events", "event-bus", nameOrArn);

    private static Access Arn(string member) => new(null, input => Access.Values(input, member));

    private static Access Rule(string member) =>
        new(null, input => Access.Values(input, member).Select(name => LocalArn.Of("events", RulePath(input, name))));

    /// <summary>A rule on a bus other than the default has the bus before its name.</summary>
    private static string RulePath(JsonObject input, string name) =>
        input.Text("EventBusName") is { } bus && Aws.Arns.Arn.NameOf(bus) is var busName and not "default"
            ? $"rule/{busName}/{name}"
            : $"rule/{name}";

    private static Access Project(string member) => new(null, input => Access.Values(input, member).Select(ProjectArn));

    private static Access ProjectOfBuild(string member) =>
        new(null, input => Access.Values(input, member).Select(id => ProjectArn(Aws.Arns.Arn.IdOf(id).Split(':')[0])));

    private static string ProjectArn(string nameOrArn) => LocalArn.OfNameOrArn("codebuild", "project", nameOrArn);

    private static Access Repository(string member) =>
        new(null, input => Access.Values(input, member).Select(name => LocalArn.Of("codecommit", name)));
}
