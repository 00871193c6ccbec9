using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.Tests.Fuzzing;

namespace Plumbline.LocalCloud.Tests.Gateway;

/// <summary>Inputs that AWS's clients never send; each answer must name the error.</summary>
public sealed class OddInputTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    private readonly SignedRequests s3 = new(cloud.Host) { Service = "s3" };

    [Theory]
    [InlineData("sagemaker", "SageMaker.ListModels", """{"CreationTimeAfter": 253402300800}""")]
    [InlineData("sagemaker", "SageMaker.ListModels", """{"CreationTimeBefore": -62135596801}""")]
    [InlineData("sagemaker", "SageMaker.ListTrainingJobs", """{"LastModifiedTimeAfter": 1e300}""")]
    [InlineData("events", "AWSEvents.PutEvents", """{"Entries": [{"Time": 1e20}]}""")]
    public async Task A_moment_that_no_calendar_has_is_refused(string service, string target, string body)
    {
        var (status, answer) = await JsonAsync(service, target, body);
        status.ShouldBe(HttpStatusCode.BadRequest);
        answer.ShouldContain("can not be converted to a timestamp");
    }

    [Theory]
    [InlineData("codebuild", "CodeBuild_20161006.BatchGetBuilds", """{"ids": [null]}""", "ids")]
    [InlineData(
        "logs",
        "Logs_20140328.PutLogEvents",
        """{"logGroupName": "g", "logStreamName": "s", "logEvents": [null]}""",
        "logEvents.1.member"
    )]
    [InlineData(
        "codecommit",
        "CodeCommit_20150413.CreateCommit",
        """{"repositoryName": "r", "branchName": "b", "putFiles": [null]}""",
        "putFiles.1.member"
    )]
    public async Task A_null_in_a_list_is_refused_with_its_place(
        string service,
        string target,
        string body,
        string place
    )
    {
        var (status, answer) = await JsonAsync(service, target, body);
        status.ShouldBe(HttpStatusCode.BadRequest);
        answer.ShouldContain($"at '{place}' failed to satisfy constraint");
        answer.ShouldContain("ust not be null");
    }

    [Fact]
    public async Task A_key_that_is_twice_among_tags_is_refused()
    {
        var twice = new[] { new { Key = "k", Value = "1" }, new { Key = "k", Value = "2" } };
        await cloud.CallAsync("sns", "CreateTopic", new { Name = "tagged" });
        var refusals = new[]
        {
            await cloud.RefusalAsync("sns", "CreateTopic", new { Name = "more", Tags = twice }),
            await cloud.RefusalAsync(
                "sns",
                "TagResource",
                new { ResourceArn = "arn:aws:sns:us-east-1:000000000000:tagged", Tags = twice }
            ),
            await cloud.RefusalAsync(
                "events",
                "PutRule",
                new
                {
                    Name = "r",
                    ScheduleExpression = "rate(1 day)",
                    Tags = twice,
                }
            ),
            await cloud.RefusalAsync(
                "monitoring",
                "TagResource",
                new { ResourceARN = "arn:aws:cloudwatch:us-east-1:000000000000:alarm:x", Tags = twice }
            ),
        };
        refusals.ShouldAllBe(refusal => refusal.Status == 400 && refusal.Message.Contains("Duplicated keys"));
    }

    [Fact]
    public async Task An_Expires_that_no_calendar_has_is_refused_and_one_that_was_taken_earlier_is_left_out()
    {
        (await s3.SendAsync("PUT", "/odd-expires")).Status.ShouldBe(HttpStatusCode.OK);
        var headers = new Dictionary<string, string> { ["Expires"] = "253402300800" };
        (await s3.SendAsync("PUT", "/odd-expires/new", "x", headers)).Status.ShouldBe(HttpStatusCode.BadRequest);

        (await s3.SendAsync("PUT", "/odd-expires/old", "x")).Status.ShouldBe(HttpStatusCode.OK);
        await PoisonAsync("""{"Expires": 253402300800, "ContentDisposition": "\u001b\u00e9"}""");
        var (status, content) = await s3.SendAsync("GET", "/odd-expires/old");
        status.ShouldBe(HttpStatusCode.OK);
        content.ShouldBe("x");
    }

    [Theory]
    [InlineData("response-content-type=a%0d%0ab")]
    [InlineData("response-content-disposition=%E2%82%AC")]
    [InlineData("response-cache-control=%00")]
    public async Task An_override_that_no_header_can_hold_is_refused(string query)
    {
        (await s3.SendAsync("PUT", "/odd-override")).Status.ShouldBe(HttpStatusCode.OK);
        (await s3.SendAsync("PUT", "/odd-override/k", "x")).Status.ShouldBe(HttpStatusCode.OK);
        var (status, answer) = await s3.SendAsync("GET", $"/odd-override/k?{query}");
        status.ShouldBe(HttpStatusCode.BadRequest);
        answer.ShouldContain("Header value cannot be represented using ISO-8859-1.");
    }

    [Fact]
    public async Task An_override_of_Latin_letters_comes_in_the_form_that_metadata_has()
    {
        string? disposition = null;
        var watched = new SignedRequests(cloud.Host)
        {
            Service = "s3",
            Answered = answer => disposition = answer.Content.Headers.GetValues("Content-Disposition").First(),
        };
        (await s3.SendAsync("PUT", "/odd-latin")).Status.ShouldBe(HttpStatusCode.OK);
        (await s3.SendAsync("PUT", "/odd-latin/k", "x")).Status.ShouldBe(HttpStatusCode.OK);
        (await watched.SendAsync("GET", "/odd-latin/k?response-content-disposition=%C3%A9")).Status.ShouldBe(
            HttpStatusCode.OK
        );
        disposition.ShouldBe("=?UTF-8?B?w6k=?=");
    }

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFF")]
    [InlineData("7FFFFFFFFFFFFFFF")]
    [InlineData("-1")]
    public async Task A_chunk_of_no_possible_size_is_refused(string size)
    {
        (await s3.SendAsync("PUT", "/odd-chunk")).Status.ShouldBe(HttpStatusCode.OK);
        var headers = new Dictionary<string, string>
        {
            ["x-amz-content-sha256"] = "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
            ["x-amz-decoded-content-length"] = "5",
        };
        var (status, _) = await s3.SendAsync(
            "PUT",
            "/odd-chunk/k",
            "",
            headers,
            "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
            Encoding.ASCII.GetBytes($"{size}\r\nhello\r\n0\r\n\r\n")
        );
        status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("/_plumbline/credentials/../x")]
    [InlineData("/_plumbline/credentials/%2e%2e/x")]
    [InlineData("/_plumbline/credentials/")]
    public async Task An_address_of_credentials_with_dots_is_nobodys(string path)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var address = new Uri(
            $"http://{cloud.Host.Endpoint.Authority}{path}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
        );
        (await http.GetAsync(address)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData(65)]
    [InlineData(300)]
    [InlineData(100_000)]
    public async Task JSON_that_is_nested_deep_is_answered(int depth)
    {
        var nested = Encoding.ASCII.GetString(Mutation.Nested(depth));
        var tags = $$"""{"Name": "a", "Tags": {{nested}}}""";
        ((int)(await JsonAsync("sagemaker", "SageMaker.CreateModel", nested)).Status).ShouldBe(400);
        ((int)(await JsonAsync("events", "AWSEvents.PutRule", tags)).Status).ShouldBe(400);
    }

    [Theory]
    [InlineData("GetCommit", "commitId", "InvalidCommitIdException")]
    [InlineData("GetBlob", "blobId", "InvalidBlobIdException")]
    public async Task An_id_that_git_would_take_for_an_option_is_refused(string operation, string member, string code)
    {
        var file = Path.Combine(cloud.DataFolder, "written-by-git");
        await cloud.CallAsync("codecommit", "CreateRepository", new { repositoryName = operation });
        var input = new Dictionary<string, string> { ["repositoryName"] = operation, [member] = $"--output={file}" };
        (await cloud.RefusalAsync("codecommit", operation, input)).Code.ShouldBe(code);
        File.Exists(file).ShouldBeFalse();
    }

    [Theory]
    [InlineData("main~1")]
    [InlineData("a..b")]
    [InlineData("a b")]
    [InlineData("a\0b")]
    [InlineData(".hidden")]
    [InlineData("x.lock")]
    [InlineData("a//b")]
    public async Task A_branch_that_git_cannot_have_is_refused(string branch)
    {
        var repositoryName = $"branches-{Guid.NewGuid():N}";
        await cloud.CallAsync("codecommit", "CreateRepository", new { repositoryName });
        foreach (var operation in new[] { "GetBranch", "DeleteBranch", "CreateCommit" })
        {
            var refusal = await cloud.RefusalAsync(
                "codecommit",
                operation,
                new { repositoryName, branchName = branch }
            );
            refusal.Code.ShouldBe("InvalidBranchNameException");
        }
    }

    [Fact]
    public async Task A_commit_that_git_cannot_write_is_refused_with_the_reason()
    {
        await cloud.CallAsync("codecommit", "CreateRepository", new { repositoryName = "unwritable" });
        object Commit(string path, string message = "m", string author = "a") =>
            new
            {
                repositoryName = "unwritable",
                branchName = "main",
                authorName = author,
                commitMessage = message,
                putFiles = new[]
                {
                    new { filePath = "a", fileContent = "YQ==" },
                    new { filePath = path, fileContent = "YQ==" },
                },
            };
        (await cloud.RefusalAsync("codecommit", "CreateCommit", Commit("a/b"))).Code.ShouldBe("InvalidPathException");
        (await cloud.RefusalAsync("codecommit", "CreateCommit", Commit("b\0c"))).Code.ShouldBe("InvalidPathException");
        (await cloud.RefusalAsync("codecommit", "CreateCommit", Commit("b", message: "a\0b"))).Message.ShouldContain(
            "commitMessage"
        );
        var made = await cloud.CallAsync("codecommit", "CreateCommit", Commit("b", author: "<>"));
        ((string)made["commitId"]!).Length.ShouldBe(40);
    }

    [Fact]
    public async Task Of_several_that_remove_a_repository_at_once_each_is_answered_and_one_has_removed_it()
    {
        await cloud.CallAsync("codecommit", "CreateRepository", new { repositoryName = "removed" });
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(_ => cloud.CallAsync("codecommit", "DeleteRepository", new { repositoryName = "removed" }))
        );
        answers.Count(answer => answer.ContainsKey("repositoryId")).ShouldBe(1);
    }

    private Task<(HttpStatusCode Status, string Body)> JsonAsync(string service, string target, string body) =>
        new SignedRequests(cloud.Host) { Service = service }.SendAsync(
            "POST",
            "/",
            body,
            new Dictionary<string, string>
            {
                ["X-Amz-Target"] = target,
                ["Content-Type"] = "application/x-amz-json-1.1",
            }
        );

    /// <summary>Gives the bucket's objects properties that an earlier release would have stored.</summary>
    private Task PoisonAsync(string properties) =>
        cloud
            .Host.Services.GetRequiredService<Database>()
            .WriteAsync(connection =>
            {
                using var command = connection.CreateCommand();
                command.CommandText = "UPDATE objects SET properties = $properties WHERE key = CAST('old' AS BLOB)";
                command.Parameters.AddWithValue("$properties", properties);
                command.ExecuteNonQuery().ShouldBe(1);
            });
}
