using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.S3;
using Amazon.S3.Model;
using Plumbline.Aws.Client;
using Plumbline.Aws.Protocols;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Losses;

/// <summary>Asks a cloud for everything that was acknowledged, and reports lost, duplicate and stuck items.</summary>
internal sealed class LedgerCheck(AwsConnection connection, GitClient git)
{
    private readonly List<string> wrong = [];

    /// <summary>Returns a line for each difference from the acknowledgements.</summary>
    /// <param name="ends">The statuses in which an execution may end.</param>
    public async Task<IReadOnlyList<string>> WrongAsync(IReadOnlyList<Acknowledged> entries, params string[] ends)
    {
        List<string> Names(string kind) => [.. entries.Where(entry => entry.Kind == kind).Select(entry => entry.Name)];
        using var s3 = S3ClientFactory.Create(connection);
        foreach (var entry in entries)
        {
            await CheckObjectAsync(s3, entry);
        }

        Lost("package", Names("package"), await PackagesAsync(approved: false));
        Lost("approval", Names("approval"), await PackagesAsync(approved: true));
        Lost("metric", Names("metric"), await MetricsAsync());
        Lost("line", Names("line"), Once("line", await LinesAsync(MixedLoad.Name)));
        Lost("push", Names("push"), await git.CommitsAsync(GitClient.Pushed));
        Lost("commit", Names("commit"), await git.CommitsAsync(GitClient.Committed));
        await CheckDeliveriesAsync(Names("message"), Names("event"));
        foreach (var id in Names("build"))
        {
            await CheckBuildAsync(id);
        }

        if (Names("update").Max(StringComparer.Ordinal) is { } newest)
        {
            await CheckEndpointAsync(newest);
        }

        foreach (var arn in Names("execution"))
        {
            await CheckExecutionAsync(arn, ends);
        }

        return wrong;
    }

    private void Lost(string kind, List<string> names, IEnumerable<string> there)
    {
        var found = there.ToHashSet(StringComparer.OrdinalIgnoreCase);
        wrong.AddRange(names.Where(name => !found.Contains(name)).Select(name => $"lost: {kind} {name}"));
    }

    private List<string> Once(string kind, List<string> all)
    {
        wrong.AddRange(all.CountBy(one => one).Where(one => one.Value > 1).Select(one => $"twice: {kind} {one.Key}"));
        return all;
    }

    private async Task CheckObjectAsync(IAmazonS3 s3, Acknowledged entry)
    {
        var (bucket, key, version) = entry.Kind switch
        {
            "object" or "won" or "upload in parts" or "deleted" => (MixedLoad.Bucket, entry.Name, null),
            "version" or "deleted version" => (MixedLoad.Versioned, MixedLoad.Hot, entry.Name),
            _ => ("", "", (string?)null),
        };
        if (bucket.Length == 0)
        {
            return;
        }

        var found = "";
        try
        {
            var request = new GetObjectRequest
            {
                BucketName = bucket,
                Key = key,
                VersionId = version,
            };
            using var got = await s3.GetObjectAsync(request);
            using var bytes = new MemoryStream();
            // AWS's client checks the bytes against their checksum.
            await got.ResponseStream.CopyToAsync(bytes);
            var tag = got.ETag.Trim('"');
            found = tag.Contains('-', StringComparison.Ordinal) ? tag : S3Md5(bytes.ToArray());
        }
        catch (AmazonS3Exception missing) when (missing.ErrorCode is "NoSuchKey" or "NoSuchVersion")
        {
            // The expected value of a deleted object is empty.
        }

        if (found != entry.Value)
        {
            wrong.Add($"{(found.Length == 0 ? "lost" : "other")}: {entry.Kind} {entry.Name}");
        }
    }

    private static string S3Md5(byte[] bytes) => S3.S3Bucket.Md5(bytes);

    /// <summary>Deliveries continue after a start: each event must arrive exactly once.</summary>
    private async Task CheckDeliveriesAsync(List<string> messages, List<string> events)
    {
        var told = await Eventually.Async(() => ToldAsync(), told => events.TrueForAll(told.Contains));
        Once("message", told);
        Lost("message", messages, told);
    }

