using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Records.Monitoring;
using Plumbline.Testing;

namespace Plumbline.Serving.Tests.Onnx;

/// <summary>Requests of each form, good and bad, against the real server process.</summary>
[Collection("processes")]
public sealed class OnnxRequestTests
{
    private static readonly float[] Rows = [1, 2, 3, -4, 5.5f, 6, 0, 0.5f, 1e-3f, 7, 8, -9];

    [TorchFact]
    public async Task CSV_JSON_and_numpy_give_the_same_answers()
    {
        using var server = await ServedOnnx.StartAsync("tensor");
        var (status, csv) = await server.PostAsync("1,2,3,-4,5.5,6\n0,0.5,1e-3,7,8,-9\n", "text/csv");

        status.ShouldBe(HttpStatusCode.OK, csv);
        csv.ShouldMatch("^\\{\"predictions\":\\[\\{\"label\":\"[abc]\",\"score\":0\\..*\\},\\{.*\\}\\]\\}$");
        const string Nested = "[[1,2,3],[-4,5.5,6]],[[0,0.5,1e-3],[7,8,-9]]";
        (await server.PostAsync($"[{Nested}]", "application/json")).Text.ShouldBe(csv);
        (await server.PostAsync($$"""{"instances":[{{Nested}}]}""", "application/json")).Text.ShouldBe(csv);
        (await server.PostAsync("[[1,2,3,-4,5.5,6],[0,0.5,1e-3,7,8,-9]]", "application/json")).Text.ShouldBe(csv);
        (await server.PostAsync(Npy("<f4", "2, 2, 3", Rows), "application/x-npy")).Text.ShouldBe(csv);
        var doubles = Npy("<f8", "2, 2, 3", Array.ConvertAll(Rows, row => (double)row));
        (await server.PostAsync(doubles, "application/x-npy")).Text.ShouldBe(csv);
        var one = await server.PostAsync(Npy("<f4", "2, 3", Rows[..6]), "application/x-npy");
        one.Text.ShouldBe((await server.PostAsync("1,2,3,-4,5.5,6", "text/csv")).Text);
    }

    [TorchFact]
    public async Task More_rows_than_a_batch_are_answered_in_order_and_monitoring_reads_them()
    {
        using var server = await ServedOnnx.StartAsync("tensor");
        var lines = Enumerable.Range(0, 11).Select(i => $"{i},{i % 3},{-i},1,0,{i * i % 5}").ToList();
        var json = await server.PostAsync(string.Join('\n', lines), "text/csv");
        var csv = await server.PostAsync(string.Join('\n', lines), "text/csv", "text/csv");

        var read = Read(json.Text);
        read.Count.ShouldBe(11);
        Read(csv.Text).ShouldBe(read);
        read.ShouldAllBe(answer => answer.Class >= 0);
        for (var i = 0; i < lines.Count; i++)
        {
            Read((await server.PostAsync(lines[i], "text/csv")).Text)[0].Class.ShouldBe(read[i].Class);
        }
    }

    [TorchFact]
    public async Task One_logit_of_two_labels_and_a_number_are_answered_as_XGBoost_answers_them()
    {
        using var binary = await ServedOnnx.StartAsync("binary");
        using var number = await ServedOnnx.StartAsync("number");

        (await binary.PostAsync("1,2,3,4", "text/csv")).Text.ShouldMatch(
            """^\{"predictions":\[\{"label":"(no|yes)","score":0\.\d+,"probabilities":\[0\.\d+,0\.\d+\]\}\]\}$"""
        );
        (await number.PostAsync("1,2,3,4", "text/csv")).Text.ShouldMatch(
            """^\{"predictions":\[\{"score":-?\d+\.\d+\}\]\}$"""
        );
        (await number.PostAsync("1,2,3,4\n0,0,0,0", "text/csv", "text/csv")).Text.ShouldMatch(
            @"^-?\d+\.\d+\n-?\d\.\d+\n$"
        );
        (await number.PostAsync("nan,1,1,1", "text/csv")).ShouldBe(
            (
                HttpStatusCode.BadRequest,
                "row 1: a value is missing or not a finite number, and the model has no answer for it"
            )
        );
    }

    [TorchFact]
    public async Task Labels_on_their_own_are_answered_as_a_set_with_a_probability_for_each()
    {
        using var oneOf = await ServedOnnx.StartAsync("tensor");
        using var sets = await ServedOnnx.StartAsync(OnnxModels.Changed("tensor", "output.kind", "\"label_logits\""));
        string[] rows = ["1,2,3,-4,5.5,6", "0,0.5,1e-3,7,8,-9"];

        var json = (await sets.PostAsync(string.Join('\n', rows), "text/csv")).Text;
        var csv = (await sets.PostAsync(string.Join('\n', rows), "text/csv", "text/csv")).Text.Split('\n');
        var usual = (await oneOf.PostAsync(string.Join('\n', rows), "text/csv")).Text;

        for (var row = 0; row < rows.Length; row++)
        {
            var answer = JsonNode.Parse(json)!["predictions"]![row]!;
            var shares = answer["probabilities"]!.Deserialize<Dictionary<string, double>>()!;
            shares.Keys.ShouldBe(["a", "b", "c"]);
            var wanted = shares.Where(one => one.Value >= 0.5).Select(one => one.Key).ToList();
            answer["labels"]!.Deserialize<string[]>().ShouldBe(wanted);
            csv[row].ShouldStartWith($"{string.Join('|', wanted)},");
            // The same logits through a softmax are the answer of a model with one of the labels.
            var odds = shares.Values.Select(share => share / (1 - share)).ToList();
            var probabilities = JsonNode.Parse(usual)!["predictions"]![row]!["probabilities"]!.Deserialize<double[]>()!;
            odds.Zip(probabilities).ShouldAllBe(pair => Math.Abs((pair.First / odds.Sum()) - pair.Second) < 1e-3);
        }
    }

