using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using Plumbline.Aws.Protocols;
using Plumbline.Loop.Approval;
using Plumbline.Loop.GroundTruth;
using Plumbline.Loop.Registry;
using Plumbline.Records;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;
using Plumbline.Testing;
using Plumbline.WebConsole.People;
using static Microsoft.Playwright.Assertions;

namespace Plumbline.WebConsole.Tests;

/// <summary>Several users at the same time, and users without scripts.</summary>
[Collection("console")]
public sealed class TogetherTests(ConsoleCloud cloud, Browser browser) : BrowserTests(browser)
{
    [BrowserFact]
    public async Task A_decision_on_a_page_that_is_no_longer_true_is_refused()
    {
        var version = await NewVersionAsync();
        var (one, other) = (await PersonAsync("approver"), await PersonAsync("approver"));
        await one.GotoAsync($"/digits/models?a={version}");
        await other.GotoAsync($"/digits/models?a={version}");

        await DecideAsync(one, "reject", "Not this one.");
        await Expect(one.Locator(".notice[role=status]")).ToHaveTextAsync($"Version {version} is rejected.");
        await DecideAsync(other, "approve", "Looks good.");

        await Expect(other.Locator("h1")).ToHaveTextAsync("The version has changed");
        await Expect(other.Locator("[role=alert]")).ToContainTextAsync("Not this one.");
        (await new ModelRegistry(cloud.Loop).GetAsync(version)).Status.ShouldBe("Rejected");
    }

    [BrowserFact]
    public async Task A_decision_on_evidence_that_has_changed_is_refused()
    {
        var version = await NewVersionAsync();
        var page = await PersonAsync("approver");
        await page.GotoAsync($"/digits/models?a={version}");
        var model = await new ModelRegistry(cloud.Loop).GetAsync(version);
        var key = model.StatisticsUri![cloud.Loop.Bucket.UriOf("").Length..];
        var text = await cloud.Loop.Bucket.FindTextAsync(key);
        await cloud.Loop.Bucket.PutTextAsync(key, text + "\n");

        await DecideAsync(page, "approve", "Looks good.");

        await Expect(page.Locator("[role=alert]")).ToContainTextAsync("its evidence has changed since you saw it");
        (await new ModelRegistry(cloud.Loop).GetAsync(version)).IsPending.ShouldBeTrue();
        // A pending version would keep other tests' alarms from training.
        await new Approvals(cloud.Loop).RejectAsync(version, "Only a test.");
    }

    [BrowserFact]
    public async Task Two_reviewers_who_disagree_are_both_kept_and_shown_and_the_later_counts()
    {
        await QueueAsync("audit", "disputed");
        var (one, other) = (await PersonAsync("reviewer"), await PersonAsync("approver"));
        await one.GotoAsync("/digits/review?list=audit&key=disputed");
        await other.GotoAsync("/digits/review?list=audit&key=disputed");

        await one.PressAsync("3");
        await one.IsAtAsync("last=disputed");
        await other.PressAsync("8");
        // The second reviewer is told about the first answer, and repeats the same answer.
        await Expect(other.Locator(".notice[role=status]").First)
            .ToContainTextAsync("reviewer answered '3' for disputed while you looked at it");
        await other.PressAsync("8");
        await other.IsAtAsync("last=disputed");

        var conflict = other.Locator("section[aria-labelledby=conflicts]");
        await Expect(conflict).ToContainTextAsync("disputed");
        await Expect(conflict.Locator("tr.chosen").First).ToContainTextAsync("8\u00a0(counts)");
        await Expect(conflict).ToContainTextAsync("reviewer");
        var said = await SaidAsync("disputed");
        said.Select(answer => answer.Label).ShouldBe(["3", "8"]);
        said[0].Reviewer.ShouldEndWith(" reviewer");
        await other.SetViewportSizeAsync(380, 900);
        await other.GotoAsync("/digits/review?list=audit&key=disputed");
        await other.FitsAsync();
    }

    [BrowserFact]
    public async Task A_page_of_another_site_cannot_post_in_the_name_of_who_is_signed_in()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        await using var elsewhere = builder.Build();
        elsewhere.Run(context =>
        {
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync(
                $"<form method=post action='{cloud.Url}digits/runs'><button>Win a prize</button></form>"
            );
        });
        await elsewhere.StartAsync();
        var page = await PersonAsync("approver");
        var before = (await cloud.Loop.Clients.CodeBuild.ListBuildsForProjectAsync(Builds())).Ids.Count();

        // For a browser, another name of this machine is another site.
        await page.GotoAsync(elsewhere.Urls.Single().Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button).ClickAsync();

