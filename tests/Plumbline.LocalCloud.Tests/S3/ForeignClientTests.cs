using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.S3;

/// <summary>AWS's own unmodified programs.</summary>
[Collection("processes")]
public sealed class ForeignClientTests(RunningCloud cloud) : IClassFixture<RunningCloud>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    [PythonFact("boto3")]
    public async Task Boto3_makes_a_round_trip()
    {
        var script = Repository.Path("tests", "Plumbline.LocalCloud.Tests", "S3", "boto3_round_trip.py");
        var result = await Shell.RunAsync("python3", [script, "boto3-round-trip"], Environment());
        result.Succeeded().Trim().ShouldBe("done");
    }

    [ProgramFact("aws")]
    public async Task The_aws_cli_copies_lists_synchronizes_and_removes()
    {
        var content = new byte[9 << 20];
        new Random(1).NextBytes(content);
        Directory.CreateDirectory(folder.At("out", "sub"));
        await File.WriteAllBytesAsync(folder.At("out", "large"), content);
        await File.WriteAllTextAsync(folder.At("out", "sub", "small é.txt"), "small");

        await AwsAsync("s3", "mb", "s3://cli-round-trip");
        await AwsAsync("s3", "cp", folder.At("out", "large"), "s3://cli-round-trip/p/large");
        (await AwsAsync("s3", "ls", "s3://cli-round-trip/p/")).ShouldContain(" 9437184 large");
        await AwsAsync("s3", "cp", "s3://cli-round-trip/p/large", folder.At("back"));
        (await File.ReadAllBytesAsync(folder.At("back"))).ShouldBe(content);

        await AwsAsync("s3", "sync", folder.At("out"), "s3://cli-round-trip/tree");
        (await AwsAsync("s3", "sync", folder.At("out"), "s3://cli-round-trip/tree")).Trim().ShouldBe("");
        await AwsAsync("s3", "sync", "s3://cli-round-trip/tree", folder.At("in"));
        (await File.ReadAllTextAsync(folder.At("in", "sub", "small é.txt"))).ShouldBe("small");

        await AwsAsync("s3", "cp", "s3://cli-round-trip/p/large", "s3://cli-round-trip/q/large");
        await AwsAsync("s3", "mv", "s3://cli-round-trip/q/large", "s3://cli-round-trip/r/large");
        await AwsAsync("s3", "rm", "--recursive", "s3://cli-round-trip/tree");
        (await AwsAsync("s3", "ls", "--recursive", "s3://cli-round-trip")).Split('\n').Length.ShouldBe(3);
        await AwsAsync("s3", "rb", "--force", "s3://cli-round-trip");
        (await AwsAsync("s3", "ls")).ShouldNotContain("cli-round-trip");
    }

    public void Dispose() => folder.Dispose();

    private async Task<string> AwsAsync(params string[] arguments) =>
        (await Shell.RunAsync("aws", arguments, Environment())).Succeeded();

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