    [TorchFact]
    public async Task A_bad_body_gets_one_message_and_the_server_goes_on()
    {
        using var server = await ServedOnnx.StartAsync("picture");
        var jpeg = Pictures.Jpeg(40, 30);
        var good = await server.PostAsync(jpeg, "image/jpeg");
        var peak = server.Memory("VmHWM");

        async Task Refused(byte[] body, string? type, int status, string message) =>
            (await server.PostAsync(body, type)).ShouldBe(((HttpStatusCode)status, message));

        const string Types = "send image/jpeg, image/png or application/x-image";
        await Refused(jpeg, "image/gif", 415, $"the content type image/gif is not supported: {Types}");
        await Refused("1,2"u8.ToArray(), "text/csv", 415, $"the content type text/csv is not supported: {Types}");
        await Refused(jpeg, null, 415, $"the request has no content type: {Types}");
        await Refused([], "image/jpeg", 400, "the body is empty: send image/jpeg");
        const string Another = "the body is not a JPEG or PNG image, or its header is damaged";
        await Refused("1,2,3"u8.ToArray(), "image/jpeg", 400, Another);
        await Refused(jpeg[..20], "image/jpeg", 400, Another);
        await Refused(jpeg[..^60], "image/jpeg", 400, "the image is truncated");
        await Refused(Pictures.Gif, "application/x-image", 400, "the body is a Gif image: send a JPEG or PNG");
        const string Large = "the image has 30000 x 30000 pixels: send one of at most 50 million pixels";
        await Refused(Pictures.Resized(jpeg, 30_000, 30_000), "image/jpeg", 400, Large);
        await Refused(Pictures.HugePng(30_000), "image/png", 400, Large);

        (server.Memory("VmHWM") - peak).ShouldBeLessThan(20_000, "kB");
        (await server.PostAsync(jpeg, "application/x-image")).ShouldBe(good);
        good.Status.ShouldBe(HttpStatusCode.OK);
        (await server.Client.GetAsync("/ping")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [TorchFact]
    public async Task A_tensor_of_another_shape_gets_a_message_with_both()
    {
        using var server = await ServedOnnx.StartAsync("tensor");

        async Task Refused(byte[] body, string type, string message) =>
            (await server.PostAsync(body, type)).ShouldBe((HttpStatusCode.BadRequest, message));

        await Refused("1,2"u8.ToArray(), "text/csv", "row 1: 2 values, but the model takes 6");
        const string Shape = "row 1: it is not a list of the shape [2, 3], and not a flat one";
        await Refused("[[[1,2],[3,4],[5,6]]]"u8.ToArray(), "application/json", Shape);
        await Refused("[[[1,2,3],4,5,6]]"u8.ToArray(), "application/json", Shape);
        await Refused(
            "[[[1,2,3],[4,5,\"x\"]]]"u8.ToArray(),
            "application/json",
            "row 1: value 6 is not a number that float32 holds"
        );
        await Refused("[[[1,2,3"u8.ToArray(), "application/json", "the body is not JSON (byte 8 of line 1)");
        await Refused("abc"u8.ToArray(), "application/x-npy", "the body is not a .npy file: write it with numpy.save");
        await Refused(
            Npy("<f4", "3, 2", Rows[..6]),
            "application/x-npy",
            "the array has the shape [3, 2]: send [2, 3] or [rows, 2, 3]"
        );
        await Refused(
            Npy("<f4", "2, 2, 3", Rows[..6]),
            "application/x-npy",
            "the array has 24 bytes, and its header says 48"
        );
        await Refused(
            Npy("<c8", "2, 3", Rows[..12]),
            "application/x-npy",
            "the array has the type '<c8': send float32, little-endian and in C order"
        );
    }

    private static List<Answer> Read(string answer) =>
        [.. new AnswerReader(new LabelNames(["a", "b", "c"])).Read(Encoding.UTF8.GetBytes(answer))];

    private static byte[] Npy<T>(string type, string shape, T[] values)
        where T : struct
    {
        var header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({shape}), }}".PadRight(117) + "\n";
        return
        [
            0x93,
            .. "NUMPY\u0001\0"u8,
            (byte)header.Length,
            0,
            .. Encoding.Latin1.GetBytes(header),
            .. MemoryMarshal.AsBytes<T>(values),
        ];
    }
}
