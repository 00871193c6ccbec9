using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Microsoft.Playwright;
using Plumbline.Aws.Client;
using Plumbline.Loop.GroundTruth;
using Plumbline.Loop.Home;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;
using Plumbline.Testing;
using static Microsoft.Playwright.Assertions;

namespace Plumbline.WebConsole.Tests;

/// <summary>A person reviews images, texts, rows and numbers in a browser, with the keyboard alone.</summary>
public sealed class ReviewFormsTests(PetsConsole pets, Browser browser)
    : BrowserTests(browser),
        IClassFixture<PetsConsole>,
        IClassFixture<Browser>
{
    private static readonly Lazy<IReadOnlyList<byte[]>> Photos = new(ReadPhotos);

    [BrowserFact]
    public async Task An_image_is_fetched_ahead_upright_and_in_its_own_size_and_answered_by_a_key()
    {
        var loop = await pets.ProjectAsync(
            "signs",
            "  format: folders\nlabels: [zero, one, two, three, four, five]\ntraining: {algorithm: pytorch}\nmonitor: {auditShare: 100%}\n"
        );
        // The third photo lies on its side, as its EXIF says.
        byte[][] photos = [Photos.Value[0], Photos.Value[1], OnItsSide(await WideAsync())];
        foreach (var (i, photo) in photos.Index())
        {
            await pets.CaptureAsync($"hand-{i}", photo, "image/jpeg", Answer("two", 0.7));
        }

        await QueueAsync(loop, "hand-0", "hand-1", "hand-2");
        var page = await PageAsync("/signs/review");
        var image = page.Locator(".frame img");
        await ShownAsync(page, image);
        var fitted = await image.EvaluateAsync<int>("one => one.clientWidth");
        await page.Locator("input.original").CheckAsync();
        var own = await image.EvaluateAsync<int[]>("one => [one.clientWidth, one.naturalWidth]");
        await page.Locator("input.larger").CheckAsync();
        var larger = await image.EvaluateAsync<double>("one => one.getBoundingClientRect().width");
        await page.Locator("input.fit").CheckAsync();

        own[0].ShouldBe(own[1]);
        larger.ShouldBe(3 * own[1], 2);
        fitted.ShouldNotBe(0);
        await FitAsync(page, "review-image");

        // The next image is there before it is asked for.
        await ShownAsync(page, page.Locator("img.ahead"));
        await page.PressAsync("4");
        await Expect(page.Locator("input[name=key][type=hidden]")).ToHaveValueAsync("hand-1");
        await ShownAsync(page, image);
        var again = await page.EvaluateAsync<double[]>(
            "() => performance.getEntriesByType('resource').filter(one => one.name.endsWith('key=hand-1')).map(one => one.transferSize)"
        );
        again.ShouldBe([0]);
        await page.PressAsync("Enter");
        await Expect(page.Locator("input[name=key][type=hidden]")).ToHaveValueAsync("hand-2");
        await ShownAsync(page, image);
        var turned = await image.EvaluateAsync<int[]>("one => [one.naturalWidth, one.naturalHeight]");
        turned.ShouldBe([200, 320]);
        (await SaidAsync(loop)).ShouldBe(["hand-0 three", "hand-1 two"]);
    }

    [BrowserFact]
    public async Task A_text_is_read_in_the_page_and_one_of_many_labels_is_found_by_typing()
    {
        string[] labels =
        [
            .. "billing refund delivery damaged-goods wrong-item account password newsletter".Split(' '),
            .. "complaint praise question-about-size question-about-stock spam other".Split(' '),
        ];
        var loop = await pets.ProjectAsync(
            "letters",
            $"  format: manifest\nlabels: [{string.Join(", ", labels)}]\ntraining: {{algorithm: pytorch}}\nmonitor: {{auditShare: 100%}}\n"
        );
        const string Text =
            "Hello,\n\nthe blue jacket arrived yesterday, and I like it. Do you still have it in L?\nMy brother wants one too.\n\nKind regards\nAnne";
        await pets.CaptureAsync("letter-1", Encoding.UTF8.GetBytes(Text), "text/plain", Answer("praise", 0.6));
        await pets.CaptureAsync(
            "letter-2",
            "{\"subject\":\"Invoice 17\",\"lines\":[{\"item\":\"jacket\",\"price\":80}]}"u8.ToArray(),
            "application/json",
            Answer("billing", 0.9)
        );
        await QueueAsync(loop, "letter-1", "letter-2");
        var page = await PageAsync("/letters/review");

        await Expect(page.Locator("blockquote")).ToContainTextAsync("Do you still have it in L?");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "spam" })).ToBeVisibleAsync();
        await page.PressAsync("/");
        await page.Keyboard.TypeAsync("stock question");
        await Expect(page.Locator("#labels button:visible")).ToHaveCountAsync(1);
        await FitAsync(page, "review-text");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("input[name=key][type=hidden]")).ToHaveValueAsync("letter-2");
        (await page.Locator("pre.json").InnerTextAsync()).ShouldContain("\n      \"item\": \"jacket\"");
        (await SaidAsync(loop)).ShouldBe(["letter-1 question-about-stock"]);
    }

    [BrowserFact]
    public async Task A_row_is_shown_under_the_names_of_its_columns()
    {
        var loop = await pets.ProjectAsync("churn", "labels: [stays, leaves]\nmonitor: {auditShare: 100%}\n");
        await ColumnsAsync(loop, "age", "plan", "months", "calls to the hotline", "last bill", "city");
        await loop.Bucket.PutTextAsync(
            Layout.AuditQueue,
            Line(Row("customer-1", "41,family,17,5,38.90,Graz", "stays") with { Score = 0.58, Margin = 0.16 })
                + Line(Row("customer-2", "29,student,3,0,12.50,Linz", "stays"))
        );
        var page = await PageAsync("/churn/review");

        await Expect(page.Locator(".item table").First).ToContainTextAsync("calls to the hotline");
        await Expect(page.Locator("tr", new() { HasText = "last bill" }).Locator("td")).ToHaveTextAsync("38.90");
        await FitAsync(page, "review-table");
        await page.PressAsync("2");

        await Expect(page.Locator("input[name=key][type=hidden]")).ToHaveValueAsync("customer-2");
        await page.PressAsync("u");
        await Expect(page.Locator(".item table").Last).ToContainTextAsync("leaves");
        (await SaidAsync(loop)).ShouldBe(["customer-1 leaves"]);
    }

    [BrowserFact]
    public async Task A_number_is_confirmed_by_a_key_or_written_into_its_field()
    {
        var loop = await pets.ProjectAsync(
            "bikes",
            "task: regression\nquality: {threshold: 60}\nmonitor: {auditShare: 100%}\n"
        );
        await ColumnsAsync(loop, "time", "season", "weather", "temperature", "wind");
        await loop.Bucket.PutTextAsync(
            Layout.AuditQueue,
            Line(Row("2026-03-01T08", "2026-03-01T08:00,spring,clear,9.5,11", "312.4") with { Score = null })
                + Line(Row("2026-03-01T09", "2026-03-01T09:00,spring,clear,10.5,12", "250") with { Score = null })
        );
        var page = await PageAsync("/bikes/review");

        await Expect(page.Locator("#item")).ToContainTextAsync("312.4");
        await page.Locator("input[name=number]").FillAsync("287");
        await FitAsync(page, "review-number");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("input[name=key][type=hidden]")).ToHaveValueAsync("2026-03-01T09");
        await page.PressAsync("Enter");
        await Expect(page.Locator(".notice[role=status]")).ToContainTextAsync("This list is done");

        (await SaidAsync(loop)).ShouldBe(["2026-03-01T08 287", "2026-03-01T09 250"]);
    }

    private static async Task FitAsync(IPage page, string picture)
    {
        await page.IsAccessibleAsync();
        await page.FitsAsync();
        await Screenshots.TakeAsync(page, picture);
        await page.SetViewportSizeAsync(380, 900);
        await page.IsAccessibleAsync();
        await page.FitsAsync();
        await page.SetViewportSizeAsync(1280, 900);
    }

    private async Task<IPage> PageAsync(string path)
    {
        var page = await Browser.PageAsync(pets.Url);
        await page.GotoAsync($"/sign-in?back={path}");
        await page.Locator("input[name=name]").FillAsync("ann");
        await page.Locator("input[name=password]").FillAsync(ConsoleCloud.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.IsAtAsync(path);
        return page;
    }

    private static async Task ShownAsync(IPage page, ILocator image) =>
        await Eventually.Async(
            async () =>
            {
                if (await image.EvaluateAsync<bool>("one => one.complete && one.naturalWidth > 0"))
                {
                    return true;
                }

                // The index of captures may be behind, and then the image is missing.
                await page.ReloadAsync();
                return false;
            },
            shown => shown
        );

    private async Task QueueAsync(LoopContext loop, params string[] keys)
    {
        var captured = (await new CapturedPredictions(loop).NewestAsync(10)).ToDictionary(one => one.JoinKey);
        await loop.Bucket.PutTextAsync(
            Layout.AuditQueue,
            string.Concat(keys.Select(key => Line(captured[key].ToReviewItem(loop.Names.Endpoint, ReviewList.Audit))))
        );
    }

    private ReviewItem Row(string key, string features, string predicted) =>
        new()
        {
            JoinKey = key,
            InferenceTime = PetsConsole.Noon,
            Endpoint = pets.Loop.Names.Endpoint,
            Features = features,
            Predicted = predicted,
            Score = 0.9,
            List = ReviewList.Audit,
        };

    private static string Line(ReviewItem item) => RecordJson.Write(item) + "\n";

    /// <summary>Makes a data set version, from which the page has the names of the columns.</summary>
    private static async Task ColumnsAsync(LoopContext loop, params string[] names)
    {
        var manifest = new DataSetManifest
        {
            Project = loop.Project.Name,
            Features = names,
            Labels = loop.Project.Labels,
            Split = SplitRule.Of(loop.Project.Data),
            Base = new BaseManifest("", 1, 1, 1),
            Corrections = new CorrectionsManifest(),
            Files = new Dictionary<string, FileManifest>(),
            Time = PetsConsole.Noon,
        };
        await loop.Bucket.PutTextAsync(Layout.Manifest(manifest.Version), RecordJson.Write(manifest));
    }

    private static async Task<List<string>> SaidAsync(LoopContext loop)
    {
        var all = new List<Correction>();
        await foreach (var file in new CorrectionFeed(loop.Bucket, []).NextAsync())
        {
            all.AddRange(file.Corrections);
        }

        return [.. all.OrderBy(one => one.JoinKey, StringComparer.Ordinal).Select(one => $"{one.JoinKey} {one.Label}")];
    }

    private static string Answer(string label, double score) =>
        FormattableString.Invariant($$"""{"predictions":[{"label":"{{label}}","score":{{score}}}]}""");

    /// <summary>A wide JPEG of 320 x 200 pixels.</summary>
    private async Task<byte[]> WideAsync()
    {
        var page = await Browser.PageAsync(pets.Url);
        var data = await page.EvaluateAsync<string>(
            """
            () => {
              const canvas = document.createElement("canvas");
              [canvas.width, canvas.height] = [320, 200];
              const pen = canvas.getContext("2d");
              pen.fillStyle = "#d9e4ee";
              pen.fillRect(0, 0, 320, 200);
              pen.fillStyle = "#a0522d";
              pen.fillRect(20, 60, 200, 80);
              return canvas.toDataURL("image/jpeg", 0.9);
            }
            """
        );
        return Convert.FromBase64String(data[(data.IndexOf(',') + 1)..]);
    }

    /// <summary>The JPEG with an EXIF segment that says: turn me by 90 degrees (orientation 6).</summary>
    private static byte[] OnItsSide(byte[] jpeg)
    {
        byte[] exif =
        [
            .. "Exif\0\0MM\0*"u8,
            .. (byte[])[0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0],
        ];
        return [.. jpeg[..2], 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, .. jpeg[2..]];
    }

    private static IReadOnlyList<byte[]> ReadPhotos()
    {
        using var file = File.OpenRead(Repository.Path("samples", "signs", "photos.tar.gz"));
        using var plain = new GZipStream(file, CompressionMode.Decompress);
        using var tar = new TarReader(plain);
        var photos = new List<byte[]>();
        while (photos.Count < 2 && tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is { Length: > 100 } stream && entry.Name.EndsWith(".jpg", StringComparison.Ordinal))
            {
                using var photo = new MemoryStream();
                stream.CopyTo(photo);
                photos.Add(photo.ToArray());
            }
        }

        return photos;
    }
}
