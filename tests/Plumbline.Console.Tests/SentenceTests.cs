using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Loop.Deployment;
using Plumbline.Loop.Home;
using Plumbline.Loop.Registry;
using Plumbline.Loop.Status;
using Plumbline.Loop.Training;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Project;
using Plumbline.Testing;
using Plumbline.WebConsole.Pages.Models;

namespace Plumbline.WebConsole.Tests;

/// <summary>Sentences about missing or equal values, and logs of other owners.</summary>
public sealed class SentenceTests(PetsConsole pets) : IClassFixture<PetsConsole>
{
    private const string Yaml = "labels: [cat, dog]\n";

    [Fact]
    public async Task Approving_says_what_it_does_whatever_is_in_production()
    {
        var loop = await pets.ProjectAsync("sentences", Yaml);
        var version = Version(6);

        string Of(string? live) =>
            ModelPages.Consequence(loop, version, new Production("InService", "config", "model", live, null));

        Of(version.Arn)
            .ShouldStartWith("Version 6 is in production on the endpoint sentences; the deploy build deploys it again");
        Of(version.Arn[..^1] + "5").ShouldContain("from version 5 to version 6");
        Of(null).ShouldContain("from a model that is not a version to version 6");
        ModelPages.Consequence(loop, version, null).ShouldStartWith("The deploy build creates the endpoint sentences");
    }

    [Fact]
    public void A_version_without_a_reason_or_a_commit_says_neither()
    {
        Version(1).StatusText("already").ShouldBe("Approved already.");
        (Version(1) with { StatusReason = "good" }).StatusText("already").ShouldBe("Approved already: good");
        Version(1).Commit.ShouldBe("");
    }

    [Theory]
    [InlineData("audit")]
    [InlineData("uncertain")]
    public async Task A_list_that_no_measurement_filled_is_empty_and_not_done(string list)
    {
        await pets.ProjectAsync("unmeasured", Yaml);
        using var ann = new ConsoleClient(pets.Url);
        await ann.SignInAsync("ann", ConsoleCloud.Password);

        var page = await ann.PageAsync($"/unmeasured/review?list={list}");

        page.ShouldContain("This list is empty: a measurement fills it from what was captured.");
        page.ShouldNotContain("This list is done.");
    }

    [Fact]
    public async Task The_home_page_says_in_red_that_a_rejected_version_is_live()
    {
        var loop = await pets.ProjectAsync("rejected", Yaml);
        using var ann = new ConsoleClient(pets.Url);
        await ann.SignInAsync("ann", ConsoleCloud.Password);
        var before = await ann.PageAsync("/rejected/");
        await PutRejectedVersionLiveAsync(loop);

        var home = await ann.PageAsync("/rejected/");

        before.ShouldNotContain("role=\"alert\"");
        home.ShouldContain(
            "<p class=\"notice bad\" role=\"alert\"><strong class=\"bad\">Version 1 is rejected and still in production (too slow): "
        );
    }

    /// <summary>The server never starts; the endpoint's configuration decides which version is in production.</summary>
    private static async Task PutRejectedVersionLiveAsync(LoopContext loop)
    {
        var sageMaker = loop.Clients.SageMaker;
        var made = await sageMaker.CreateModelPackageAsync(
            new JsonObject
            {
                ["ModelPackageGroupName"] = loop.Names.ModelPackageGroup,
                ["ModelPackageDescription"] = "too slow",
                ["ModelApprovalStatus"] = "Rejected",
                ["InferenceSpecification"] = new JsonObject
                {
                    ["Containers"] = new JsonArray(
                        new JsonObject { ["Image"] = "000000000000.dkr.ecr.us-east-1.amazonaws.com/none:latest" }
                    ),
                    ["SupportedContentTypes"] = new JsonArray("text/csv"),
                    ["SupportedResponseMIMETypes"] = new JsonArray("text/csv"),
                },
            }
        );
        await sageMaker.CreateModelAsync(
            new JsonObject
            {
                ["ModelName"] = "rejected",
                ["ExecutionRoleArn"] = "arn:aws:iam::000000000000:role/pets",
                ["PrimaryContainer"] = new JsonObject { ["ModelPackageName"] = made.Text("ModelPackageArn") },
            }
        );
        await sageMaker.CreateEndpointConfigAsync(
            new JsonObject
            {
                ["EndpointConfigName"] = "rejected",
                ["ProductionVariants"] = new JsonArray(
                    new JsonObject
                    {
                        ["VariantName"] = "AllTraffic",
                        ["ModelName"] = "rejected",
                        ["InstanceType"] = "ml.m5.large",
                        ["InitialInstanceCount"] = 1,
                    }
                ),
            }
        );
        await sageMaker.CreateEndpointAsync(
            new JsonObject { ["EndpointName"] = loop.Names.Endpoint, ["EndpointConfigName"] = "rejected" }
        );
    }

