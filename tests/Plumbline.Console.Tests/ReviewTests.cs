using System.Net;
using System.Text.RegularExpressions;
using Plumbline.Loop.GroundTruth;
using Plumbline.Records.GroundTruth;
using Plumbline.Testing;

namespace Plumbline.WebConsole.Tests;

/// <summary>The assignment of items to reviewers, and the content of each page.</summary>
public sealed partial class ReviewTests(PetsConsole pets) : IClassFixture<PetsConsole>
{
    private const string Yaml = "labels: [cat, dog]\nmonitor:\n  auditShare: 100%\n";

    [Fact]
    public async Task Two_who_review_at_once_get_different_items_and_one_who_comes_back_gets_their_own()
    {
        await pets.ProjectAsync("different", Yaml);
        await pets.QueueAsync(ReviewList.Audit, ("a", "cat"), ("b", "cat"), ("c", "cat"));
        using var ann = await SignInAsync(pets.Url, "ann");
        using var rev = await SignInAsync(pets.Url, "rev");

        var first = await ItemAsync(ann, "/different/review");
        var other = await ItemAsync(rev, "/different/review");

        (first, other).ShouldBe(("a", "b"));
        (await ItemAsync(ann, "/different/review")).ShouldBe("a");
        (await ItemAsync(rev, "/different/review")).ShouldBe("b");
        await AnswerAsync(ann, "different", "a", "cat");
        (await ItemAsync(ann, "/different/review")).ShouldBe("c");
        (await rev.PageAsync("/different/review?list=audit&key=c")).ShouldContain("ann is looking at this one too.");
    }

    [Fact]
    public async Task An_item_is_one_persons_in_every_console_and_after_a_restart_until_its_minutes_are_over()
    {
        await pets.ProjectAsync("everywhere", Yaml);
        await pets.QueueAsync(ReviewList.Audit, ("a", "cat"));
        await using var elsewhere = await pets.ConsoleAsync("elsewhere");
        using var ann = await SignInAsync(pets.Url, "ann");
        using var rev = await SignInAsync(elsewhere.Endpoint, "rev");

        (await ItemAsync(ann, "/everywhere/review")).ShouldBe("a");
        (await rev.PageAsync("/everywhere/review")).ShouldContain("Other reviewers have the items that are left (1)");
        await pets.AdvanceAsync(ReviewLeases.Length + TimeSpan.FromSeconds(2));
        (await ItemAsync(rev, "/everywhere/review")).ShouldBe("a");
        (await ann.PageAsync("/everywhere/review")).ShouldContain("Other reviewers have the items that are left (1)");
    }

    [Fact]
    public async Task A_skipped_item_is_anybodys_again()
    {
        await pets.ProjectAsync("skipped", Yaml);
        await pets.QueueAsync(ReviewList.Audit, ("a", "cat"), ("b", "cat"));
        using var ann = await SignInAsync(pets.Url, "ann");
        using var rev = await SignInAsync(pets.Url, "rev");

        (await ItemAsync(ann, "/skipped/review")).ShouldBe("a");
        (await ItemAsync(ann, "/skipped/review?list=audit&after=a")).ShouldBe("b");

        (await ItemAsync(rev, "/skipped/review")).ShouldBe("a");
    }

    [Fact]
    public async Task Who_answers_after_another_is_told_first_and_nothing_is_added_twice()
    {
        var loop = await pets.ProjectAsync("meanwhile", Yaml);
        await pets.QueueAsync(ReviewList.Audit, ("a", "cat"));
        await using var elsewhere = await pets.ConsoleAsync("further");
        using var ann = await SignInAsync(pets.Url, "ann");
        using var rev = await SignInAsync(elsewhere.Endpoint, "rev");
        // Both reviewers have the item on their screens.
        await ann.PageAsync("/meanwhile/review?list=audit&key=a");
        await rev.PageAsync("/meanwhile/review?list=audit&key=a");

        await AnswerAsync(ann, "meanwhile", "a", "cat");
        var same = await AnswerAsync(rev, "meanwhile", "a", "cat");
        var told = await AnswerAsync(rev, "meanwhile", "a", "dog");

        same.ShouldContain("ann had already answered 'cat' for a: nothing was added.");
        told.ShouldContain("ann answered 'cat' for a while you looked at it.");
        (await SaidAsync(loop)).ShouldBe(["cat"]);
        var page = await rev.PageAsync("/meanwhile/review?list=audit&key=a");
        await AnswerAsync(rev, "meanwhile", "a", "dog", [.. Hidden(page)]);
        (await SaidAsync(loop)).ShouldBe(["cat", "dog"]);
        await Eventually.Async(
            () => ann.PageAsync("/meanwhile/review"),
            text => text.Contains("Toward a retraining: 1 of")
        );
    }

