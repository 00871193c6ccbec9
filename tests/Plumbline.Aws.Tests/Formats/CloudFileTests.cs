using System.Text.Json;
using Plumbline.Aws.Formats;

namespace Plumbline.Aws.Tests.Formats;

/// <summary>The file that tells clients where the local cloud is: people and scripts read it too.</summary>
public sealed class CloudFileTests
{
    private const string Text = """
        {
          "endpoint": "http://127.0.0.1:4566",
          "region": "us-east-1",
          "accessKeyId": "AKIAEXAMPLE",
          "secretAccessKey": "secret/",
          "processId": 7
        }
        """;

    private static readonly CloudFile File = new(
        new Uri("http://127.0.0.1:4566"),
        "us-east-1",
        "AKIAEXAMPLE",
        "secret/",
        7
    );

    [Fact]
    public void The_members_are_written_by_name_in_order_and_the_address_has_no_path() => File.ToJson().ShouldBe(Text);

    [Fact]
    public void The_written_file_is_read_back() => CloudFile.Parse(Text).ShouldBe(File);

    [Fact]
    public void Members_that_are_not_known_are_skipped() =>
        CloudFile.Parse(Text.Replace("\"processId\": 7", "\"later\": 1")).ShouldBe(File with { ProcessId = 0 });

    [Theory]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("""{ "endpoint": "http://127.0.0.1:4566", "region": "us-east-1", "accessKeyId": "AKIAEXAMPLE" }""")]
    public void A_file_without_keys_is_refused(string text) => Should.Throw<JsonException>(() => CloudFile.Parse(text));
}
