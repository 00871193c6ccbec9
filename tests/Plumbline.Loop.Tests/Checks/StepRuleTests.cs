using System.Text.Json.Nodes;
using Plumbline.Loop.Checks;
using Plumbline.Loop.Checks.Rules;

namespace Plumbline.Loop.Tests.Checks;

/// <summary>
/// The rules about definitions and steps, each with definitions that break it and definitions that do not.
/// </summary>
public class StepRuleTests
{
    [Theory]
    [InlineData("not json")]
    [InlineData("""{"Version":"2020-12-01","Steps":[{"Name":"a b","Type":"Fail","Arguments":{}}]}""")]
    public void PL004_a_definition_that_createpipeline_refuses_is_an_error(string definition)
    {
        var found = CheckSubject.OfDefinition("mine.json", definition).Found("PL004").ShouldHaveSingleItem();

        found.Severity.ShouldBe(Severity.Error);
        found.Place.ShouldBe("pipeline mine.json");
        found.Message.ShouldStartWith("CreatePipeline refuses it: ");
    }

    [Fact]
    public void PL004_what_the_sdk_writes_is_taken() =>
        CheckSubject
            .OfDefinition(
                "golden",
                File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden/train-and-gate.json"))
            )
            .Found("PL004")
            .ShouldBeEmpty();

    [Fact]
    public void PL008_a_model_channel_on_awss_xgboost_is_an_error()
    {
        var found = SampleChecks.Training(Channel("model")).Found("PL008").ShouldHaveSingleItem();

        found.Severity.ShouldBe(Severity.Error);
        found.Place.ShouldBe("pipeline mine.json, step Train");
        found.Message.ShouldContain("Extraneous channel found");
    }

    [Theory]
    [InlineData("validation", SampleChecks.XGBoost)]
    [InlineData("model", "000000000000.dkr.ecr.us-east-1.amazonaws.com/plumbline-jobs:latest")]
    public void PL008_its_own_channels_and_plumblines_image_are_right(string channel, string image) =>
        SampleChecks
            .Training(Channel(channel) + (step => step["AlgorithmSpecification"]!["TrainingImage"] = image))
            .Found("PL008")
            .ShouldBeEmpty();

    [Fact]
    public void PL009_dask_with_checkpoints_is_a_warning() =>
        SampleChecks
            .Training(Dask + Checkpoints)
            .Found("PL009")
            .ShouldHaveSingleItem()
            .Severity.ShouldBe(Severity.Warning);

    [Fact]
    public void PL009_either_of_the_two_alone_is_right()
    {
        SampleChecks.Training(Dask).Found("PL009").ShouldBeEmpty();
        SampleChecks.Training(Checkpoints).Found("PL009").ShouldBeEmpty();
    }

    [Fact]
    public void PL010_a_job_without_a_limit_of_its_own_is_a_warning()
    {
        SampleChecks
            .Training(step => step.Remove("StoppingCondition"))
            .Found("PL010")
            .ShouldHaveSingleItem()
            .Severity.ShouldBe(Severity.Warning);
        SampleChecks.Processing(step => step.Remove("StoppingCondition")).Found("PL010").ShouldHaveSingleItem();
    }

    [Fact]
    public void PL010_a_limit_over_awss_is_an_error() =>
        SampleChecks
            .Training(step => step["StoppingCondition"]!["MaxRuntimeInSeconds"] = 2_419_201)
            .Found("PL010")
            .ShouldHaveSingleItem()
            .Message.ShouldContain("2,419,200 (28 days)");

    [Fact]
    public void PL010_a_limit_of_28_days_is_taken()
    {
        SampleChecks
            .Training(step => step["StoppingCondition"]!["MaxRuntimeInSeconds"] = 2_419_200)
            .Found("PL010")
            .ShouldBeEmpty();
        SampleChecks.Processing().Found("PL010").ShouldBeEmpty();
    }