    [Fact]
    public async Task Where_the_project_is_blind_the_audit_answer_is_asked_before_the_models_is_shown()
    {
        await pets.ProjectAsync("blind", "labels: [cat, dog]\nmonitor: {auditShare: 100%}\nreview: {blind: true}\n");
        await pets.QueueAsync(ReviewList.Audit, ("a", "dog"));
        await pets.CaptureAsync(("a", """{"predictions":[{"label":"dog","score":0.9}]}"""));
        using var ann = await SignInAsync(pets.Url, "ann");

        var before = await ann.PageAsync("/blind/review");
        var list = await Eventually.Async(
            () => ann.PageAsync("/blind/review?list=newest"),
            text => text.Contains("after your answer")
        );
        var filtered = await ann.PageAsync("/blind/review?list=newest&label=dog");
        var after = await AnswerAsync(ann, "blind", "a", "cat");

        before.ShouldContain("You answer first");
        before.ShouldNotContain("The model says");
        before.ShouldNotContain("0.677");
        before.ShouldNotContain("data-key=\"Enter\"");
        list.ShouldNotContain("0.900");
        filtered.ShouldContain("No predictions match.");
        after.ShouldContain("You said 'cat'; the model had said 'dog'.");
        (await ann.PageAsync("/blind/review?list=audit&key=a")).ShouldContain("The model says <strong>dog</strong>");
    }

    [Fact]
    public async Task A_renamed_label_is_asked_for_by_its_new_name_and_what_was_said_by_the_old_one_stands()
    {
        var loop = await pets.ProjectAsync("renamed", Yaml);
        await pets.QueueAsync(ReviewList.Audit, ("a", "cat"), ("b", "dog"));
        await new Reviews(loop).CorrectAsync("a", "cat", "audit", null);
        var renamed = await pets.ProjectAsync(
            "renamed",
            "labels: [kitten: {was: cat}, dog]\nmonitor: {auditShare: 100%}\n"
        );
        await pets.CaptureAsync(("c", """{"predictions":[{"label":"cat","score":0.9}]}"""));
        using var ann = await SignInAsync(pets.Url, "ann");

        var before = await Eventually.Async(
            () => ann.PageAsync("/renamed/review?list=audit&key=a"),
            text => text.Contains("(counts)")
        );
        var correction = await new Reviews(renamed).CorrectAsync("c", "cat", null, null);

        before.ShouldContain("The model says <strong>kitten</strong>");
        before.ShouldContain("<td>kitten<small>");
        (correction.Predicted, correction.Label, correction.Kind).ShouldBe(
            ("kitten", "kitten", CorrectionKind.Confirmed)
        );
        (await ItemAsync(ann, "/renamed/review")).ShouldBe("b");
    }

