using System.Net.Http.Headers;
using Plumbline.Testing;

namespace Plumbline.Serving.Tests;

[Collection("processes")]
public sealed class OtherModelsTests
{
    private const string Row = "0.9,0.1,0.5,0.5,0.5,0.5,0.5,0.5";

    [Fact]
    public async Task A_binary_model_gives_the_probabilities_of_both_classes()
    {
        using var server = await ServedModel.StartAsync("binary:logistic", ["no", "yes"]);

        (await PostAsync(server, Row)).ShouldMatch(
            """^\{"predictions":\[\{"label":"no","score":(0\.\d+),"probabilities":\[\1,0\.\d+\]\}\]\}$"""
        );
    }

    [Fact]
    public async Task A_softmax_model_gives_probabilities_too()
    {
        using var server = await ServedModel.StartAsync("multi:softmax");

        (await PostAsync(server, Row)).ShouldMatch(
            """^\{"predictions":\[\{"label":"0","score":0\.\d+,"probabilities":\[0\."""
        );
    }

    [Fact]
    public async Task A_regression_gives_a_score_as_AWS_does()
    {
        using var server = await ServedModel.StartAsync("reg:squarederror");

        (await PostAsync(server, Row)).ShouldMatch("""^\{"predictions":\[\{"score":-?\d\.\d+\}\]\}$""");
    }

    [Fact]
    public async Task It_can_be_reached_through_a_unix_socket()
    {
        using var server = await ServedModel.StartAsync(unixSocket: true);

        (await server.Client.GetAsync("/ping")).IsSuccessStatusCode.ShouldBeTrue();
        (await PostAsync(server, Row)).ShouldStartWith("{\"predictions\":[");
    }

    [Fact]
    public async Task Without_a_model_it_says_so_and_ends()
    {
        using var folder = new TemporaryFolder();
        using var run = ProgramRun.Dotnet(
            "plumbline-serving.dll",
            ["serve"],
            new Dictionary<string, string> { ["SAGEMAKER_BASE_DIR"] = folder.Path, ["SAGEMAKER_BIND_TO_PORT"] = "0" }
        );

        (await run.ExitCodeAsync()).ShouldBe(1);
        run.Output.Trim().ShouldBe("plumbline-serving: model: it must contain xgboost-model or exactly one .tar.gz");
    }

    [Fact]
    public async Task A_port_in_use_is_one_clear_message()
    {
        using var first = await ServedModel.StartAsync();
        using var folder = new TemporaryFolder();
        Plumbline.XGBoost.Models.ModelArchive.Write(
            folder.At("model"),
            first.Model.Booster.Save(),
            new Plumbline.XGBoost.Models.ModelDescription()
        );
        using var second = ProgramRun.Dotnet(
            "plumbline-serving.dll",
            ["serve"],
            new Dictionary<string, string>
            {
                ["SAGEMAKER_BASE_DIR"] = folder.Path,
                ["SAGEMAKER_BIND_TO_PORT"] = first.Client.BaseAddress!.Port.ToString(
                    System.Globalization.CultureInfo.InvariantCulture
                ),
            }
        );

        (await second.ExitCodeAsync()).ShouldBe(1);
        second.Output.ShouldContain("address already in use");
    }

    private static async Task<string> PostAsync(ServedModel server, string row)
    {
        using var content = new StringContent(row, MediaTypeHeaderValue.Parse("text/csv"));
        using var answer = await server.Client.PostAsync("/invocations", content);
        return await answer.Content.ReadAsStringAsync();
    }
}