    [Fact]
    public void PL012_a_lambda_step_of_a_quarter_of_an_hour_is_an_error() =>
        Lambda(900).Found("PL012").ShouldHaveSingleItem().Severity.ShouldBe(Severity.Error);

    [Fact]
    public void PL012_without_a_timeout_there_is_a_note_about_the_ten_minutes() =>
        Lambda(null).Found("PL012").ShouldHaveSingleItem().Severity.ShouldBe(Severity.Note);

    [Fact]
    public void PL012_ten_minutes_are_taken() => Lambda(600).Found("PL012").ShouldBeEmpty();

    [Fact]
    public void PL014_a_definition_that_does_not_fit_a_call_is_an_error()
    {
        Sized(1_048_577).Found("PL014").ShouldHaveSingleItem().Message.ShouldContain("PipelineDefinitionS3Location");
        Sized((100 * 1024 * 1024) + 1).Found("PL014").ShouldHaveSingleItem().Message.ShouldContain("100 MB");
    }

    [Fact]
    public void PL014_one_that_just_fits_is_taken() => Sized(1_048_576).Found("PL014").ShouldBeEmpty();

    [Fact]
    public void PL018_a_step_that_the_local_cloud_does_not_run_is_a_warning()
    {
        var found = Lambda(600).Found("PL018").ShouldHaveSingleItem();

        found.Severity.ShouldBe(Severity.Warning);
        found.Place.ShouldBe("pipeline mine.json, step Tell");
    }

    [Fact]
    public void PL018_a_training_step_runs_everywhere() => SampleChecks.Training().Found("PL018").ShouldBeEmpty();

    [Fact]
    public void Steps_of_branches_are_looked_at_too() =>
        SampleChecks
            .Definition(
                SampleChecks.Step(
                    "Gate",
                    "Condition",
                    new JsonObject
                    {
                        ["Conditions"] = new JsonArray(),
                        ["IfSteps"] = new JsonArray(),
                        ["ElseSteps"] = new JsonArray(
                            SampleChecks.Step("Deep", "Training", SampleChecks.TrainingArguments(), Channel("model"))
                        ),
                    }
                )
            )
            .Found("PL008")
            .ShouldHaveSingleItem()
            .Place.ShouldBe("pipeline mine.json, step Deep");

    [Theory]
    [InlineData("""{"Steps":{"Name":"x"}}""")]
    [InlineData("""{"Steps":[1,null,{"Type":["Training"],"Arguments":7}],"Parameters":[{"Name":3}]}""")]
    [InlineData(
        """{"Steps":[{"Name":"T","Type":"Training","Arguments":{"ResourceConfig":[],"InputDataConfig":{},"HyperParameters":{"device":{"Get":{}}}}}]}"""
    )]
    [InlineData("[]")]
    [InlineData("")]
    public void A_definition_of_any_shape_is_looked_through(string definition) =>
        ParityCheck
            .Run(CheckSubject.OfDefinition("mine.json", definition))
            .ShouldContain(finding => finding.Rule == "PL004");

    private static Action<JsonObject> Dask { get; } =
        step => step["HyperParameters"]!["use_dask_gpu_training"] = "true";

    private static Action<JsonObject> Checkpoints { get; } =
        step => step["CheckpointConfig"] = new JsonObject { ["S3Uri"] = "s3://bucket/checkpoints" };

    private static Action<JsonObject> Channel(string name) =>
        step => step["InputDataConfig"]!.AsArray().Add(new JsonObject { ["ChannelName"] = name });

    private static CheckSubject Lambda(int? timeout)
    {
        var step = SampleChecks.Step("Tell", "Lambda", []);
        step["FunctionArn"] = "arn:aws:lambda:us-east-1:000000000000:function:tell";
        if (timeout is not null)
        {
            step["Timeout"] = timeout;
        }

        return SampleChecks.Definition(step);
    }

    private static CheckSubject Sized(int length) =>
        CheckSubject.OfDefinition("mine.json", SampleChecks.Text([]).PadRight(length));
}
