using Plumbline.Records;
using Plumbline.Records.GroundTruth;
using Plumbline.Testing;

namespace Plumbline.WebConsole.Tests;

/// <summary>The pages of a project to which a system delivers truths.</summary>
public sealed class DeliveredTruthTests(PetsConsole pets) : IClassFixture<PetsConsole>
{
    [Fact]
    public async Task A_refused_file_of_truths_is_named_with_its_line_before_the_taken_ones()
    {
        var loop = await pets.ProjectAsync("drops", "labels: [cat, dog]\n");
        var state = new GroundTruthIntake
        {
            Drops = new Dictionary<string, DroppedTruths>
            {
                ["truth/good.csv"] = Drop("truth/good.csv") with
                {
                    Truths = 1234,
                    Delivered = "ground-truth/x",
                    Who = "warehouse",
                },
                ["truth/bad.csv"] = Drop("truth/bad.csv") with { Problem = "truth/bad.csv:7: has no value for 'key'" },
            },
        };
        await loop.Bucket.PutTextAsync(Layout.Intake, RecordJson.WriteDocument(state));
        using var ann = await SignInAsync();

        var page = await ann.PageAsync("/drops/quality");

        page.ShouldContain("truth/bad.csv:7: has no value for &#x27;key&#x27;");
        page.ShouldContain("1234");
        page.IndexOf("truth/bad.csv", StringComparison.Ordinal)
            .ShouldBeLessThan(page.IndexOf("truth/good.csv", StringComparison.Ordinal));
        var history = await ann.PageAsync("/drops/history?what=drop");
        history.ShouldContain("1234 truths");
        history.ShouldContain("truth/bad.csv:7: has no value for &#x27;key&#x27;");
        history.ShouldContain("warehouse");
    }

    [Fact]
    public async Task With_complete_truth_nobody_is_asked_to_review()
    {
        await pets.ProjectAsync("complete", "labels: [cat, dog]\nmonitor: {labels: complete}\n");
        using var ann = await SignInAsync();

        (await ann.PageAsync("/complete/review")).ShouldContain("Truth comes by itself");
        (await ann.PageAsync("/complete/quality")).ShouldContain("predictions have their truth");
        (await ann.PageAsync("/complete/")).ShouldContain("A system delivers the truth of every prediction.");
    }

    private static DroppedTruths Drop(string key) =>
        new()
        {
            Key = key,
            ETag = "x",
            Written = PetsConsole.Noon,
            Read = PetsConsole.Noon,
        };

    private async Task<ConsoleClient> SignInAsync()
    {
        var client = new ConsoleClient(pets.Url);
        await client.SignInAsync("ann", ConsoleCloud.Password);
        return client;
    }
}
