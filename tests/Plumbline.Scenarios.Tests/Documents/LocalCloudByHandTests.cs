using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Amazon.S3.Model;
using Plumbline.Aws.Client;
using Plumbline.Cli.Homes;
using Plumbline.LocalCloud;
using Plumbline.Loop.Home;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.Documents;

/// <summary>
/// Sends the requests of <c>docs/local-cloud.http</c> and the commands beside it, "By hand", to a local cloud.
/// </summary>
public sealed partial class LocalCloudByHandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_request_of_the_file_is_answered_as_it_says(bool movableClock)
    {
        await using var host = await StartAsync(movableClock);
        var presigned = await PresignedAsync();
        using var http = new HttpClient(new LoopbackOnly());
        var wrong = new List<string>();
        var requests = Requests();
        foreach (var text in requests)
        {
            var filled = text.Replace("{{cloud}}", host.Endpoint.GetLeftPart(UriPartial.Authority))
                .Replace("{{presigned}}", presigned);
            using var request = Read(filled);
            using var answer = await http.SendAsync(request);
            var stated = int.Parse(Stated().Match(filled).Groups[1].Value, CultureInfo.InvariantCulture);
            if ((int)answer.StatusCode != stated)
            {
                wrong.Add($"{text}\nanswers {(int)answer.StatusCode}, not {stated}");
            }
        }

        requests.Count.ShouldBeGreaterThan(6);
        wrong.ShouldBeEmpty();
    }

    [ProgramFact("bash", "aws", "curl")]
    public async Task The_signed_commands_beside_it_work()
    {
        await using var host = await StartAsync(movableClock: false);
        var block = FencedBlock
            .In(Path.Combine("docs", "local-cloud.md"))
            .Single(block => block.Text.Contains("--aws-sigv4", StringComparison.Ordinal));
        var environment = new Dictionary<string, string>
        {
            ["PLUMBLINE_DATA"] = folder.Path,
            ["PATH"] = $"{Path.GetDirectoryName(Plumb.Program)}:{Environment.GetEnvironmentVariable("PATH")}",
            ["AWS_CONFIG_FILE"] = "/dev/null",
            ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
            ["AWS_PAGER"] = "",
            ["no_proxy"] = "127.0.0.1",
        };

        var run = await Shell.RunAsync("bash", ["-euo", "pipefail", "-c", block.Text], environment, folder.Path);

        var said = run.Succeeded();
        said.ShouldContain("arn:aws:iam::000000000000:root");
        said.ShouldContain("\"setAside\":0");
    }

    private Task<LocalCloudHost> StartAsync(bool movableClock) =>
        LocalCloudHost.StartAsync(
            new LocalCloudOptions
            {
                DataFolder = folder.Path,
                Port = 0,
                MovableClock = movableClock,
            }
        );

    /// <summary>The path and query of an object's presigned address, as <c>aws s3 presign</c> prints it.</summary>
    private async Task<string> PresignedAsync()
    {
        using var clients = new LoopClients(AwsConnection.To(LocalHome.Read(new DirectoryInfo(folder.Path))));
        await clients.S3.PutBucketAsync("shelf");
        await clients.S3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = "shelf",
                Key = "note.txt",
                ContentBody = "hello",
            }
        );
        var address = await clients.S3.GetPreSignedURLAsync(
            new GetPreSignedUrlRequest
            {
                BucketName = "shelf",
                Key = "note.txt",
                Expires = DateTime.UtcNow.AddHours(1),
                Protocol = Amazon.S3.Protocol.HTTP,
            }
        );
        return new Uri(address).PathAndQuery;
    }

    private static List<string> Requests() =>
        [.. File.ReadAllText(Repository.Path("docs", "local-cloud.http")).Split("\n### ").Skip(1)];

    /// <summary>A request as editors read it: a title, comments, the request line, headers, an empty line, the body.</summary>
    private static HttpRequestMessage Read(string text)
    {
        var lines = text.Trim().Split('\n').Skip(1).SkipWhile(line => line.StartsWith('#')).ToList();
        var line = lines[0].Split(' ', 2);
        var request = new HttpRequestMessage(new HttpMethod(line[0]), line[1]);
        var headers = lines.Skip(1).TakeWhile(one => one.Length > 0).Select(one => one.Split(": ", 2)).ToList();
        var body = string.Join('\n', lines.Skip(2 + headers.Count));
        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        }

        foreach (var header in headers)
        {
            var added =
                request.Headers.TryAddWithoutValidation(header[0], header[1])
                || request.Content?.Headers.TryAddWithoutValidation(header[0], header[1]) == true;
            added.ShouldBeTrue(header[0]);
        }

        return request;
    }

    [GeneratedRegex(@"^# Answers (\d{3})$", RegexOptions.Multiline)]
    private static partial Regex Stated();
}
