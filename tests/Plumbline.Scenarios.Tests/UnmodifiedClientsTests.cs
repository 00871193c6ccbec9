using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

/// <summary>The unmodified aws CLI, git and boto3, in another shell.</summary>
public sealed class UnmodifiedClientsTests
{
    [ProgramFact("git", "bwrap", "aws", "python3")]
    public async Task The_aws_cli_git_and_boto3_work_as_they_come()
    {
        await using var running = await RunningLoop.StartAsync();
        (await running.PlumbAsync("push")).Succeeded();
        await running.EndedAsync(1);

        var bucket = $"s3://{running.Loop.Names.Bucket}";
        await AwsAsync(running, "s3", "cp", "data.csv", $"{bucket}/copied.csv");
        await AwsAsync(running, "s3", "cp", $"{bucket}/copied.csv", "back.csv");
        (await File.ReadAllBytesAsync(Path.Combine(running.Project, "back.csv"))).ShouldBe(
            await File.ReadAllBytesAsync(Path.Combine(running.Project, "data.csv"))
        );
        (
            await AwsAsync(running, "sagemaker", "list-model-packages", "--model-package-group-name", "moons")
        ).ShouldContain("model-package/moons/1");
        (await AwsAsync(running, "cloudwatch", "describe-alarms", "--alarm-names", "moons-accuracy")).ShouldContain(
            "\"TreatMissingData\": \"ignore\""
        );
        (
            await AwsAsync(running, "logs", "filter-log-events", "--log-group-name", "/aws/codebuild/moons-build")
        ).ShouldContain("Started arn:aws:sagemaker");
        await PushAsync(running);
        var waited = (await Shell.RunAsync("python3", ["-c", Boto3], running.Environment, running.Project)).Succeeded();
        waited.Trim().ShouldBe("Succeeded");
    }

    private const string Boto3 = """
        import boto3, time
        sagemaker = boto3.client("sagemaker")
        for _ in range(600):
            busy = [e for e in sagemaker.list_pipeline_executions(PipelineName="moons-training")["PipelineExecutionSummaries"]
                    if e["PipelineExecutionStatus"] == "Executing"]
            if not busy:
                break
            time.sleep(0.2)
        arn = sagemaker.start_pipeline_execution(PipelineName="moons-training")["PipelineExecutionArn"]
        status = "Executing"
        while status == "Executing":
            time.sleep(0.2)
            status = sagemaker.describe_pipeline_execution(PipelineExecutionArn=arn)["PipelineExecutionStatus"]
        print(status)
        """;

    private static async Task PushAsync(RunningLoop running)
    {
        await File.WriteAllTextAsync(Path.Combine(running.Project, "notes.txt"), "another commit\n");
        string[] git =
        [
            "-c",
            "user.name=Ann",
            "-c",
            "user.email=ann@example.org",
            "-c",
            "credential.helper=",
            "-c",
            "credential.helper=!f() { aws codecommit credential-helper \"$1\" --ignore-host-check; }; f",
            "-c",
            "credential.UseHttpPath=true",
        ];
        var environment = new Dictionary<string, string>(running.Environment) { ["GIT_TERMINAL_PROMPT"] = "0" };
        (await Shell.RunAsync("git", [.. git, "add", "--all"], environment, running.Project)).Succeeded();
        (
            await Shell.RunAsync("git", [.. git, "commit", "--quiet", "-m", "more"], environment, running.Project)
        ).Succeeded();
        var url = $"{running.Endpoint.GetLeftPart(UriPartial.Authority)}/v1/repos/moons";
        (
            await Shell.RunAsync("git", [.. git, "push", url, "HEAD:refs/heads/main"], environment, running.Project)
        ).Succeeded();
    }

    private static async Task<string> AwsAsync(RunningLoop running, params string[] arguments) =>
        (await Shell.RunAsync("aws", arguments, running.Environment, running.Project)).Succeeded();
}
