using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plumbline.Aws.Protocols;
using Plumbline.Loop.Home;
using Plumbline.Loop.Registry;
using Plumbline.Records;
using Plumbline.Testing;
using Plumbline.WebConsole.People;

namespace Plumbline.WebConsole.Tests;

/// <summary>Versions of two trainings that await a decision: the page of the earlier one shows the later one first.</summary>
public sealed class WaitingVersionTests(PetsConsole pets) : IClassFixture<PetsConsole>
{
    [Fact]
    public async Task An_earlier_version_is_shown_as_superseded_and_the_weights_of_the_blends_have_a_picture()
    {
        var loop = await pets.ProjectAsync("waiting", "labels: [cat, dog]");
        await RegisterAsync(loop, "one", "new 0.60 + first 0.40");
        await RegisterAsync(loop, "two", "recent 0.75 + new 0.25");
        using var client = await SignInAsync();

        var earlier = await client.PageAsync("/waiting/models?a=1");
        var newest = await client.PageAsync("/waiting/models");

        earlier.ShouldContain("Superseded by 2");
        earlier.ShouldContain(
            "Version 1 is older than version 2, which a later training made and which awaits a decision."
        );
        earlier.ShouldContain("""<input type="hidden" name="despite" value="2" """.Trim());
        newest.ShouldContain("Decide about version 2");
        newest.ShouldNotContain("name=\"despite\"");
        newest.ShouldContain(
            "aria-label=\"The weight of each recipe by version, in version 2: first 0.00, new 0.25, recent 0.75\""
        );
    }

    [Fact]
    public async Task A_candidate_that_came_while_a_person_read_the_page_stops_the_approval()
    {
        var loop = await pets.ProjectAsync("meanwhile", "labels: [cat, dog]");
        await RegisterAsync(loop, "one", "new 1.00");
        using var client = await SignInAsync();
        var page = "/meanwhile/models?a=1";
        var hidden = Regex.Matches(await client.PageAsync(page), "name=\"(seen|evidence|token)\" value=\"([^\"]*)\"");
        (string, string)[] form =
        [
            // Each form of the page has the token.
            .. hidden
                .DistinctBy(one => one.Groups[1].Value)
                .Select(one => (one.Groups[1].Value, WebUtility.HtmlDecode(one.Groups[2].Value))),
            ("decision", "approve"),
            ("reason", "it is good"),
        ];
        form.Length.ShouldBe(5);
        await RegisterAsync(loop, "two", "new 1.00");

        using var unseen = await client.SendAsync("/meanwhile/models/1", form);

        (await unseen.Content.ReadAsStringAsync()).ShouldContain("is older than version 2");
        (await new ModelRegistry(loop).GetAsync(1)).IsPending.ShouldBeTrue();
        using var seen = await client.SendAsync("/meanwhile/models/1", [.. form, ("despite", "2")]);
        (await new ModelRegistry(loop).GetAsync(1)).Status.ShouldBe("Approved");
    }

    private async Task<ConsoleClient> SignInAsync()
    {
        new UserStore(pets.FolderOf("first")).Put(
            "boss",
            ConsoleCloud.Password,
            UserRole.Approver,
            TimeProvider.System.GetUtcNow()
        );
        var client = new ConsoleClient(pets.Url);
        await client.SignInAsync("boss", ConsoleCloud.Password);
        return client;
    }

    /// <summary>Registers a version as an execution does, with an evaluation.</summary>
    private static async Task RegisterAsync(LoopContext loop, string execution, string weights)
    {
        var evaluation = $"executions/{execution}/EvaluateNew/evaluation.json";
        await loop.Bucket.PutTextAsync(
            evaluation,
            """{"plumbline":{"role":"new","recent":{"rows":0},"base":{"rows":0}}}"""
        );
        await loop.Clients.SageMaker.CallAsync(
            "CreateModelPackage",
            new JsonObject
            {
                ["ModelPackageGroupName"] = loop.Names.ModelPackageGroup,
                ["ModelApprovalStatus"] = "PendingManualApproval",
                ["MetadataProperties"] = new JsonObject
                {
                    ["GeneratedBy"] = $"{loop.Names.PipelineArn(loop.Names.TrainingPipeline)}/execution/{execution}",
                },
                ["ModelMetrics"] = new JsonObject
                {
                    ["ModelQuality"] = new JsonObject
                    {
                        ["Statistics"] = new JsonObject
                        {
                            ["ContentType"] = "application/json",
                            ["S3Uri"] = loop.Bucket.UriOf(evaluation),
                        },
                    },
                },
                ["CustomerMetadataProperties"] = new JsonObject
                {
                    [ModelMetadata.Role] = "blend",
                    [ModelMetadata.Weights] = weights,
                },
            }
        );
    }
}