        await Expect(page.Locator("h1")).ToHaveTextAsync("Sign in");
        var after = (await cloud.Loop.Clients.CodeBuild.ListBuildsForProjectAsync(Builds())).Ids.Count();
        after.ShouldBe(before);
    }

    private JsonObject Builds() => new() { ["projectName"] = cloud.Loop.Names.BuildProject };

    [BrowserFact]
    public async Task Every_form_works_without_scripts()
    {
        await QueueAsync("uncertain", "plain");
        var page = await Browser.PageAsync(cloud.Url, scripts: false);
        await page.SignInAsync("approver");
        foreach (var path in Pages.All)
        {
            await page.GotoAsync($"/digits/{path}");
            await Expect(page.Locator("h1")).ToBeVisibleAsync();
        }

        await page.GotoAsync("/digits/review?list=uncertain&key=plain");
        await page.Locator("button[name=label][value='5']").ClickAsync();
        await page.IsAtAsync("last=plain");
        await page.GotoAsync("/digits/history");
        await page.Locator("input[name=text]").FillAsync("nothing like this");
        await page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync();
        await Expect(page.Locator("caption")).ToContainTextAsync("0 acts");
        await page.GotoAsync("/digits/data");
        await page.Locator("input[type=file]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "data.csv",
                    MimeType = "text/csv",
                    Buffer = "label,p00\n3,many\n"u8.ToArray(),
                }
            );
        await page.Locator("input[name=why]").FillAsync("A new set");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check and commit it" }).ClickAsync();
        await Expect(page.Locator("[role=alert]")).ToContainTextAsync("which is not a number");
        await page.GotoAsync("/digits/");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.IsAtAsync("/sign-in");

        (await SaidAsync("plain")).Single().List.ShouldBe(ReviewList.Uncertain);
    }

    [Fact]
    public async Task Script_in_a_prediction_or_a_reason_is_text()
    {
        const string Script = "<script>alert(1)</script>";
        await QueueAsync("audit", Script);
        using var reviewer = await cloud.SignInAsync(UserRole.Reviewer);

        using var answered = await reviewer.PostAsync(
            "/digits/review",
            "/digits/review",
            ("list", "audit"),
            ("key", Script),
            ("label", "1"),
            ("reason", Script)
        );
        var shown = await reviewer.PageAsync($"/digits/review?list=audit&key={Uri.EscapeDataString(Script)}");

        answered.StatusCode.ShouldBe(System.Net.HttpStatusCode.SeeOther);
        shown.ShouldNotContain(Script);
        shown.ShouldContain("&lt;script&gt;alert(1)");
    }

    private async Task<IPage> PersonAsync(string name)
    {
        var page = await Browser.PageAsync(cloud.Url);
        await page.SignInAsync(name);
        return page;
    }

    private static async Task DecideAsync(IPage page, string decision, string reason)
    {
        await page.Locator("textarea[name=reason]").FillAsync(reason);
        await page.Locator($"button[value={decision}]").ClickAsync();
    }

    /// <summary>Registers another version as the pipeline does, with its own evaluation.</summary>
    private async Task<long> NewVersionAsync()
    {
        var registry = new ModelRegistry(cloud.Loop);
        var first = await Eventually.Async(
            async () => await registry.ListAsync() is [var oldest, ..] ? oldest : null,
            version => version is not null
        );
        var described = await cloud.Loop.Clients.SageMaker.DescribeModelPackageAsync(
            new JsonObject { ["ModelPackageName"] = first!.Arn }
        );
        var own = $"executions/{Guid.NewGuid()}/evaluation.json";
        var evidence = await cloud.Loop.Bucket.FindTextAsync(
            first.StatisticsUri![cloud.Loop.Bucket.UriOf("").Length..]
        );
        await cloud.Loop.Bucket.PutTextAsync(own, evidence!);
        var metrics = described.Tree["ModelMetrics"]!.DeepClone();
        metrics["ModelQuality"]!["Statistics"]!["S3Uri"] = cloud.Loop.Bucket.UriOf(own);
        var made = await cloud.Loop.Clients.SageMaker.CreateModelPackageAsync(
            new JsonObject
            {
                ["ModelPackageGroupName"] = cloud.Loop.Names.ModelPackageGroup,
                ["InferenceSpecification"] = described.Tree["InferenceSpecification"]!.DeepClone(),
                ["ModelApprovalStatus"] = "PendingManualApproval",
                ["ModelMetrics"] = metrics,
                ["CustomerMetadataProperties"] = described.Tree["CustomerMetadataProperties"]!.DeepClone(),
            }
        );
        return long.Parse(
            ((string)made["ModelPackageArn"]!).Split('/')[^1],
            System.Globalization.CultureInfo.InvariantCulture
        );
    }

    /// <summary>The answers about a prediction, the latest last.</summary>
    private async Task<IReadOnlyList<Correction>> SaidAsync(string key)
    {
        var said = new List<Correction>();
        await foreach (var file in new CorrectionFeed(cloud.Loop.Bucket, []).NextAsync())
        {
            said.AddRange(file.Corrections.Where(one => one.JoinKey == key));
        }

        return [.. said.OrderBy(one => one.Id)];
    }

    /// <summary>Puts one item on a list, in the monitor's form.</summary>
    private Task QueueAsync(string list, string key) =>
        cloud.Loop.Bucket.PutTextAsync(
            list == "audit" ? Layout.AuditQueue : Layout.UncertainQueue,
            RecordJson.Write(
                new ReviewItem
                {
                    JoinKey = key,
                    InferenceTime = DateTimeOffset.UnixEpoch.AddYears(56),
                    Endpoint = "digits",
                    Features = string.Join(',', Enumerable.Repeat("4", 64)),
                    Predicted = "1",
                    Score = 0.4,
                    Margin = 0.1,
                    List = list == "audit" ? ReviewList.Audit : ReviewList.Uncertain,
                }
            ) + "\n"
        );
}
