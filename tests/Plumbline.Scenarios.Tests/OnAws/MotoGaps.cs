using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Scenarios.Tests.OnAws;

/// <summary>
/// Fills moto's gaps: each call goes to moto first, and this class answers if moto cannot. moto's CodeCommit has empty
/// repositories only, but the ledger of deployments needs content; its CodeBuild cannot change projects. An endpoint
/// update deletes the endpoint and makes it again.
/// </summary>
internal sealed class MotoGaps : DelegatingHandler
{
    private const string Main = "1111111111111111111111111111111111111111";

    private readonly SortedSet<string> met = new(StringComparer.Ordinal);
    private JsonNode? file;
    private bool hasBranch;

    /// <summary>The requested operations that moto does not have.</summary>
    public IReadOnlyCollection<string> Met => met;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var answer = await base.SendAsync(request, cancellationToken);
        // A missing operation is an internal error in moto.
        if (answer.StatusCode != HttpStatusCode.InternalServerError)
            return answer;
        answer.Dispose();
        var operation = request.Headers.TryGetValues("X-Amz-Target", out var target)
            ? target.Single()
            : $"{request.Method} {request.RequestUri!.AbsolutePath}";
        met.Add(operation);
        var input = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!.AsObject();
        return operation switch
        {
            "CodeCommit_20150413.GetBranch" => input.Text("branchName") == "main" || hasBranch
                ? Answer(200, new JsonObject { ["branch"] = new JsonObject { ["commitId"] = Main } })
                : Error("BranchDoesNotExistException"),
            "CodeCommit_20150413.CreateBranch" => Answer(200, [], hasBranch = true),
            "CodeCommit_20150413.GetFile" => file is null
                ? Error("FileDoesNotExistException")
                : Answer(200, new JsonObject { ["fileContent"] = file.DeepClone() }),
            "CodeCommit_20150413.CreateCommit" => Answer(
                200,
                new JsonObject { ["commitId"] = Main },
                file = input.Objects("putFiles").Single()["fileContent"]
            ),
            "CodeBuild_20161006.UpdateProject" => Answer(200, []),
            "SageMaker.UpdateEndpoint" => await MakeAnewAsync(request, input, cancellationToken),
            _ => throw new InvalidOperationException($"moto lacks {operation}, and nothing here answers in its place."),
        };
    }

    /// <summary>Replaces an update. moto does not check signatures.</summary>
    private async Task<HttpResponseMessage> MakeAnewAsync(
        HttpRequestMessage update,
        JsonObject input,
        CancellationToken cancellationToken
    )
    {
        input.Remove("DeploymentConfig").ShouldBeTrue("an update says how traffic moves");
        (await SendAsync("DeleteEndpoint")).Dispose();
        return await SendAsync("CreateEndpoint");

        Task<HttpResponseMessage> SendAsync(string operation)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, update.RequestUri) { Content = Json(input) };
            request.Headers.TryAddWithoutValidation("Authorization", update.Headers.GetValues("Authorization"));
            request.Headers.Add("X-Amz-Target", $"SageMaker.{operation}");
            return base.SendAsync(request, cancellationToken);
        }
    }

    private static HttpResponseMessage Error(string type) => Answer(400, new JsonObject { ["__type"] = type });

    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The body.</param>
    /// <param name="_">The stored part of the request; not used.</param>
    private static HttpResponseMessage Answer(int status, JsonObject body, object? _ = null) =>
        new((HttpStatusCode)status) { Content = Json(body) };

    private static StringContent Json(JsonObject body) =>
        new(body.ToJsonString(), Encoding.UTF8, "application/x-amz-json-1.1");
}
