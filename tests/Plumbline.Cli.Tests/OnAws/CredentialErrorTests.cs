using Plumbline.Testing;

namespace Plumbline.Cli.Tests.OnAws;

/// <summary>A person with unknown or expired credentials gets one line with the next step.</summary>
public sealed class CredentialErrorTests
{
    [Theory]
    [InlineData(
        "InvalidClientTokenId",
        "The security token included in the request is invalid.",
        "get-caller-identity"
    )]
    [InlineData("SignatureDoesNotMatch", "The request signature we calculated does not match.", "get-caller-identity")]
    [InlineData("ExpiredToken", "The security token included in the request is expired", "aws sso login")]
    public async Task Keys_that_AWS_refuses(string code, string message, string advice)
    {
        await using var aws = await RecordingProxy.StartAsync();
        aws.Instead = _ => RecordedErrors.Sts(code, message);

        var line = await FailureAsync(
            new() { ["http_proxy"] = aws.Url, ["AWS_ACCESS_KEY_ID"] = "AKIAIOSFODNN7EXAMPLE" }
        );

        line.ShouldStartWith($"plumb: {code}: {message}");
        line.ShouldContain(advice);
        // A refused call must not be repeated.
        aws.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_AWS_that_is_not_there()
    {
        var line = await FailureAsync(
            new() { ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9", ["AWS_MAX_ATTEMPTS"] = "1" }
        );
        line.ShouldContain("127.0.0.1:9");
        line.ShouldContain("check the network connection");
    }

    [Fact]
    public async Task No_keys_at_all() =>
        (await FailureAsync(new() { ["AWS_ACCESS_KEY_ID"] = "" })).ShouldContain("aws configure");

    [Fact]
    public async Task No_region() => (await FailureAsync(new() { ["AWS_REGION"] = "" })).ShouldContain("AWS_REGION");

    /// <summary>The last line of a failed <c>plumb status</c>.</summary>
    private static async Task<string> FailureAsync(Dictionary<string, string> changes)
    {
        using var folder = new TemporaryFolder();
        (await Plumb.RunAsync(folder.Path, folder.Path, "new", "moons")).Succeeded();
        var environment = new Dictionary<string, string>
        {
            ["HOME"] = folder.Path,
            ["AWS_ENDPOINT_URL"] = "http://aws.test",
            ["AWS_REGION"] = "us-east-1",
            ["AWS_DEFAULT_REGION"] = "",
            ["AWS_ACCESS_KEY_ID"] = "AKIAIOSFODNN7EXAMPLE",
            ["AWS_SECRET_ACCESS_KEY"] = "secret",
            // The metadata service exists only on EC2.
            ["AWS_EC2_METADATA_DISABLED"] = "true",
        };
        foreach (var (name, value) in changes)
        {
            environment[name] = value;
        }

        var run = await Shell.RunAsync(Plumb.Program, ["status", "--home", "aws"], environment, folder.At("moons"));
        run.ExitCode.ShouldBe(1);
        run.Output.ShouldBe("");
        return run.Error.TrimEnd('\n').Split('\n').ShouldHaveSingleItem();
    }
}
