using System.Text.Json.Nodes;
using Amazon.S3.Model;
using Plumbline.Aws.Client;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Tests.SageMaker.Pipelines;

public sealed class PipelineTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    private const string Empty = """{"Version":"2020-12-01","Steps":[]}""";

    private readonly PipelineCalls pipelines = new(cloud);

    [Fact]
    public async Task What_was_created_is_described()
    {
        var created = await pipelines.CallAsync(
            "CreatePipeline",
            new
            {
                PipelineName = "Described",
                PipelineDisplayName = "Shown",
                PipelineDescription = "What it does",
                PipelineDefinition = Empty,
                RoleArn = PipelineCalls.Role,
                ParallelismConfiguration = new { MaxParallelExecutionSteps = 2 },
                Tags = new[] { new { Key = "team", Value = "a" } },
            }
        );

        created.Text("PipelineArn").ShouldBe("arn:aws:sagemaker:us-east-1:000000000000:pipeline/Described");
        var described = await pipelines.CallAsync("DescribePipeline", new { PipelineName = "Described" });
        described.Text("PipelineDefinition").ShouldBe(Empty);
        described.Text("PipelineStatus").ShouldBe("Active");
        described.Text("PipelineDisplayName").ShouldBe("Shown");
        described.Object("ParallelismConfiguration")!.Int("MaxParallelExecutionSteps").ShouldBe(2);
        described.Time("CreationTime").ShouldNotBeNull();
        var tags = await pipelines.CallAsync("ListTags", new { ResourceArn = created.Text("PipelineArn") });
        tags.Objects("Tags").ShouldHaveSingleItem().Text("Value").ShouldBe("a");
    }

    [Fact]
    public async Task A_name_is_taken_once_and_the_sdk_can_tell_that_it_is()
    {
        await pipelines.CreateAsync("Taken", Empty);

        var refusal = await Should.ThrowAsync<AwsException>(() => pipelines.CreateAsync("Taken", Empty));

        refusal.Code.ShouldBe("ValidationException");
        refusal.Message.ShouldBe(
            "Pipeline names must be unique within an AWS account and region. Pipeline with name (Taken) already exists."
        );
    }

    [Fact]
    public async Task The_same_request_again_answers_the_same()
    {
        var request = new
        {
            PipelineName = "Again",
            PipelineDefinition = Empty,
            RoleArn = PipelineCalls.Role,
            ClientRequestToken = new string('a', 32),
        };

        var first = await pipelines.CallAsync("CreatePipeline", request);
        var second = await pipelines.CallAsync("CreatePipeline", request);

        second.Text("PipelineArn").ShouldBe(first.Text("PipelineArn"));
    }

    [Fact]
    public async Task An_update_changes_what_it_names_and_counts_versions()
    {
        await pipelines.CreateAsync("Updated", Empty);

        var updated = await pipelines.CallAsync(
            "UpdatePipeline",
            new
            {
                PipelineName = "Updated",
                PipelineDefinition = Empty + " ",
                PipelineDescription = "newer",
            }
        );

        updated.Long("PipelineVersionId").ShouldBe(2);
        var described = await pipelines.CallAsync("DescribePipeline", new { PipelineName = "Updated" });
        described.Text("PipelineDescription").ShouldBe("newer");
        described.Text("RoleArn").ShouldBe(PipelineCalls.Role);
    }

    [Fact]
    public async Task What_is_not_there_is_a_ResourceNotFound()
    {
        foreach (
            var operation in (string[])
                ["DescribePipeline", "DeletePipeline", "StartPipelineExecution", "ListPipelineExecutions"]
        )
        {
            var refusal = await Should.ThrowAsync<AwsException>(() =>
                pipelines.CallAsync(operation, new { PipelineName = "Nowhere" })
            );
            refusal.Code.ShouldBe("ResourceNotFound");
            refusal.Message.ShouldBe(
                "Pipeline 'arn:aws:sagemaker:us-east-1:000000000000:pipeline/Nowhere' does not exist."
            );
        }
    }

    [Fact]
    public async Task Pipelines_are_listed_by_prefix_and_page()
    {
        foreach (var name in (string[])["Listed-a", "Listed-b", "Listed-c", "Other"])
        {
            await pipelines.CreateAsync(name, Empty);
        }

        var first = await pipelines.CallAsync(
            "ListPipelines",
            new
            {
                PipelineNamePrefix = "Listed",
                SortBy = "Name",
                SortOrder = "Ascending",
                MaxResults = 2,
            }
        );
        var rest = await pipelines.CallAsync(
            "ListPipelines",
            new
            {
                PipelineNamePrefix = "Listed",
                SortBy = "Name",
                SortOrder = "Ascending",
                NextToken = first.Text("NextToken"),
            }
        );

        Names(first).ShouldBe(["Listed-a", "Listed-b"]);
        Names(rest).ShouldBe(["Listed-c"]);
        rest.ContainsKey("NextToken").ShouldBeFalse();
    }

    [Fact]
    public async Task A_deleted_pipeline_takes_its_executions_with_it()
    {
        await pipelines.CreateAsync("Deleted", Empty);
        var execution = await pipelines.StartAsync("Deleted");
        await pipelines.EndAsync(execution);

        await pipelines.CallAsync("DeletePipeline", new { PipelineName = "Deleted" });

        var refusal = await Should.ThrowAsync<AwsException>(() =>
            pipelines.CallAsync("DescribePipelineExecution", new { PipelineExecutionArn = execution })
        );
        refusal.Message.ShouldBe($"Pipeline execution '{execution}' does not exist.");
    }

    [Fact]
    public async Task A_definition_that_cannot_be_run_is_refused_at_once()
    {
        (await RefusalAsync("not json")).ShouldStartWith("Unable to parse pipeline definition.");
        (await RefusalAsync("""{"Steps":[{"Name":"A","Type":"Fail"},{"Name":"A","Type":"Fail"}]}""")).ShouldContain(
            "duplicate names"
        );
        (
            await RefusalAsync("""{"Steps":[{"Name":"A","Type":"Model","DependsOn":["B"],"Arguments":{}}]}""")
        ).ShouldContain("step [B], which is undefined");
        (
            await RefusalAsync(
                """{"Steps":[{"Name":"A","Type":"Fail"},{"Name":"B","Type":"Condition","DependsOn":["A"],"Arguments":{"Conditions":[]}}]}"""
            )
        ).ShouldBe("B can not depends on A");
        (
            await RefusalAsync("""{"Steps":[{"Name":"Ask","Type":"Lambda","FunctionArn":"arn:x","Arguments":{}}]}""")
        ).ShouldStartWith("Step [Ask] is of type [Lambda], which the local cloud does not execute");
    }

    [Fact]
    public async Task A_definition_is_taken_from_S3()
    {
        using var s3 = S3ClientFactory.Create(cloud.Connect());
        await s3.PutBucketAsync("definitions");
        await s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = "definitions",
                Key = "large.json",
                ContentBody = Empty,
            }
        );

        await FromS3Async("FromS3", "large.json");

        var described = await pipelines.CallAsync("DescribePipeline", new { PipelineName = "FromS3" });
        described.Text("PipelineDefinition").ShouldBe(Empty);
        var refusal = await Should.ThrowAsync<AwsException>(() => FromS3Async("Missing", "nowhere.json"));
        refusal.Code.ShouldBe("ValidationException");
        refusal.Message.ShouldStartWith("Unable to read the pipeline definition s3://definitions/nowhere.json: ");
    }

    [Fact]
    public async Task One_definition_must_be_given_and_only_one()
    {
        (await RefusalAsync(null)).ShouldContain("should be provided");

        var both = await Should.ThrowAsync<AwsException>(() =>
            pipelines.CallAsync(
                "CreatePipeline",
                new
                {
                    PipelineName = "Both",
                    PipelineDefinition = Empty,
                    PipelineDefinitionS3Location = new { Bucket = "bucket", ObjectKey = "key" },
                    RoleArn = PipelineCalls.Role,
                }
            )
        );
        both.Message.ShouldContain("shouldn't be present");
    }

    private Task<JsonObject> FromS3Async(string name, string key) =>
        pipelines.CallAsync(
            "CreatePipeline",
            new
            {
                PipelineName = name,
                PipelineDefinitionS3Location = new { Bucket = "definitions", ObjectKey = key },
                RoleArn = PipelineCalls.Role,
            }
        );

    private static IEnumerable<string?> Names(JsonObject page) =>
        page.Objects("PipelineSummaries").Select(pipeline => pipeline.Text("PipelineName"));

    private async Task<string> RefusalAsync(string? definition)
    {
        var input = new JsonObject { ["PipelineName"] = "Refused", ["RoleArn"] = PipelineCalls.Role };
        if (definition is not null)
        {
            input["PipelineDefinition"] = definition;
        }

        var refusal = await Should.ThrowAsync<AwsException>(() => pipelines.CallAsync("CreatePipeline", input));
        refusal.Code.ShouldBe("ValidationException");
        return refusal.Message;
    }
}
