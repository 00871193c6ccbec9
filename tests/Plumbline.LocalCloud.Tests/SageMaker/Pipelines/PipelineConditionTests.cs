using Plumbline.Aws.Protocols;
using Plumbline.Testing;
using static Plumbline.LocalCloud.Tests.SageMaker.Pipelines.StepTexts;

namespace Plumbline.LocalCloud.Tests.SageMaker.Pipelines;

/// <summary>Conditions, their branches, and steps that fail on purpose.</summary>
public sealed class PipelineConditionTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    private readonly PipelineCalls pipelines = new(cloud);

    [Fact]
    public async Task A_condition_takes_one_branch_and_the_other_never_runs()
    {
        var definition = $$$$$"""
            {"Parameters":[{"Name":"Accuracy","Type":"Float","DefaultValue":0.95}],
             "Steps":[{"Name":"Gate","Type":"Condition","Arguments":{
               "Conditions":[{"Type":"GreaterThan","LeftValue":{"Get":"Parameters.Accuracy"},"RightValue":0.9}],
               "IfSteps":[{{{{{Model("Good")}}}}}],
               "ElseSteps":[{"Name":"Bad","Type":"Fail","Arguments":{"ErrorMessage":"too low"}}]}}]}
            """;

        var (status, steps) = await pipelines.RunAsync("Branches", definition);

        status.ShouldBe("Succeeded");
        steps.Keys.ShouldBe(["Gate", "Good"]);
        steps["Gate"].Object("Metadata")!.Object("Condition")!.Text("Outcome").ShouldBe("True");
        var arn = steps["Good"].Object("Metadata")!.Object("Model")!.Text("Arn")!;
        arn.ShouldMatch("^arn:aws:sagemaker:us-east-1:000000000000:model/pipelines-[a-z0-9]{12}-good-[a-z0-9]{10}$");
        var tags = await pipelines.CallAsync("ListTags", new { ResourceArn = arn });
        tags.Objects("Tags").Select(tag => tag.Text("Key")).ShouldContain("sagemaker:pipeline-execution-arn");
    }

    [Fact]
    public async Task Branches_do_not_rejoin()
    {
        var definition = $$$$$"""
            {"Steps":[
              {"Name":"Gate","Type":"Condition","Arguments":{
                "Conditions":[{"Type":"Equals","LeftValue":1,"RightValue":1}],
                "IfSteps":[{{{{{Model("Taken")}}}}}],
                "ElseSteps":[{{{{{Model("NotTaken")}}}}}]}},
              {{{{{Model("AfterTaken", "\"Taken\"")}}}}},
              {{{{{Model("AfterNotTaken", "\"NotTaken\"")}}}}},
              {{{{{Model("AfterBoth", "\"Taken\",\"NotTaken\"")}}}}}]}
            """;

        var (status, steps) = await pipelines.RunAsync("NoRejoin", definition);

        status.ShouldBe("Succeeded");
        steps.Keys.ShouldBe(["Gate", "Taken", "AfterTaken"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_fail_step_fails_the_execution_with_its_message()
    {
        var definition = """
            {"Parameters":[{"Name":"MyInt","Type":"Integer"}],
             "Steps":[
               {"Name":"CondStep","Type":"Condition","Arguments":{"Conditions":[{"Type":"Equals","LeftValue":{"Get":"Parameters.MyInt"},"RightValue":1}],"IfSteps":[],"ElseSteps":[]}},
               {"Name":"FailStep","Type":"Fail","Arguments":{"ErrorMessage":{"Std:Join":{"On":": ","Values":["Failed due to xxx == yyy returns",{"Get":"Steps.CondStep.Outcome"}]}}}}]}
            """;

        await pipelines.CreateAsync("Fails", definition);
        var arn = await pipelines.StartAsync("Fails", ("MyInt", "3"));
        var end = await pipelines.EndAsync(arn);
        var steps = await pipelines.StepsAsync(arn);

        end.Text("PipelineExecutionStatus").ShouldBe("Failed");
        end.Text("FailureReason").ShouldBe("Step failure: One or multiple steps failed.");
        steps["FailStep"].Text("FailureReason").ShouldBe("Failed due to xxx == yyy returns: false");
        steps["FailStep"]
            .Object("Metadata")!
            .Object("Fail")!
            .Text("ErrorMessage")
            .ShouldBe("Failed due to xxx == yyy returns: false");
        var listed = await pipelines.CallAsync("ListPipelineExecutionSteps", new { PipelineExecutionArn = arn });
        listed
            .Objects("PipelineExecutionSteps")
            .First()
            .Text("StepName")
            .ShouldBe("FailStep", "the newest comes first");
        var summaries = await pipelines.CallAsync("ListPipelineExecutions", new { PipelineName = "Fails" });
        summaries
            .Objects("PipelineExecutionSummaries")
            .ShouldHaveSingleItem()
            .Text("PipelineExecutionFailureReason")
            .ShouldBe("Step failure: One or multiple steps failed.");
    }

    [Fact]
    public async Task A_fail_step_without_a_message_has_no_reason()
    {
        var (_, steps) = await pipelines.RunAsync(
            "FailsSilently",
            """{"Steps":[{"Name":"No","Type":"Fail","Arguments":{"ErrorMessage":""}}]}"""
        );

        steps["No"].ContainsKey("FailureReason").ShouldBeFalse();
        steps["No"].Object("Metadata")!.Object("Fail")!.Text("ErrorMessage").ShouldBe("");
    }

    [Fact]
    public async Task What_cannot_be_compared_fails_the_condition()
    {
        var (status, steps) = await pipelines.RunAsync(
            "Incomparable",
            """{"Steps":[{"Name":"Gate","Type":"Condition","Arguments":{"Conditions":[{"Type":"GreaterThan","LeftValue":"high","RightValue":0.9}],"IfSteps":[],"ElseSteps":[]}}]}"""
        );

        status.ShouldBe("Failed");
        steps["Gate"]
            .Text("FailureReason")
            .ShouldBe(
                "ClientError: LeftValue [high] and RightValue [0.9] of condition GreaterThan are not of the same type."
            );
    }

    [Theory]
    [InlineData("""{"Type":"Equals","LeftValue":"a","RightValue":"a"}""", true)]
    [InlineData("""{"Type":"Equals","LeftValue":1,"RightValue":1.0}""", true)]
    [InlineData("""{"Type":"Equals","LeftValue":true,"RightValue":false}""", false)]
    [InlineData("""{"Type":"NotEquals","LeftValue":1,"RightValue":2}""", true)]
    [InlineData("""{"Type":"GreaterThan","LeftValue":"10","RightValue":9}""", true)]
    [InlineData("""{"Type":"GreaterThanOrEqualTo","LeftValue":2,"RightValue":2}""", true)]
    [InlineData("""{"Type":"LessThan","LeftValue":2,"RightValue":2}""", false)]
    [InlineData("""{"Type":"LessThanOrEqualTo","LeftValue":2,"RightValue":2}""", true)]
    [InlineData("""{"Type":"In","QueryValue":"b","Values":["a","b"]}""", true)]
    [InlineData("""{"Type":"In","Value":3,"In":[1,2]}""", false)]
    [InlineData("""{"Type":"NotIn","Value":3,"In":[1,2]}""", true)]
    [InlineData("""{"Type":"Not","Condition":{"Type":"Equals","LeftValue":1,"RightValue":1}}""", false)]
    [InlineData(
        """{"Type":"Or","Conditions":[{"Type":"Equals","LeftValue":1,"RightValue":2},{"Type":"Equals","LeftValue":1,"RightValue":1}]}""",
        true
    )]
    public async Task Conditions_are_decided(string condition, bool outcome)
    {
        var name = $"Decides-{Guid.NewGuid():N}";

        var (_, steps) = await pipelines.RunAsync(
            name,
            $$$$$"""{"Steps":[{"Name":"Gate","Type":"Condition","Arguments":{"Conditions":[{{{{{condition}}}}}],"IfSteps":[],"ElseSteps":[]}}]}"""
        );

        steps["Gate"].Object("Metadata")!.Object("Condition")!.Text("Outcome").ShouldBe(outcome ? "True" : "False");
    }
}
