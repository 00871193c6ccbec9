using System.Text;
using Plumbline.Aws.Client;
using Plumbline.Jobs.Inputs;
using Plumbline.Jobs.Monitor;
using Plumbline.Jobs.Processing;
using Plumbline.Jobs.Tests.Processing;
using Plumbline.Records;
using Plumbline.Records.Examples;
using Plumbline.Records.Inputs;
using Plumbline.Records.Project;
using Plumbline.Testing;
using SkiaSharp;

namespace Plumbline.Jobs.Tests.Inputs;

/// <summary>The figures of images and texts, from the training and from production.</summary>
public sealed class InputFiguresTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private readonly ProcessingCloud cloud = new();
    private readonly TemporaryFolder folder = new();

    private BucketClient Bucket => new(cloud.S3, ProcessingCloud.BucketName);

    public Task InitializeAsync() => cloud.InitializeAsync();

    public async Task DisposeAsync()
    {
        await cloud.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public void An_image_has_its_size_light_and_colours()
    {
        var red = ImageFigures.Of(TinyImages.Png);
        var half = ImageFigures.Of(Jpeg(40, 30, (x, _) => x < 20 ? SKColors.Black : SKColors.White));

        (red["width"], red["height"]).ShouldBe((8, 8));
        red["red"].ShouldBeGreaterThan(red["green"] + 0.3f);
        (half["width"], half["height"]).ShouldBe((40, 30));
        half["brightness"].ShouldBe(0.5f, 0.02f);
        half["contrast"].ShouldBe(0.5f, 0.03f);
        ImageFigures.Of(Jpeg(9, 9, (_, _) => SKColors.Gray))["contrast"].ShouldBe(0, 0.01f);
        ImageFigures.Of("not an image"u8.ToArray()).ShouldBeEmpty();
        ImageFigures.Of(TinyImages.Jpeg[..100]).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_darker_camera_is_seen_in_a_sample_of_bounded_size()
    {
        var reference = await ReferenceAsync(260, i => ("image/jpeg", Grey(120 + (i % 60))));
        await CaptureAsync(250, i => ("image/jpeg", Grey(40 + (i % 60))));

        var now = await MonitorAsync();

        reference.Inputs.Count.ShouldBe(InputSample.Most);
        now.Inputs.Count.ShouldBe(InputSample.Most);
        var shifts = reference.Compare(now).ToDictionary(one => one.Name, one => one.Shift);
        shifts["brightness"].Index.ShouldBeGreaterThan(0.25);
        shifts["brightness"].MeanNow!.Value.ShouldBeLessThan(shifts["brightness"].MeanBefore!.Value - 0.25);
        shifts["width"].Index.ShouldBeLessThan(0.1);
        // Every prediction was ham, and every other training example was not.
        shifts["predicted label"].Index.ShouldBeGreaterThan(0.25);
    }

    [Fact]
    public async Task Other_words_are_seen_because_the_training_does_not_have_them()
    {
        string[] usual = ["meeting", "tomorrow", "lunch", "report", "thanks", "train", "late", "home"];
        string[] other = ["prize", "winner", "claim", "cash", "urgent", "voucher", "free", "mobile"];
        var reference = await ReferenceAsync(300, i => ("text/plain", Sentence(usual, i)));
        await CaptureAsync(50, i => ("text/plain", Sentence(other, i)));

        var shifts = reference.Compare(await MonitorAsync()).ToDictionary(one => one.Name, one => one.Shift);

        reference.Vocabulary.Count.ShouldBe(usual.Length);
        shifts["unknown words"].MeanBefore.ShouldBe(0);
        shifts["unknown words"].MeanNow.ShouldBe(1);
        shifts["words"].Index.ShouldBeLessThan(0.1);
    }

    private async Task<InputSample> ReferenceAsync(int count, Func<int, (string Type, byte[] Body)> make)
    {
        var lines = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var (type, body) = make(i);
            var content = Content.Of(body, type);
            await Bucket.PutContentAsync(content.Key, new MemoryStream(body), type);
            var example = new Example
            {
                Label = i % 2 == 0 ? "ham" : "spam",
                Class = i % 2,
                Content = content,
                Key = content.Sha256,
                Id = $"{i}",
                Origin = ExampleOrigin.Base,
            };
            lines.Add(example.ToLine() + "\n");
        }

        folder.Write("examples.jsonl", string.Concat(lines));
        var sample = await ReferenceInputs.ReadAsync(
            Bucket,
            cloud.S3,
            folder.At("examples.jsonl"),
            CancellationToken.None
        );
        return RecordJson.Read<InputSample>(RecordJson.WriteDocument(sample), "");
    }

    private Task CaptureAsync(int count, Func<int, (string Type, byte[] Body)> make) =>
        cloud.PutAsync(
            "captures/pets/AllTraffic/2026/03/01/12/a.jsonl",
            string.Concat(
                Enumerable
                    .Range(0, count)
                    .Select(i =>
                        CaptureLines.Line(
                            $"id-{i}",
                            Convert.ToBase64String(make(i).Body),
                            """{"predictions":[{"label":"ham","score":0.9}]}""",
                            requestType: make(i).Type,
                            requestEncoding: "BASE64"
                        ) + "\n"
                    )
            )
        );

    private async Task<InputSample> MonitorAsync()
    {
        var project = ProjectDescription.Parse(
            "name: sample\ndata: {file: photos, format: folders}\nlabels: [ham, spam]\ntraining: {algorithm: pytorch}\n"
        );
        var given = new ProcessingArguments(
            ["--endpoint", "pets"],
            "endpoint",
            "at",
            "from",
            "to",
            "schedule",
            "alarm"
        );
        var context = cloud.Context(project, new ProcessingFolders(folder.Path), Now);
        await MonitorCommand.RunAsync(context, given, CancellationToken.None);
        return RecordJson.Read<InputSample>(await cloud.GetAsync(Layout.InputsNow), Layout.InputsNow);
    }

    private static byte[] Sentence(string[] words, int i) =>
        Encoding.UTF8.GetBytes(string.Join(' ', Enumerable.Range(i, 4).Select(place => words[place % words.Length])));

    private static byte[] Grey(int light) => Jpeg(32, 24, (_, _) => new SKColor((byte)light, (byte)light, (byte)light));

    private static byte[] Jpeg(int width, int height, Func<int, int, SKColor> colour)
    {
        using var image = new SKBitmap(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                image.SetPixel(x, y, colour(x, y));
            }
        }

        using var data = image.Encode(SKEncodedImageFormat.Jpeg, 95);
        return data.ToArray();
    }
}
