using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Events;

/// <summary>AWS's own unmodified programs with CloudWatch, Logs, SNS and EventBridge.</summary>
[Collection("processes")]
public sealed class ForeignClientTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    [PythonFact("boto3")]
    public async Task Boto3_watches_tells_and_sets_off()
    {
        var script = Repository.Path("tests", "Plumbline.LocalCloud.Tests", "Events", "boto3_monitoring.py");
        var result = await Shell.RunAsync("python3", [script], Environment());
        result.Succeeded().Trim().ShouldBe("done");
    }

    [ProgramFact("aws")]
    public async Task The_aws_cli_shows_alarms_and_logs()
    {
        var topic = (await AwsAsync("sns", "create-topic", "--name", "cli", "--query", "TopicArn")).Trim();
        await AwsAsync("sns", "publish", "--topic-arn", topic, "--message", "hello");
        await AwsAsync(
            "cloudwatch",
            "put-metric-alarm",
            "--alarm-name=cli",
            "--namespace=N",
            "--metric-name=m",
            "--statistic=Average",
            "--period=300",
            "--evaluation-periods=1",
            "--threshold=1",
            "--comparison-operator=LessThanThreshold"
        );

        var alarms = await AwsAsync(
            "cloudwatch",
            "describe-alarms",
            "--alarm-names",
            "cli",
            "--query",
            "MetricAlarms[].[AlarmName,StateValue]"
        );
        var lines = await AwsAsync(
            "logs",
            "filter-log-events",
            "--log-group-name",
            "sns/us-east-1/000000000000/cli",
            "--query",
            "events[].message"
        );

        alarms.Trim().ShouldBe("cli\tINSUFFICIENT_DATA");
        lines.ShouldContain("\"message\":\"hello\"");
    }

    private async Task<string> AwsAsync(params string[] arguments) =>
        (await Shell.RunAsync("aws", [.. arguments, "--output", "text"], Environment())).Succeeded();

    private Dictionary<string, string> Environment() =>
        new()
        {
            ["AWS_ENDPOINT_URL"] = cloud.Host.Endpoint.ToString(),
            ["AWS_ACCESS_KEY_ID"] = cloud.Host.Keys.AccessKeyId,
            ["AWS_SECRET_ACCESS_KEY"] = cloud.Host.Keys.SecretAccessKey,
            ["AWS_DEFAULT_REGION"] = "us-east-1",
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["AWS_CONFIG_FILE"] = "/dev/null",
            ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
            ["NO_PROXY"] = "*",
        };
}
