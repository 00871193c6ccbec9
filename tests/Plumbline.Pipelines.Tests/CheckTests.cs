using Plumbline.Aws.Formats.Pipelines;
using Plumbline.Pipelines.Conditions;
using Plumbline.Pipelines.Steps;
using Plumbline.Pipelines.Values;
using static Plumbline.Pipelines.Tests.AuthoringTests;

namespace Plumbline.Pipelines.Tests;

public class CheckTests
{
    [Fact]
    public void A_step_that_is_not_in_the_pipeline_is_found() =>
        WhyNot(Processing("Eval") with { DependsOn = [Training("Train")] })
            .ShouldBe("Step [Eval] depends on step [Train], which is undefined.");

    [Fact]
    public void Two_steps_of_one_name_are_found_in_branches_too() =>
        WhyNot(
                Training("Train"),
                new ConditionStep("Gate") { Conditions = [Condition.Equal(1, 1)], IfSteps = [Training("Train")] }
            )
            .ShouldStartWith("Pipeline steps cannot have duplicate names. [Train]");

    [Fact]
    public void Steps_that_wait_for_each_other_are_found()
    {
        var second = Training("B");
        var first = Training("A") with { DependsOn = [second] };

        WhyNot(first, second with { DependsOn = [first] })
            .ShouldBe("Cycle detected in pipeline step graph: A -> B -> A.");
    }

    [Fact]
    public void A_branch_that_its_own_condition_waits_for_is_found()
    {
        var inside = Processing("Inside");

        WhyNot(
                new ConditionStep("Gate")
                {
                    Conditions = [Condition.Equal(inside.Property("ProcessingJobName"), "x")],
                    IfSteps = [inside],
                }
            )
            .ShouldStartWith("Cycle detected in pipeline step graph");
    }

    [Fact]
    public void A_property_file_that_is_not_declared_is_found()
    {
        var evaluate = Processing("Eval");

        WhyNot(
                evaluate,
                new FailStep("No") { ErrorMessage = evaluate.JsonGet(new PropertyFile("Report", "o", "f"), "a.b") }
            )
            .ShouldBe(
                "Invalid JsonGet function [a.b] in step [No]: property file [Report] is undefined in step [Eval]."
            );
    }

    [Fact]
    public void A_property_file_of_no_output_is_found()
    {
        var report = new PropertyFile("Report", "evaluation", "evaluation.json");
        var evaluate = Processing("Eval") with { PropertyFiles = [report] };

        WhyNot(evaluate, new FailStep("No") { ErrorMessage = evaluate.JsonGet(report, "a.b") })
            .ShouldBe(
                "Processing output name [evaluation] defined in property file [Report] not found in processing step [Eval]."
            );
    }

    [Fact]
    public void A_parameter_that_is_not_declared_is_found() =>
        WhyNot(new FailStep("No") { ErrorMessage = Parameter.Text("Why") })
            .ShouldBe("Property reference [Parameters.Why] is undefined.");

    [Fact]
    public void A_property_that_describe_does_not_answer_is_found()
    {
        var train = Training("Train");

        WhyNot(train, new FailStep("No") { ErrorMessage = train.Property("ModelArtefacts.S3ModelArtifacts") })
            .ShouldBe("Property reference [Steps.Train.ModelArtefacts.S3ModelArtifacts] is undefined.");
    }

    [Fact]
    public void A_number_where_text_is_taken_is_refused_in_awss_words()
    {
        var rounds = Parameter.Integer("Rounds", 3);
        var pipeline = new Pipeline
        {
            Parameters = [rounds],
            Steps = [Training("Train") with { S3OutputPath = rounds }],
        };

        Should
            .Throw<PipelineDefinitionException>(() => pipeline.ToDefinition())
            .Message.ShouldBe("Cannot assign property reference [Parameters.Rounds] to argument of type [String].");
    }

    [Fact]
    public void An_argument_that_aws_does_not_know_is_refused_in_awss_words() =>
        WhyNot(Training("Train") with { FurtherArguments = new() { ["Foo"] = 1 } })
            .ShouldBe("Unable to parse pipeline definition. Unknown Argument member 'Foo'.");

    [Fact]
    public void A_value_that_is_not_in_awss_list_is_refused_in_awss_words() =>
        WhyNot(Training("Train") with { InstanceType = "ml.m5.tiny" })
            .ShouldStartWith(
                "Unable to parse pipeline definition. Model Validation failed: Value 'ml.m5.tiny' for 'TrainingInstanceType' failed to satisfy enum value set: ["
            );

    [Fact]
    public void Nothing_waits_for_a_fail_step_or_a_condition_step()
    {
        var gate = new ConditionStep("Gate") { Conditions = [Condition.Equal(1, 1)] };
        var fail = new FailStep("No");

        WhyNot(fail, Training("Train") with { DependsOn = [fail] }).ShouldBe("Train can not depends on No");
        WhyNot(gate, Training("Train") with { DependsOn = [gate] }).ShouldBe("Train can not depends on Gate");
    }

    [Fact]
    public void A_default_that_is_not_among_the_allowed_values_is_refused()
    {
        var pipeline = new Pipeline
        {
            Parameters = [Parameter.Text("Mode", "neither", ["both", "new"])],
            Steps = [new FailStep("No")],
        };

        Should
            .Throw<PipelineDefinitionException>(() => pipeline.ToDefinition())
            .Message.ShouldBe(
                "The default value \"neither\" of the parameter [Mode] is not of type [String], or not one of [both, new]."
            );
    }

    private static string WhyNot(params Step[] steps) =>
        Should.Throw<PipelineDefinitionException>(() => new Pipeline { Steps = steps }.ToDefinition()).Message;
}
