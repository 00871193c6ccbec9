using System.Net;
using System.Text;
using Plumbline.Aws.Client;
using Plumbline.Loop.GroundTruth;
using Plumbline.Records;
using Plumbline.Records.Examples;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;
using Plumbline.Testing;

namespace Plumbline.WebConsole.Tests;

/// <summary>The review of images and texts.</summary>
public sealed class ContentReviewTests(PetsConsole pets) : IClassFixture<PetsConsole>
{
    private const string Answer = """{"predictions":[{"label":"cat","score":0.9,"probabilities":[0.9,0.1]}]}""";
    private const string Yaml =
        "  format: manifest\nlabels: [cat, dog]\ntraining: {algorithm: pytorch}\nmonitor: {auditShare: 100%}\n";

    [Fact]
    public async Task An_image_is_shown_from_its_capture_and_kept_once_under_its_hash_with_the_answer()
    {
        var loop = await pets.ProjectAsync("photos", Yaml);
        await pets.CaptureAsync("scan 1", TinyImages.Jpeg, "image/jpeg", Answer);
        var content = Content.Of(TinyImages.Jpeg, "image/jpeg");
        await loop.Bucket.PutTextAsync(
            Layout.AuditQueue,
            RecordJson.Write(
                (await new CapturedPredictions(loop).NewestAsync(1)).Single().ToReviewItem("photos", ReviewList.Audit)
            ) + "\n"
        );
        using var ann = await SignInAsync();

        var page = await ann.PageAsync("/photos/review");
        var image = await Eventually.Async(
            () => ann.GetAsync("/photos/content?key=scan%201"),
            answer => answer.StatusCode == HttpStatusCode.OK
        );
        using var said = await ann.PostAsync(
            "/photos/review",
            "/photos/review",
            ("list", "audit"),
            ("key", "scan 1"),
            ("seen", ""),
            ("label", "dog")
        );

        page.ShouldContain("<img src=\"/photos/content?key=scan%201\"");
        page.ShouldContain("image/jpeg, 632 bytes");
        page.ShouldContain("The model says <strong>cat</strong>");
        (await image.Content.ReadAsByteArrayAsync()).ShouldBe(TinyImages.Jpeg);
        image.Content.Headers.ContentType!.MediaType.ShouldBe("image/jpeg");
        said.StatusCode.ShouldBe(HttpStatusCode.SeeOther, await said.Content.ReadAsStringAsync());
        (await loop.Bucket.FindBytesAsync(content.Key)).ShouldBe(TinyImages.Jpeg);
        var correction = await CorrectionAsync(loop);
        (correction.Content, correction.Label, correction.List).ShouldBe((content, "dog", ReviewList.Audit));
    }

    [Fact]
    public async Task A_text_is_shown_as_text_and_a_page_that_a_caller_sent_is_never_run()
    {
        var loop = await pets.ProjectAsync("texts", Yaml);
        const string Text = "<b>Hello</b>,\nwinner";
        await pets.CaptureAsync("note", Encoding.UTF8.GetBytes(Text), "text/html", Answer);
        await pets.CaptureAsync("drawing", Encoding.UTF8.GetBytes("<svg/>"), "image/svg+xml", Answer);
        using var ann = await SignInAsync();

        var page = await ann.PageAsync("/texts/review?key=note");
        using var text = await ann.GetAsync("/texts/content?key=note");
        using var drawing = await ann.GetAsync("/texts/content?key=drawing");
        using var nothing = await ann.GetAsync("/texts/content?key=nothing");

        page.ShouldContain("&lt;b&gt;Hello&lt;/b&gt;,");
        (await text.Content.ReadAsStringAsync()).ShouldBe(Text);
        text.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        drawing.Content.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream");
        drawing.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        nothing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await new Reviews(loop).CorrectAsync("note", "dog", null, null)).Content!.Type.ShouldBe("text/html");
    }

    private async Task<ConsoleClient> SignInAsync()
    {
        var client = new ConsoleClient(pets.Url);
        await client.SignInAsync("ann", ConsoleCloud.Password);
        return client;
    }

    private static async Task<Correction> CorrectionAsync(Loop.Home.LoopContext loop)
    {
        var all = new List<Correction>();
        await foreach (var file in new CorrectionFeed(loop.Bucket, []).NextAsync())
        {
            all.AddRange(file.Corrections);
        }

        return all.Single();
    }
}