    [Theory]
    [InlineData("[no, yes]", "x,y", "")]
    [InlineData(
        "[negative: {was: no}, positive: {was: yes}]",
        "x,y",
        "label 'no' is called 'negative' now: callers get the new name once the new version is live; 12 earlier corrections are read under the new name.|label 'yes' is called 'positive' now: callers get the new name once the new version is live; 1 earlier correction is read under the new name."
    )]
    [InlineData(
        "[negative, yes]",
        "x,y",
        "label 'no' is gone: 12 earlier corrections cannot be used. If it was only renamed, write `was: no` next to its new name in labels.|label 'negative' is new: production never answers it.|the next model can neither continue production's nor be compared with it: it is judged as a first model."
    )]
    [InlineData(
        "[no, yes]",
        "x",
        "column y was removed: 13 earlier corrections are used without it.|callers that send 2 values will be refused once the new version is live, which takes 1.|the next model can neither continue production's nor be compared with it: it is judged as a first model."
    )]
    [InlineData(
        "[no, yes]",
        "x,y,z",
        "column z was added: 13 earlier corrections have no value there.|callers that send 2 values will be refused once the new version is live, which takes 3.|the next training leaves the old candidate out, and compares the new model with production, whose answer to a new label counts as wrong."
    )]
    [InlineData(
        "[no, yes]",
        "y,x",
        "the columns or their order are different, but not their number: callers that still send the old ones are not refused, and get wrong answers.|the next model can neither continue production's nor be compared with it: it is judged as a first model."
    )]
    public void Another_schema_is_said_with_what_it_does(string labels, string features, string sentences)
    {
        var said = new Dictionary<string, int> { ["no"] = 12, ["yes"] = 1 };

        string.Join('|', ChangeOf(labels, features, said)).ShouldBe(sentences);
    }

    [Fact]
    public void A_change_that_no_correction_meets_speaks_of_none()
    {
        ChangeOf("[negative, {yeah: {was: yes}}]", "x", [])
            .Take(3)
            .ShouldBe([
                "label 'no' is gone. If it was only renamed, write `was: no` next to its new name in labels.",
                "label 'yes' is called 'yeah' now: callers get the new name once the new version is live.",
                "label 'negative' is new: production never answers it.",
            ]);
        ChangeOf("[no, yes]", "x", [])[0].ShouldBe("column y was removed.");
    }

    [Fact]
    public void A_change_from_rows_to_images_is_told_to_those_who_send_them() =>
        ChangeOf("[no, yes]", "", [], "{format: folders, file: photos}\ntraining: {algorithm: pytorch}")
            .ShouldBe([
                "production takes rows of a table, and the new version takes images or texts: callers have to send the other form once it is live.",
                "the next model can neither continue production's nor be compared with it: it is judged as a first model.",
            ]);

