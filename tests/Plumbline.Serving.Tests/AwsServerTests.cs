using System.Text;
using Plumbline.Testing;
using Plumbline.XGBoost.Formats;
using Plumbline.XGBoost.Models;

namespace Plumbline.Serving.Tests;

/// <summary>The real server process in the role of AWS's own XGBoost image.</summary>
[Collection("processes")]
public sealed class AwsServerTests
{
    private const string Row = "0.9,0.1,0.5,0.5,0.5,0.5,0.5,0.5";

    [Fact]
    public async Task A_pickled_model_under_any_name_answers_as_AWS_does()
    {
        using var server = await ServedModel.StartAsync(
            "binary:logistic",
            image: "1.7-1",
            store: (folder, booster) =>
            {
                Directory.CreateDirectory(folder);
                var pickle = BoosterPickle.Write(booster.Serialize(), booster.Rounds, booster.ParallelTrees);
                File.WriteAllBytes(Path.Combine(folder, "model.pkl"), pickle);
            }
        );

        var csv = await PostAsync(server, $"{Row}\n{Row}\n", "text/csv");
        var json = await PostAsync(server, Row, "text/csv", "application/json");

        csv.ContentType.ShouldBe("text/csv; charset=utf-8");
        csv.Body.ShouldMatch(@"^(0\.\d+)\n\1\n$");
        json.Body.ShouldBe("{\"predictions\": [{\"score\": " + csv.Body.Split('\n')[0] + "}]}");
        (await PostAsync(server, "0:0.9 1:0.1", "text/libsvm")).Status.ShouldBe(200);
        (await PostAsync(server, Row, "text/csv", "image/png")).Status.ShouldBe(406);
        (await PostAsync(server, "{}", "application/json")).Status.ShouldBe(415);
        (await PostAsync(server, "1,2", "text/csv")).ShouldBe(
            (
                400,
                "text/plain; charset=utf-8",
                "Unable to evaluate payload provided: Feature size of csv inference data 2 is not consistent with feature "
                    + "size of trained model 8."
            )
        );
        (await PostAsync(server, "", "text/csv")).Status.ShouldBe(204);
        server.Process.Output.ShouldContain("model.pkl: pickle");
    }

    [Fact]
    public async Task A_model_that_cannot_be_loaded_ends_it_with_the_reason()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.At("model"));
        File.WriteAllBytes(
            folder.At($"model/{ModelArchive.BoosterName}"),
            Encoding.Latin1.GetBytes("\u0080\u0004cxgboost.sklearn\nXGBClassifier\n)\u0081.")
        );
        using var server = ProgramRun.Dotnet(
            "plumbline-serving.dll",
            ["serve"],
            new Dictionary<string, string>
            {
                ["SAGEMAKER_BASE_DIR"] = folder.Path,
                ["SAGEMAKER_BIND_TO_PORT"] = "0",
                ["PLUMBLINE_XGBOOST_IMAGE"] = "1.7-1",
            }
        );

        (await server.ExitCodeAsync()).ShouldBe(1);
        server.Output.ShouldContain("xgboost-model: pickle, ");
        server.Output.ShouldContain(
            "plumbline-serving: xgboost-model: loading a model: the pickle is refused: it names xgboost.sklearn.XGBClassifier."
        );
    }

    private static async Task<(int Status, string? ContentType, string Body)> PostAsync(
        ServedModel server,
        string body,
        string type,
        string? accept = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/invocations")
        {
            Content = new StringContent(body),
        };
        request.Content.Headers.ContentType = new(type);
        if (accept is not null)
        {
            request.Headers.Accept.ParseAdd(accept);
        }
        using var answer = await server.Client.SendAsync(request);
        return (
            (int)answer.StatusCode,
            answer.Content.Headers.ContentType?.ToString(),
            await answer.Content.ReadAsStringAsync()
        );
    }
}
