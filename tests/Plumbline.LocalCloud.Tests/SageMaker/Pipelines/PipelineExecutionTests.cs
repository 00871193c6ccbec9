using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.Testing;
using static Plumbline.LocalCloud.Tests.SageMaker.Pipelines.StepTexts;

namespace Plumbline.LocalCloud.Tests.SageMaker.Pipelines;

public sealed class PipelineExecutionTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    private const string GroupParameter = """{"Get":"Parameters.Group"}""";

    private readonly PipelineCalls pipelines = new(cloud);

    [Theory]
    [InlineData("OfText", "\"group-of-text\"")]
    [InlineData("OfParameter", """{"Get":"Parameters.Group"}""")]
    public async Task A_registration_makes_its_group_where_it_is_missing(string name, string group)
    {
        var register = Register("First", group)
            .Replace(
                "\"Arguments\":{",
                """ "Arguments":{"Tags":[{"Key":"team","Value":"blue"}], """,
                StringComparison.Ordinal
            );
        var definition = $$$$$"""
            {"Parameters":[{"Name":"Group","Type":"String","DefaultValue":"group-of-parameter"}],
             "Steps":[{{{{{register}}}}},{{{{{register.Replace("First", "Second", StringComparison.Ordinal)}}}}}]}
            """;

        var (status, steps) = await pipelines.RunAsync(name, definition);

        status.ShouldBe("Succeeded", steps["First"].ToJsonString());
        var arns = steps
            .Values.Select(step => step.Object("Metadata")!.Object("RegisterModel")!.Text("Arn")!)
            .Order()
            .ToList();
        arns[0].ShouldEndWith("/1");
        arns[1].ShouldEndWith("/2");
        var made = await pipelines.CallAsync(
            "DescribeModelPackageGroup",
            new { ModelPackageGroupName = arns[0].Split('/')[1] }
        );
        made.Object("CreatedBy")!.ToJsonString().ShouldContain("pipeline-role");
        (await TagsAsync(made.Text("ModelPackageGroupArn")!)).ShouldBe(
            ["team", "sagemaker:pipeline-execution-arn", "sagemaker:pipeline-step-name"],
            ignoreOrder: true
        );
        (await TagsAsync(arns[0])).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_step_gets_what_another_made()
    {
        await pipelines.CallAsync("CreateModelPackageGroup", new { ModelPackageGroupName = "made" });
        var definition = $$$$$"""
            {"Parameters":[{"Name":"Group","Type":"String","DefaultValue":"made"}],
             "Steps":[
              {{{{{Register("First", GroupParameter)}}}}},
              {"Name":"Model","Type":"Model","Arguments":{"ExecutionRoleArn":"{{{{{PipelineCalls.Role}}}}}",
                "PrimaryContainer":{"ModelPackageName":{"Get":"Steps.First.ModelPackageArn"},
                  "Environment":{"IMAGE":{"Get":"Steps.First.InferenceSpecification.Containers[0].Image"},
                                 "BY":{"Std:Join":{"On":"/","Values":[{"Get":"Execution.PipelineName"},{"Get":"Execution.PipelineExecutionId"}]}} }}}}]}
            """;

        var (status, steps) = await pipelines.RunAsync("Chained", definition);

        status.ShouldBe("Succeeded");
        var package = steps["First"].Object("Metadata")!.Object("RegisterModel")!.Text("Arn")!;
        package.ShouldEndWith(":model-package/made/1");
        var model = await ModelOfAsync(steps["Model"]);
        var container = model.Object("PrimaryContainer")!;
        container.Text("ModelPackageName").ShouldBe(package);
        container.Object("Environment")!.Text("IMAGE").ShouldBe("image:1");
        container.Object("Environment")!.Text("BY")!.ShouldMatch("^Chained/[a-z0-9]{12}$");
        var described = await pipelines.CallAsync("DescribeModelPackage", new { ModelPackageName = package });
        described.Object("MetadataProperties")!.Text("GeneratedBy")!.ShouldContain(":pipeline/Chained/execution/");
    }

    [Fact]
    public async Task Parameters_are_held_against_their_declarations()
    {
        var definition = """
            {"Parameters":[{"Name":"Count","Type":"Integer"},{"Name":"Mode","Type":"String","DefaultValue":"both","EnumValues":["both","new"]},{"Name":"On","Type":"Boolean","DefaultValue":false}],
             "Steps":[]}
            """;
        await pipelines.CreateAsync("Parameters", definition);

        (await RefusalAsync()).ShouldBe("Parameter [Count] has no default value, and no value was given for it.");
        (await RefusalAsync(("Count", "many"))).ShouldBe(
            "The value [many] of parameter [Count] is not of type [Integer]."
        );
        (await RefusalAsync(("Count", "1"), ("Mode", "none"))).ShouldBe(
            "The value [none] of parameter [Mode] is not one of [both, new]."
        );
        (await RefusalAsync(("Count", "1"), ("Other", "1"))).ShouldBe(
            "Parameter [Other] is not defined in the pipeline definition."
        );
        (await RefusalAsync(("Count", "1"), ("Mode", ""))).ShouldBe(
            "[string \"\" is too short (length: 0, required minimum: 1)]"
        );

        var arn = await pipelines.StartAsync("Parameters", ("Count", "7"), ("On", "True"));
        var parameters = await pipelines.CallAsync(
            "ListPipelineParametersForExecution",
            new { PipelineExecutionArn = arn }
        );
        parameters
            .Objects("PipelineParameters")
            .Select(one => (one.Text("Name"), one.Text("Value")))
            .ShouldBe([("Count", "7"), ("Mode", "both"), ("On", "True")]);
    }

    [Fact]
    public async Task The_same_token_starts_one_execution()
    {
        await pipelines.CreateAsync("Once", """{"Steps":[]}""");
        var request = new { PipelineName = "Once", ClientRequestToken = new string('t', 40) };

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => pipelines.CallAsync("StartPipelineExecution", request))
        );

        answers.Select(answer => answer.Text("PipelineExecutionArn")).Distinct().Count().ShouldBe(1);
        var list = await pipelines.CallAsync("ListPipelineExecutions", new { PipelineName = "Once" });
        list.Objects("PipelineExecutionSummaries").Count().ShouldBe(1);
    }

    [Fact]
    public async Task An_execution_keeps_the_definition_that_it_started_with()
    {
        var first = """{"Steps":[]}""";
        await pipelines.CreateAsync("Kept", first);
        var arn = await pipelines.StartAsync("Kept");

        await pipelines.CallAsync("UpdatePipeline", new { PipelineName = "Kept", PipelineDefinition = first + "\n" });

        var kept = await pipelines.CallAsync(
            "DescribePipelineDefinitionForExecution",
            new { PipelineExecutionArn = arn }
        );
        kept.Text("PipelineDefinition").ShouldBe(first);
    }

    [Fact]
    public async Task An_execution_can_be_named_and_described()
    {
        await pipelines.CreateAsync("Named", """{"Steps":[]}""");
        var arn = await pipelines.StartAsync("Named");

        await pipelines.CallAsync(
            "UpdatePipelineExecution",
            new
            {
                PipelineExecutionArn = arn,
                PipelineExecutionDisplayName = "first",
                PipelineExecutionDescription = "by hand",
            }
        );

        var execution = await pipelines.EndAsync(arn);
        execution.Text("PipelineExecutionDisplayName").ShouldBe("first");
        execution.Text("PipelineExecutionDescription").ShouldBe("by hand");
        execution.ContainsKey("PipelineParameters").ShouldBeFalse();
    }

    [Fact]
    public async Task A_refused_call_fails_its_step_in_awss_words_and_the_others_go_on()
    {
        var definition =
            $$$$$"""{"Steps":[{{{{{Register("Nowhere", GroupArn("no-such-group"))}}}}},{{{{{Model("Other")}}}}},{{{{{Model("After", "\"Nowhere\"")}}}}}]}""";

        var (status, steps) = await pipelines.RunAsync("Refused", definition);

        status.ShouldBe("Failed");
        steps.Keys.ShouldBe(["Nowhere", "Other"], ignoreOrder: true);
        steps["Nowhere"].Text("StepStatus").ShouldBe("Failed");
        steps["Nowhere"]
            .Text("FailureReason")!
            .ShouldStartWith("ClientError: Failed to invoke sagemaker:CreateModelPackage. Error Details: ");
        steps["Other"].Text("StepStatus").ShouldBe("Succeeded");
    }

    [Fact]
    public async Task A_failed_execution_retried_goes_on_from_where_it_failed()
    {
        var definition =
            $$$$$"""{"Steps":[{{{{{Model("Before")}}}}},{{{{{Register("Late", GroupArn("late-group"), "\"Before\"")}}}}}]}""";
        await pipelines.CreateAsync("Retried", definition);
        var arn = await pipelines.StartAsync("Retried");
        (await pipelines.EndAsync(arn)).Text("PipelineExecutionStatus").ShouldBe("Failed");
        var before = (await pipelines.StepsAsync(arn))["Before"].Object("Metadata")!.ToJsonString();

        await pipelines.CallAsync("CreateModelPackageGroup", new { ModelPackageGroupName = "late-group" });
        await pipelines.CallAsync("RetryPipelineExecution", new { PipelineExecutionArn = arn });

        var end = await pipelines.EndAsync(arn);
        end.Text("PipelineExecutionStatus").ShouldBe("Succeeded");
        end.ContainsKey("FailureReason").ShouldBeFalse();
        (await pipelines.StepsAsync(arn))["Before"].Object("Metadata")!.ToJsonString().ShouldBe(before);
    }

    private async Task<IEnumerable<string>> TagsAsync(string arn) =>
        (await pipelines.CallAsync("ListTags", new { ResourceArn = arn }))
            .Objects("Tags")
            .Select(tag => tag.Text("Key")!);

    /// <summary>A group that is named by its ARN must already exist.</summary>
    private static string GroupArn(string name) =>
        $"\"arn:aws:sagemaker:us-east-1:000000000000:model-package-group/{name}\"";

    private Task<JsonObject> ModelOfAsync(JsonObject step)
    {
        var arn = step.Object("Metadata")!.Object("Model")!.Text("Arn")!;
        return Eventually.Async(
            async () =>
            {
                var models = await pipelines.CallAsync("ListModels", new { MaxResults = 100 });
                var name = models.Objects("Models").Single(model => model.Text("ModelArn") == arn).Text("ModelName");
                return await pipelines.CallAsync("DescribeModel", new { ModelName = name });
            },
            _ => true
        );
    }

    private async Task<string> RefusalAsync(params (string, string)[] parameters) =>
        (await Should.ThrowAsync<AwsException>(() => pipelines.StartAsync("Parameters", parameters))).Message;
}
