using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Aws.Signing;
using Plumbline.LocalCloud.Services.CodeCommit.Repositories;
using Plumbline.LocalCloud.Tests.Gateway;
using Plumbline.LocalCloud.Tests.Iam;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.CodeCommit;

public sealed class GitHttpTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    // By default the helper signs only for Amazon's hosts.
    private const string CredentialHelper = "!f() { aws codecommit credential-helper \"$1\" --ignore-host-check; }; f";

    [ProgramFact("git", "aws")]
    public async Task Git_pushes_and_clones_with_the_credential_helper_of_the_aws_cli()
    {
        using var folder = new TemporaryFolder();
        var url = await RepositoryAsync("pushed");
        await GitAsync(folder.Path, "init", "--quiet", "--initial-branch=main");
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "data.csv"), "1,2\n");
        await GitAsync(folder.Path, "add", ".");
        await GitAsync(folder.Path, "commit", "--quiet", "--message", "first");

        await GitAsync(folder.Path, "push", "--quiet", url, "main");
        await GitAsync(folder.Path, "clone", "--quiet", url, "copy");

        (await File.ReadAllTextAsync(Path.Combine(folder.Path, "copy", "data.csv"))).ShouldBe("1,2\n");
        var branch = await cloud.CallAsync(
            "codecommit",
            "GetBranch",
            new { repositoryName = "pushed", branchName = "main" }
        );
        ((string)branch["branch"]!["commitId"]!).ShouldBe((await GitAsync(folder.Path, "rev-parse", "HEAD")).Trim());
    }

    [ProgramFact("git")]
    public async Task Nobody_gets_in_without_a_signature_of_the_repositorys_own_path()
    {
        var url = await RepositoryAsync("closed");
        using var http = new HttpClient();

        using var answer = await http.GetAsync($"{url}/info/refs?service=git-upload-pack");
        using var forged = new HttpRequestMessage(HttpMethod.Get, $"{url}/info/refs?service=git-upload-pack");
        var user = cloud.Host.Keys.AccessKeyId;
        forged.Headers.Authorization = new(
            "Basic",
            Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"{user}:20300101T000000Z{new string('0', 64)}"))
        );
        using var forgedAnswer = await http.SendAsync(forged);

        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
        forgedAnswer.StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
    }

    [ProgramFact("git")]
    public async Task A_role_pulls_and_pushes_as_its_policies_allow()
    {
        var url = new Uri(await RepositoryAsync("pulled"));
        var keys = await cloud.OfAsync(
            "puller",
            """{"Effect":"Allow","Action":"codecommit:GitPull","Resource":"arn:aws:codecommit:us-east-1:000000000000:pulled"}"""
        );

        (await StatusAsync("pulled", "git-upload-pack")).ShouldBe(System.Net.HttpStatusCode.OK);
        (await StatusAsync("pulled", "git-receive-pack")).ShouldBe(System.Net.HttpStatusCode.Forbidden);
        (await StatusAsync("other", "git-upload-pack")).ShouldBe(System.Net.HttpStatusCode.Forbidden);

        async Task<System.Net.HttpStatusCode> StatusAsync(string repository, string service)
        {
            var signing = SignedRequests.Of(keys);
            var path = $"/v1/repos/{repository}";
            var password = GitCredential.Password(
                signing,
                url.Host,
                path,
                LocalCloudIdentity.Region,
                DateTimeOffset.UtcNow
            );
            using var request = new HttpRequestMessage(
                HttpMethod.Get,
                new Uri(url, $"{path}/info/refs?service={service}")
            );
            request.Headers.Authorization = new(
                "Basic",
                Convert.ToBase64String(Encoding.ASCII.GetBytes($"{GitCredential.UserName(signing)}:{password}"))
            );
            using var http = new HttpClient();
            using var answer = await http.SendAsync(request);
            return answer.StatusCode;
        }
    }

    [ProgramFact("git")]
    public async Task A_push_that_breaks_off_leaves_no_git_behind()
    {
        var url = new Uri(await RepositoryAsync("broken"));
        var password = GitCredential.Password(
            SignedRequests.Of(cloud.Host.Keys),
            url.Host,
            url.AbsolutePath,
            LocalCloudIdentity.Region,
            DateTimeOffset.UtcNow
        );
        var basic = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{cloud.Host.Keys.AccessKeyId}:{password}"));

        using (var client = new TcpClient())
        {
            await client.ConnectAsync(url.Host, url.Port).InTimeAsync();
            await client
                .GetStream()
                .WriteAsync(
                    Encoding.ASCII.GetBytes(
                        $"POST {url.AbsolutePath}/git-receive-pack HTTP/1.1\r\nHost: {url.Host}\r\n"
                            + $"Authorization: Basic {basic}\r\nContent-Length: 1000\r\n"
                            + "Content-Type: application/x-git-receive-pack-request\r\n\r\n0011"
                    )
                );
            await Eventually.Async(() => Backends().Count > 0);
        }

        await Eventually.Async(() => Backends().Count == 0);
    }

    [ProgramFact("git")]
    public async Task All_that_git_writes_is_flushed_before_it_answers()
    {
        await RepositoryAsync("flushed");
        using var folder = new TemporaryFolder();
        var git = cloud.Host.Services.GetRequiredService<RepositoryStore>().Open("flushed");
        var trace = Path.Combine(folder.Path, "trace");
        var traced = new Dictionary<string, string> { ["GIT_TRACE2_EVENT"] = trace };

        var blob = await git.TryAsync(["hash-object", "-w", "--stdin"], Encoding.ASCII.GetBytes("a file"), traced);
        Flushes(trace).ShouldBe(1);
        await git.TryAsync(["update-ref", "refs/tags/a-file", blob.Text], default, traced);
        Flushes(trace).ShouldBe(2);
    }

    /// <summary>The git processes that serve this cloud's repositories.</summary>
    private List<int> Backends() =>
        [
            .. Process
                .GetProcesses()
                .Where(process => process.ProcessName.StartsWith("git", StringComparison.Ordinal))
                .Where(process =>
                {
                    var folder = new FileInfo($"/proc/{process.Id}/cwd");
                    return folder.LinkTarget?.StartsWith(cloud.DataFolder, StringComparison.Ordinal) == true;
                })
                .Select(process => process.Id),
        ];

    /// <summary>The number of git's flushes to the disk, according to its trace.</summary>
    private static int Flushes(string trace) =>
        File.ReadLines(trace)
            .Select(line => JsonNode.Parse(line)!)
            .Where(line => (string?)line["key"] == "fsync/hardware-flush")
            .Sum(line => int.Parse((string)line["value"]!, CultureInfo.InvariantCulture));

    private async Task<string> RepositoryAsync(string name)
    {
        var made = await cloud.CallAsync("codecommit", "CreateRepository", new { repositoryName = name });
        return (string)made["repositoryMetadata"]!["cloneUrlHttp"]!;
    }

    private async Task<string> GitAsync(string folder, params string[] arguments)
    {
        string[] configuration =
        [
            "-c",
            "user.name=Ann",
            "-c",
            "user.email=ann@example.org",
            "-c",
            $"credential.helper={CredentialHelper}",
            "-c",
            "credential.UseHttpPath=true",
        ];
        var environment = new Dictionary<string, string>(cloud.Environment)
        {
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_TERMINAL_PROMPT"] = "0",
        };
        return (await Shell.RunAsync("git", [.. configuration, .. arguments], environment, folder)).Succeeded();
    }
}