    private async Task<List<string>> ToldAsync()
    {
        var lines = await LinesAsync("sns/us-east-1/000000000000/losses");
        return
        [
            .. lines
                .Select(line => JsonNode.Parse(line)!["notification"]!.AsObject())
                // A crash may log a message twice, with the same id; the message must not be published twice.
                .DistinctBy(line => line.Text("messageId"))
                .Select(line => line.Text("message")!)
                .Select(message => message[0] == '{' ? JsonNode.Parse(message)!.AsObject().Text("id")! : message),
        ];
    }

    private async Task CheckExecutionAsync(string arn, string[] ends)
    {
        try
        {
            await Eventually.Async(
                () =>
                    CallAsync(
                        "sagemaker",
                        "DescribePipelineExecution",
                        new JsonObject { ["PipelineExecutionArn"] = arn }
                    ),
                execution => ends.Contains(execution.Text("PipelineExecutionStatus"))
            );
        }
        catch (TimeoutException stuck)
        {
            wrong.Add($"stuck: {stuck.Message}");
        }
        catch (Aws.Errors.AwsException missing) when (missing.Code == "ResourceNotFound")
        {
            wrong.Add($"lost: execution {arn}");
        }
    }

    private async Task CheckBuildAsync(string id)
    {
        var ids = new JsonObject { ["ids"] = new JsonArray(id) };
        try
        {
            var found = await Eventually.Async(
                () => CallAsync("codebuild", "BatchGetBuilds", ids),
                answer => answer.Objects("builds").All(build => (bool)build["buildComplete"]!)
            );
            if (!found.Objects("builds").Any())
            {
                wrong.Add($"lost: build {id}");
            }
        }
        catch (TimeoutException stuck)
        {
            wrong.Add($"stuck: {stuck.Message}");
        }
    }

    /// <summary>
    /// The endpoint must reach the newest acknowledged configuration, or one that was pending at the cut.
    /// </summary>
    private async Task CheckEndpointAsync(string newest)
    {
        var input = new JsonObject { ["EndpointName"] = MixedLoad.Endpoint };
        try
        {
            await Eventually.Async(
                () => CallAsync("sagemaker", "DescribeEndpoint", input),
                endpoint =>
                    endpoint.Text("EndpointStatus") == "InService"
                    && string.CompareOrdinal(endpoint.Text("EndpointConfigName"), newest) >= 0
            );
        }
        catch (TimeoutException stuck)
        {
            wrong.Add($"stuck, after {newest}: {stuck.Message}");
        }
    }

    private Task<List<string>> PackagesAsync(bool approved)
    {
        var input = new JsonObject { ["ModelPackageGroupName"] = MixedLoad.Name, ["MaxResults"] = 100 };
        if (approved)
        {
            input["ModelApprovalStatus"] = "Approved";
        }

        return PagesAsync(
            "sagemaker",
            "ListModelPackages",
            input,
            "ModelPackageSummaryList",
            "ModelPackageArn",
            "NextToken"
        );
    }

    private Task<List<string>> MetricsAsync() =>
        PagesAsync(
            "monitoring",
            "ListMetrics",
            new JsonObject { ["Namespace"] = MixedLoad.Name },
            "Metrics",
            "MetricName",
            "NextToken"
        );

    private Task<List<string>> LinesAsync(string group) =>
        PagesAsync(
            "logs",
            "FilterLogEvents",
            new JsonObject { ["logGroupName"] = group },
            "events",
            "message",
            "nextToken"
        );

    private async Task<List<string>> PagesAsync(
        string service,
        string operation,
        JsonObject input,
        string list,
        string member,
        string token
    )
    {
        var found = new List<string>();
        while (true)
        {
            JsonObject page;
            try
            {
                page = await CallAsync(service, operation, input.DeepClone().AsObject());
            }
            catch (Aws.Errors.AwsException none) when (none.Code == "ResourceNotFoundException")
            {
                return found;
            }

            found.AddRange(page.Objects(list).Select(one => one.Text(member)!));
            if (page.Text(token) is not { Length: > 0 } next)
            {
                return found;
            }

            input[token] = next;
        }
    }

    private Task<JsonObject> CallAsync(string service, string operation, JsonObject input) =>
        Calls.Client(service, connection).CallAsync(operation, input);
}