    /// <summary>The sentences about a change from the columns x and y and the labels no and yes.</summary>
    private static IReadOnlyList<string> ChangeOf(
        string labels,
        string features,
        Dictionary<string, int> said,
        string data = "{}"
    )
    {
        var project = ProjectDescription.Parse($"name: moons\ndata: {data}\nlabels: {labels}\n");
        var live = new DataSetManifest
        {
            Project = "moons",
            Features = ["x", "y"],
            Labels = ["no", "yes"],
            Split = SplitRule.Of(new DataDescription()),
            Base = new BaseManifest("", 1, 1, 1),
            Corrections = new CorrectionsManifest(),
            Files = new Dictionary<string, FileManifest>(),
        };
        return SchemaChange.Sentences(project, live, project.Labels, features.Split(','), said);
    }

    [Theory]
    [InlineData(TrainingInputs.NoCommit, "hand")]
    [InlineData("0123456789abcdef0123", "hand-0123456789ab")]
    [InlineData("0123", "hand-0123")]
    public void An_execution_is_named_after_its_commit_where_one_is_known(string commit, string name) =>
        new TrainingInputs("base", "project", commit, null).ExecutionName("hand").ShouldBe(name);

    [Fact]
    public async Task Logs_of_jobs_are_those_of_this_projects_executions()
    {
        var theirs = await pets.ProjectAsync("theirs", Yaml);
        var their = await StartAsync(theirs);
        var ours = await pets.ProjectAsync("ours", Yaml);
        var our = await StartAsync(ours);
        await PrintAsync(ours, $"pipelines-{their}-TrainNew-abc/algo-1", "of theirs");
        await PrintAsync(ours, $"pipelines-{our}-TrainNew-abc/algo-1", "of ours");
        await PrintAsync(ours, "by-hand/algo-1", "of nobody");

        (await TailAsync(ours, null)).ShouldBe(["of ours"]);
        (await TailAsync(theirs, null)).ShouldBe(["of theirs"]);
        (await TailAsync(ours, $"pipelines-{our}-TrainNew")).ShouldBe(["of ours"]);
        (await TailAsync(ours, "pipelines-")).ShouldBe(["of ours"]);
        (await TailAsync(ours, "by-hand")).ShouldBe(["of nobody"]);
    }

    private static async Task<string> StartAsync(LoopContext loop)
    {
        var started = await loop.Clients.SageMaker.StartPipelineExecutionAsync(
            new JsonObject
            {
                ["PipelineName"] = loop.Names.TrainingPipeline,
                ["ClientRequestToken"] = Guid.NewGuid().ToString(),
            }
        );
        return started.PipelineExecutionArn.Split('/')[^1];
    }

    private static async Task PrintAsync(LoopContext loop, string stream, string message)
    {
        var group = new JsonObject { ["logGroupName"] = LoopLogs.TrainingJobs };
        try
        {
            await loop.Clients.Logs.CreateLogGroupAsync(group);
        }
        catch (Aws.Errors.AwsException there) when (there.Code == "ResourceAlreadyExistsException") { }

        var where = new JsonObject { ["logGroupName"] = LoopLogs.TrainingJobs, ["logStreamName"] = stream };
        await loop.Clients.Logs.CreateLogStreamAsync(where.DeepClone().AsObject());
        where["logEvents"] = new JsonArray(
            new JsonObject
            {
                ["timestamp"] = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
                ["message"] = message,
            }
        );
        await loop.Clients.Logs.PutLogEventsAsync(where);
    }

    private static async Task<List<string>> TailAsync(LoopContext loop, string? stream)
    {
        var lines = new List<string>();
        await foreach (var (_, message) in new LoopLogs(loop).TailAsync(LoopLogs.TrainingJobs, stream, null))
        {
            lines.Add(message);
        }

        return lines;
    }

    private static ModelVersion Version(long number) =>
        new(
            $"arn:aws:sagemaker:us-east-1:000000000000:model-package/sentences/{number}",
            number,
            "Approved",
            null,
            default,
            default,
            new Dictionary<string, string> { [ModelMetadata.Commit] = TrainingInputs.NoCommit },
            "s3://bucket/model.tar.gz",
            "image",
            null,
            null
        );
}
