using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Plumbline.Loop.GroundTruth;
using Plumbline.Loop.Home;
using Plumbline.Records;
using Plumbline.Records.GroundTruth;
using Plumbline.Testing;

namespace Plumbline.WebConsole.Tests;

/// <summary>The review forms for several labels, for JSON, and for a label that is new.</summary>
public sealed class JsonReviewTests(PetsConsole pets, Browser browser)
    : BrowserTests(browser),
        IClassFixture<PetsConsole>,
        IClassFixture<Browser>
{
    private const string Content = "  format: manifest\ntraining: {algorithm: pytorch}\nmonitor: {auditShare: 100%}\n";

    [BrowserFact]
    public async Task Several_labels_are_answered_with_the_keyboard_alone()
    {
        var loop = await StartAsync(
            "tags",
            $"{Content}task: multi-label\nlabels: [scratch, dent, rust]\nquality: {{threshold: 0.2}}\n",
            """{"labels":["dent"],"probabilities":{"scratch":0.3,"dent":0.8,"rust":0.1}}"""
        );
        var (page, narrow) = await PagesAsync("/tags/review");

        await page.Locator("h2 strong", new() { HasText = "dent" }).WaitForAsync();
        (
            await page.Locator("input[name=labels]:checked")
                .EvaluateAllAsync<string[]>("all => all.map(one => one.value)")
        ).ShouldBe(["dent"]);
        await Screenshots.TakeAsync(page, "labels");
        await page.PressAsync("1");
        await page.PressAsync("2");
        await page.PressAsync("3");
        await page.PressAsync("Enter");

        (await CorrectionAsync(loop)).Label.ShouldBe("""["scratch","rust"]""");
        await narrow.CloseAsync();
    }

    [BrowserFact]
    public async Task JSON_is_edited_and_wrong_JSON_is_told_before_it_is_sent()
    {
        var loop = await StartAsync(
            "boxes",
            $"{Content}task: custom\nquality: {{name: iou, better: higher, threshold: 0.5}}\n",
            """{"x": 4, "y": 2}"""
        );
        var (page, narrow) = await PagesAsync("/boxes/review");

        var editor = page.Locator("textarea[name=json]");
        (await editor.InputValueAsync()).ShouldBe("{\n  \"x\": 4,\n  \"y\": 2\n}");
        await Screenshots.TakeAsync(page, "json");
        await editor.FillAsync("{\"x\": 5, ");
        await page.GetByRole(AriaRole.Button, new() { Name = "Record the JSON" }).ClickAsync();
        (await editor.EvaluateAsync<string>("one => one.validationMessage")).ShouldContain("JSON");
        (await CorrectionsAsync(loop)).ShouldBeEmpty();
        await editor.FillAsync("{\"x\": 5, \"y\": 2}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Record the JSON" }).ClickAsync();

        (await CorrectionAsync(loop)).Label.ShouldBe("""{"x":5,"y":2}""");
        await narrow.CloseAsync();
    }

    [Fact]
    public async Task A_truth_of_another_form_is_refused_with_the_form_that_is_wanted()
    {
        var loop = await StartAsync("strict", $"{Content}task: custom\nquality: {{threshold: 0.5}}\n", """{"x": 4}""");
        using var ann = new ConsoleClient(pets.Url);
        await ann.SignInAsync("ann", ConsoleCloud.Password);

        using var said = await ann.PostAsync(
            "/strict/review",
            "/strict/review",
            ("list", "audit"),
            ("key", "k1"),
            ("seen", ""),
            ("json", "{")
        );

        said.StatusCode.ShouldNotBe(HttpStatusCode.SeeOther);
        (await said.Content.ReadAsStringAsync()).ShouldContain("is not JSON, such as");
        (await CorrectionsAsync(loop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_new_label_is_added_and_recorded_where_the_project_allows_it()
    {
        var loop = await StartAsync(
            "open",
            "  format: manifest\ntraining: {algorithm: pytorch}\nlabels: [cat, dog]\nmonitor: {auditShare: 100%}\nreview: {newLabels: true}\n",
            """{"predictions":[{"label":"cat","score":0.9}]}"""
        );
        using var ann = new ConsoleClient(pets.Url);
        await ann.SignInAsync("ann", ConsoleCloud.Password);

        using var said = await ann.PostAsync(
            "/open/review",
            "/open/review",
            ("list", "audit"),
            ("key", "k1"),
            ("seen", ""),
            ("newLabel", "fox")
        );

        said.StatusCode.ShouldBe(HttpStatusCode.SeeOther, await said.Content.ReadAsStringAsync());
        (await CorrectionAsync(loop)).Label.ShouldBe("fox");
        (await loop.WithAddedLabelsAsync()).Project.Labels.ShouldBe(["cat", "dog", "fox"]);
        (await ann.PageAsync("/open/review?key=k1")).ShouldContain("value=\"fox\"");
    }

    /// <summary>A project with one captured prediction on its audit list.</summary>
    private async Task<LoopContext> StartAsync(string name, string yaml, string answer)
    {
        var loop = await pets.ProjectAsync(name, yaml);
        await pets.CaptureAsync("k1", Encoding.UTF8.GetBytes("door of a car, left side"), "text/plain", answer);
        await loop.Bucket.PutTextAsync(
            Layout.AuditQueue,
            RecordJson.Write(
                (await new CapturedPredictions(loop).NewestAsync(1)).Single().ToReviewItem(name, ReviewList.Audit)
            ) + "\n"
        );
        return loop;
    }

    /// <summary>The page at two widths, both accessible; the narrow one has no part outside.</summary>
    private async Task<(IPage Wide, IPage Narrow)> PagesAsync(string path)
    {
        var pages = new List<IPage>();
        foreach (var width in (int[])[380, 1280])
        {
            var page = await Browser.PageAsync(pets.Url, width);
            await page.GotoAsync("/sign-in");
            await page.Locator("input[name=name]").FillAsync(width == 380 ? "rev" : "ann");
            await page.Locator("input[name=password]").FillAsync(ConsoleCloud.Password);
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
            await Assertions.Expect(page).Not.ToHaveURLAsync(new Regex("sign-in"));
            await page.GotoAsync(width == 380 ? $"{path}?key=k1" : path);
            if (width == 380)
            {
                await page.IsAccessibleAsync();
                await page.FitsAsync();
                await Screenshots.TakeAsync(page, $"{path.Split('/')[1]}-narrow");
                // The item is free again for the other reviewer.
                await pets.AdvanceAsync(TimeSpan.FromHours(1));
            }

            pages.Add(page);
        }

        await pages[1].IsAccessibleAsync();
        return (pages[1], pages[0]);
    }

    private static async Task<Correction> CorrectionAsync(LoopContext loop) =>
        (await Eventually.Async(() => CorrectionsAsync(loop), all => all.Count > 0)).Single();

    private static async Task<List<Correction>> CorrectionsAsync(LoopContext loop)
    {
        var all = new List<Correction>();
        await foreach (var file in new CorrectionFeed(loop.Bucket, []).NextAsync())
        {
            all.AddRange(file.Corrections);
        }

        return all;
    }
}