    [Fact]
    public async Task A_model_with_other_labels_is_shown_in_its_own_words_and_Enter_confirms_nothing()
    {
        var loop = await pets.ProjectAsync("foreign", "labels: [kitten, puppy]\nmonitor: {auditShare: 100%}\n");
        await pets.QueueAsync(ReviewList.Audit, ("a", "cat"), ("b", ""));
        await pets.CaptureAsync(("c", """{"predictions":[{"label":"cat","score":0.9}]}"""));
        using var ann = await SignInAsync(pets.Url, "ann");

        var first = await ann.PageAsync("/foreign/review");
        var second = await ann.PageAsync("/foreign/review?list=audit&after=a");
        var table = await Eventually.Async(
            () => ann.PageAsync("/foreign/review?list=newest"),
            text => text.Contains(">c</a>")
        );

        foreach (var page in (string[])[first, second])
        {
            page.ShouldNotContain("data-key=\"Enter\"");
            page.ShouldContain("value=\"kitten\"");
            page.ShouldContain("value=\"puppy\"");
        }

        first.ShouldContain("The model says <strong>cat</strong>");
        first.ShouldContain("not one of the project&#x27;s labels");
        second.ShouldContain("The model's answer names no label");
        table.ShouldContain("<td>cat</td>");
        (await new CapturedPredictions(loop).NewestAsync(1)).Single().Predicted.ShouldBe("cat");
        await AnswerAsync(ann, "foreign", "a", "puppy");
        (await SaidAsync(loop)).ShouldBe(["puppy"]);
    }

    [Fact]
    public async Task In_a_regression_a_number_is_asked_for_and_the_table_shows_the_predicted_one()
    {
        var loop = await pets.ProjectAsync(
            "hours",
            "task: regression\nquality: {threshold: 9}\nmonitor: {auditShare: 100%}\n"
        );
        await pets.QueueAsync(ReviewList.Audit, ("a", "11.25"));
        await pets.CaptureAsync(("c", """{"predictions":[{"score":143.5}]}"""));
        using var ann = await SignInAsync(pets.Url, "ann");

        var page = await ann.PageAsync("/hours/review");
        var table = await Eventually.Async(
            () => ann.PageAsync("/hours/review?list=newest"),
            text => text.Contains(">c</a>")
        );

        page.ShouldContain("The model says <strong>11.25</strong>");
        page.ShouldContain("name=\"number\" type=\"number\"");
        page.ShouldContain("value=\"11.25\" data-key=\"Enter\" formnovalidate");
        table.ShouldContain("<td>143.5</td>");
        (await ann.PageAsync("/hours/quality")).ShouldContain("Mean absolute error in production");
        await AnswerAsync(ann, "hours", "a", "", ("list", "audit"), ("key", "a"), ("seen", ""), ("number", "12.50"));
        (await SaidAsync(loop)).ShouldBe(["12.5"]);
    }

    private static async Task<ConsoleClient> SignInAsync(Uri console, string name)
    {
        var client = new ConsoleClient(console);
        await client.SignInAsync(name, ConsoleCloud.Password);
        return client;
    }

    private static async Task<string> ItemAsync(ConsoleClient client, string page) =>
        Hidden(await client.PageAsync(page)).Single(field => field.Name == "key").Value;

    /// <summary>Answers from a page from before all answers; returns the notice of the next page.</summary>
    private static async Task<string> AnswerAsync(
        ConsoleClient client,
        string project,
        string key,
        string label,
        params (string Name, string Value)[] fields
    )
    {
        if (fields.Length == 0)
        {
            fields = [("list", "audit"), ("key", key), ("seen", "")];
        }

        using var answer = await client.PostAsync(
            $"/{project}/history",
            $"/{project}/review",
            [.. fields, ("label", label)]
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther, await answer.Content.ReadAsStringAsync());
        return WebUtility.HtmlDecode(await client.PageAsync(answer.Headers.Location!.OriginalString));
    }

    private static IEnumerable<(string Name, string Value)> Hidden(string page) =>
        Field()
            .Matches(page[page.IndexOf("id=\"answer\"", StringComparison.Ordinal)..])
            .Select(match => (match.Groups["name"].Value, WebUtility.HtmlDecode(match.Groups["value"].Value)))
            .Where(field => field.Item1 is "list" or "key" or "seen" or "told");

    private static async Task<List<string>> SaidAsync(Loop.Home.LoopContext loop)
    {
        var said = new List<Correction>();
        await foreach (var file in new CorrectionFeed(loop.Bucket, []).NextAsync())
        {
            said.AddRange(file.Corrections);
        }

        return [.. said.OrderBy(one => one.Id).Select(one => one.Label)];
    }

    [GeneratedRegex("type=\"hidden\" name=\"(?<name>[a-z]+)\"( value=\"(?<value>[^\"]*)\")?")]
    private static partial Regex Field();
}
