using Plumbline.Aws.Errors;
using Plumbline.LocalCloud.Tests.Iam;

namespace Plumbline.LocalCloud.Tests;

/// <summary>Tags that every service refuses.</summary>
public sealed class TagTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    private const string Duplicated = "Duplicate tag keys found. Please note that Tag keys are case insensitive.";

    [Fact]
    public async Task A_key_that_is_there_twice_is_refused_in_each_services_words()
    {
        (string, string)[] twice = [("k", "1"), ("k", "2")];

        Said(await GroupAsync("twice", twice)).ShouldBe((400, "ValidationException", "Duplicate tag key"));
        Said(await AddAsync("twice", twice)).ShouldBe((400, "ValidationException", "Duplicate tag key"));
        Said(await ProjectAsync("twice", twice))
            .ShouldBe((400, "InvalidInputException", "Invalid project: tag keys must be unique, and k is repeated"));
        Said(await RoleAsync("twice", twice)).ShouldBe((400, "InvalidInput", Duplicated));
    }

    [Fact]
    public async Task Keys_that_differ_in_case_are_two_but_for_IAM()
    {
        (string, string)[] cases = [("key", "1"), ("KEY", "2")];

        await MakeGroupAsync("cases", cases);
        Said(await RoleAsync("cases", cases)).ShouldBe((400, "InvalidInput", Duplicated));
    }

    [Theory]
    [InlineData("aws:k", "v", "aws: prefixed tag key names are not allowed for external use.")]
    [InlineData("AWS:k", "v", "aws: prefixed tag key names are not allowed for external use.")]
    [InlineData("", "v", "Member must have length greater than or equal to 1")]
    public async Task Keys_that_are_AWSs_own_or_empty_are_refused_everywhere(string key, string value, string message)
    {
        foreach (var refusal in await RefusalsAsync((key, value)))
        {
            refusal.Status.ShouldBe(400);
            refusal.Message.ShouldContain(message);
        }
    }

    [Fact]
    public async Task Keys_and_values_that_are_too_long_are_refused_everywhere()
    {
        foreach (
            var refusal in (AwsException[])
                [
                    .. await RefusalsAsync((new string('k', 129), "v")),
                    .. await RefusalsAsync(("k", new string('v', 257))),
                ]
        )
        {
            refusal.Status.ShouldBe(400);
            refusal.Message.ShouldContain("Member must have length less than or equal to");
        }
    }

    [Fact]
    public async Task A_resource_has_fifty_tags_at_most_however_they_came()
    {
        var fifty = Enumerable.Range(0, 50).Select(number => ($"k{number}", "v")).ToArray();
        await MakeGroupAsync("fifty", fifty);
        await cloud.CallAsync("sns", "CreateTopic", new { Name = "fifty", Tags = Upper(fifty) });
        await cloud.CallAsync(
            "events",
            "PutRule",
            new
            {
                Name = "fifty",
                ScheduleExpression = "rate(1 day)",
                Tags = Upper(fifty),
            }
        );

        (await AddAsync("fifty", ("one", "more"))).Message.ShouldContain("Too many tags");
        (await AddToAsync("sns", "ResourceArn", "arn:aws:sns:us-east-1:000000000000:fifty")).Code.ShouldBe(
            "TagLimitExceeded"
        );
        (await AddToAsync("events", "ResourceARN", "arn:aws:events:us-east-1:000000000000:rule/fifty")).Code.ShouldBe(
            "LimitExceededException"
        );
        await cloud.CallAsync("sagemaker", "AddTags", new { ResourceArn = Arn("fifty"), Tags = Upper(("k0", "new")) });
    }

    private static string Arn(string name) => $"arn:aws:sagemaker:us-east-1:000000000000:model-package-group/{name}";

    private static (int, string, string) Said(AwsException refusal) => (refusal.Status, refusal.Code, refusal.Message);

    private static object Upper(params IEnumerable<(string Key, string Value)> tags) =>
        tags.Select(tag => new { tag.Key, tag.Value }).ToArray();

    private async Task<AwsException[]> RefusalsAsync((string, string) tag) =>
        [
            await GroupAsync("odd", tag),
            await AddAsync("odd", tag),
            await ProjectAsync("odd", tag),
            await RoleAsync("odd", tag),
        ];

    private Task MakeGroupAsync(string name, params (string, string)[] tags) =>
        cloud.CallAsync(
            "sagemaker",
            "CreateModelPackageGroup",
            new { ModelPackageGroupName = name, Tags = Upper(tags) }
        );

    private Task<AwsException> GroupAsync(string name, params (string, string)[] tags) =>
        cloud.RefusalAsync(
            "sagemaker",
            "CreateModelPackageGroup",
            new { ModelPackageGroupName = name, Tags = Upper(tags) }
        );

    private Task<AwsException> AddAsync(string name, params (string, string)[] tags) =>
        cloud.RefusalAsync("sagemaker", "AddTags", new { ResourceArn = Arn(name), Tags = Upper(tags) });

    private Task<AwsException> AddToAsync(string service, string member, string arn) =>
        cloud.RefusalAsync(
            service,
            "TagResource",
            new Dictionary<string, object> { [member] = arn, ["Tags"] = Upper(("one", "more")) }
        );

    private Task<AwsException> ProjectAsync(string name, params (string Key, string Value)[] tags) =>
        cloud.RefusalAsync(
            "codebuild",
            "CreateProject",
            new
            {
                name,
                source = new { type = "NO_SOURCE", buildspec = "version: 0.2" },
                artifacts = new { type = "NO_ARTIFACTS" },
                environment = new
                {
                    type = "LINUX_CONTAINER",
                    image = "plumbline",
                    computeType = "BUILD_GENERAL1_SMALL",
                },
                serviceRole = CodeBuild.BuildCalls.Role,
                tags = tags.Select(tag => new { key = tag.Key, value = tag.Value }),
            }
        );

    private Task<AwsException> RoleAsync(string name, params (string, string)[] tags) =>
        cloud.RefusalAsync(
            "iam",
            "CreateRole",
            new
            {
                RoleName = name,
                AssumeRolePolicyDocument = RoleSession.Trust,
                Tags = Upper(tags),
            }
        );
}
