using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Plumbline.Serving;
using Plumbline.Testing;
using Plumbline.XGBoost.Models;

namespace Plumbline.Serving.Tests;

[Collection("processes")]
public sealed class ModelServerTests : IAsyncLifetime
{
    private ServedModel server = null!;

    public async Task InitializeAsync() => server = await ServedModel.StartAsync(labels: ["cat", "d\"og", "sea, lion"]);

    public Task DisposeAsync()
    {
        server.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Ping_answers_200_with_nothing()
    {
        using var answer = await server.Client.GetAsync("/ping");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Rows_in_CSV_get_label_score_and_probabilities_in_JSON()
    {
        using var answer = await PostAsync(SampleData.Csv(3, label: false), "text/csv");

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        var predictions = await PredictionsAsync(answer);
        predictions.Count.ShouldBe(3);
        var expected = Expected(3);
        for (var row = 0; row < 3; row++)
        {
            var probabilities = predictions[row]
                .GetProperty("probabilities")
                .EnumerateArray()
                .Select(p => p.GetSingle())
                .ToArray();
            probabilities.ShouldBe(expected[(row * 3)..(row * 3 + 3)]);
            var best = LoadedModel.Likeliest(probabilities);
            predictions[row].GetProperty("label").GetString().ShouldBe(server.Model.Labels[best]);
            predictions[row].GetProperty("score").GetSingle().ShouldBe(probabilities[best]);
        }
    }

    [Theory]
    [InlineData("""{"instances":[{"features":[ROW0]},{"features":[ROW1]}]}""")]
    [InlineData("""{"instances":[[ROW0],[ROW1]]}""")]
    [InlineData("""{"id":7,"instances":[{"name":{"a":[1]},"features":[ROW0]},[ROW1]]}""")]
    [InlineData("[[ROW0],[ROW1]]")]
    public async Task JSON_requests_of_each_form_mean_the_same_rows(string form)
    {
        var rows = SampleData.Csv(2, label: false).Split('\n');
        var body = form.Replace("ROW0", rows[0], StringComparison.Ordinal)
            .Replace("ROW1", rows[1], StringComparison.Ordinal);

        using var answer = await PostAsync(body, "application/json");

        var given = (await PredictionsAsync(answer)).SelectMany(p => p.GetProperty("probabilities").EnumerateArray());
        given.Select(p => p.GetSingle()).ShouldBe(Expected(2));
    }

    [Fact]
    public async Task One_row_may_come_without_a_list()
    {
        var row = SampleData.Csv(1, label: false).Trim();
        using var answer = await PostAsync($$"""{"features":[{{row}}]}""", "application/json; charset=utf-8");

        (await PredictionsAsync(answer)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Asked_for_CSV_a_line_is_the_label_and_the_probabilities()
    {
        using var answer = await PostAsync(SampleData.Csv(2, label: false), "text/csv", "text/csv");

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var expected = Expected(2);
        string[] labels = ["cat", "\"d\"\"og\"", "\"sea, lion\""];
        for (var row = 0; row < 2; row++)
        {
            var probabilities = expected[(row * 3)..(row * 3 + 3)];
            var numbers = string.Join(',', probabilities.Select(p => p.ToString(CultureInfo.InvariantCulture)));
            lines[row].ShouldBe($"{labels[LoadedModel.Likeliest(probabilities)]},{numbers}");
        }
    }

    [Theory]
    [InlineData("1,2,3,4,5,6,7,8\n1,2,3\n", "text/csv", "row 2: 3 values, but the model takes 8")]
    [InlineData("0,1,2,3,4,5,6,7,8", "text/csv", "row 1: 9 values, but the model takes 8 (do not send the label)")]
    [InlineData("1,2,3,four,5,6,7,8", "text/csv", "row 1: column 4: \"four\" is not a number")]
    [InlineData("1,2,3,1e60,5,6,7,8", "text/csv", "row 1: column 4: \"1e60\" is not a number")]
    [InlineData("", "text/csv", "the body has no row")]
    [InlineData("\n \n", "text/csv", "the body has no row")]
    [InlineData("[[1,2,3,4,5,6,7,8],[1]]", "application/json", "row 2: 1 values, but the model takes 8")]
    [InlineData("[[1,2,3,\"4\",5,6,7,8]]", "application/json", "row 1: value 4 is not a number that float32 holds")]
    [InlineData("""{"instances":[{"values":[1]}]}""", "application/json", "row 1: it has no features")]
    [InlineData("""{"instances":[7]}""", "application/json", "row 1: it is not a list of numbers")]
    [InlineData(
        """{"instances":{}}""",
        "application/json",
        "the body has no list of instances: send [[1,2],[3,4]] or {\"instances\":[[1,2],[3,4]]}"
    )]
    [InlineData("""{"other":1}""", "application/json", "the body has no row")]
    [InlineData("[[1,2,3,4,5,6,7,8]", "application/json", "the body is not JSON (byte 18 of line 1)")]
    [InlineData("[[1,2,3,4,5,6,7,8]]]", "application/json", "the body is not JSON (byte 19 of line 1)")]
    [InlineData("", "application/json", "the body is not JSON (byte 0 of line 1)")]
    public async Task A_bad_request_is_400_with_the_row_and_the_reason(string body, string type, string reason)
    {
        using var answer = await PostAsync(body, type);

        (await answer.Content.ReadAsStringAsync()).ShouldBe(reason);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Missing_values_are_empty_cells_nan_or_null()
    {
        using var csv = await PostAsync("1,,3,nan,5,6,7,8", "text/csv");
        using var json = await PostAsync("[[1,null,3,null,5,6,7,8]]", "application/json");

        (await csv.Content.ReadAsStringAsync()).ShouldBe(await json.Content.ReadAsStringAsync());
        csv.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Types_that_it_does_not_speak_are_refused()
    {
        using var image = await PostAsync("x", "image/png");
        using var xml = await PostAsync("1,2,3,4,5,6,7,8", "text/csv", "application/xml");

        image.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        xml.StatusCode.ShouldBe(HttpStatusCode.NotAcceptable);
    }

    [Theory]
    [InlineData("GET", "/invocations", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/ping", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/", HttpStatusCode.NotFound)]
    public async Task Only_the_contract_is_served(string method, string path, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await server.Client.SendAsync(request);

        answer.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task The_largest_body_is_answered_and_one_byte_more_is_not()
    {
        var rows = new StringBuilder();
        while (rows.Length < 6_291_456 - 20)
        {
            rows.Append("1,2,3,4,5,6,7,8\n");
        }
        var count = rows.Length / 16;
        rows.Append(' ', 6_291_456 - rows.Length);

        using var largest = await PostAsync(rows.ToString(), "text/csv", "text/csv");
        using var larger = await PostAsync(rows.Append(' ').ToString(), "text/csv");

        largest.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await largest.Content.ReadAsStringAsync()).Count(c => c == '\n').ShouldBe(count);
        larger.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await larger.Content.ReadAsStringAsync()).ShouldBe("the body is larger than 6291456 bytes");
    }

    [Fact]
    public async Task Many_requests_at_once_each_get_their_own_answer()
    {
        var rows = SampleData.Csv(64, label: false).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var expected = Expected(64);

        await Parallel.ForAsync(
            0,
            640,
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (i, _) =>
            {
                var row = i % 64;
                using var answer = await PostAsync(rows[row], "text/csv");
                var prediction = (await PredictionsAsync(answer))[0];
                var given = prediction.GetProperty("probabilities").EnumerateArray().Select(p => p.GetSingle());
                given.ShouldBe(expected[(row * 3)..(row * 3 + 3)]);
            }
        );
    }

    [Fact]
    public async Task A_refused_request_leaves_its_connection_open()
    {
        for (var i = 0; i < 3; i++)
        {
            using var answer = await PostAsync("1,2", "text/csv");
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }

        server.Process.Output.ShouldNotContain("invalid state");
    }

    [Fact]
    public void ONNX_Runtime_and_Skia_are_not_loaded_for_trees()
    {
        var maps = File.ReadAllText($"/proc/{server.Process.Id}/maps");

        maps.ShouldContain("libxgboost");
        maps.ShouldNotContain("onnxruntime", Case.Insensitive);
        maps.ShouldNotContain("Skia", Case.Insensitive);
    }

    [Fact]
    public async Task SIGTERM_ends_it_well()
    {
        server.Process.Signal(15);

        (await server.Process.ExitCodeAsync()).ShouldBe(0);
    }

    private async Task<HttpResponseMessage> PostAsync(string body, string type, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/invocations");
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        // Without this header, the answer that refuses a large body could arrive while the body is still being sent.
        request.Headers.ExpectContinue = body.Length > ServingSettings.LargestBody;
        if (accept is not null)
        {
            request.Headers.Accept.ParseAdd(accept);
        }
        return await server.Client.SendAsync(request);
    }

    private static async Task<IReadOnlyList<JsonElement>> PredictionsAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return [.. JsonDocument.Parse(text).RootElement.GetProperty("predictions").EnumerateArray()];
    }

    private float[] Expected(int rows)
    {
        var expected = new float[rows * 3];
        server.Model.Predict(SampleData.Make(rows).Features, expected);
        return expected;
    }
}
