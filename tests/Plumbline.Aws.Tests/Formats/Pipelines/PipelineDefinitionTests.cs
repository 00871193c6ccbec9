using Plumbline.Aws.Formats.Pipelines;

namespace Plumbline.Aws.Tests.Formats.Pipelines;

public class PipelineDefinitionTests
{
    // The example of the reference, with the arguments that it omits.
    private const string Example = """
        {"Version":"2020-12-01","Metadata":{},
         "Parameters":[{"Name":"Threshold","Type":"Float","DefaultValue":0.9},
                       {"Name":"Mode","Type":"String","DefaultValue":"both","EnumValues":["both","new"]}],
         "PipelineExperimentConfig":{"ExperimentName":{"Get":"Execution.PipelineName"},"TrialName":{"Get":"Execution.PipelineExecutionId"}},
         "Steps":[
          {"Name":"TrainNew","Type":"Training","Arguments":{"AlgorithmSpecification":{},"InputDataConfig":[]},
           "CacheConfig":{"Enabled":true,"ExpireAfter":"P30D"},
           "RetryPolicies":[{"ExceptionType":["SageMaker.CAPACITY_ERROR"],"IntervalSeconds":1,"BackoffRate":2.0,"MaxAttempts":5}]},
          {"Name":"Eval","Type":"Processing","DependsOn":["TrainNew"],
           "Arguments":{"ProcessingOutputConfig":{"Outputs":[{"OutputName":"evaluation"}]}},
           "PropertyFiles":[{"PropertyFileName":"Report","OutputName":"evaluation","FilePath":"evaluation.json"}]},
          {"Name":"Gate","Type":"Condition","Arguments":{
            "Conditions":[{"Type":"GreaterThanOrEqualTo",
              "LeftValue":{"Std:JsonGet":{"PropertyFile":{"Get":"Steps.Eval.PropertyFiles.Report"},"Path":"multiclass_classification_metrics.accuracy.value"}},
              "RightValue":{"Get":"Parameters.Threshold"}}],
            "IfSteps":[{"Name":"Reg","Type":"RegisterModel","Arguments":{}}],
            "ElseSteps":[{"Name":"No","Type":"Fail","Arguments":{"ErrorMessage":{"Std:Join":{"On":" ","Values":["below",{"Get":"Parameters.Threshold"}]}}}}]}}]}
        """;

    [Fact]
    public void The_example_is_read_with_its_branches_needs_and_policies()
    {
        var definition = PipelineDefinition.Read(Example);

        definition.Steps.Keys.ShouldBe(["TrainNew", "Eval", "Gate", "Reg", "No"]);
        definition.Steps["Eval"].Needs.ShouldBe(["TrainNew"]);
        definition.Steps["Gate"].Needs.ShouldBe(["Eval"]);
        definition.Steps["Reg"].Branch.ShouldBe(new StepBranch("Gate", true));
        definition.Steps["No"].Branch.ShouldBe(new StepBranch("Gate", false));
        definition.Steps["TrainNew"].RetryPolicies.ShouldHaveSingleItem().MaxAttempts.ShouldBe(5);
        definition.Parameters["Mode"].EnumValues.ShouldBe(["both", "new"]);
    }

    [Fact]
    public void What_the_sdk_writes_as_null_is_as_good_as_absent()
    {
        var definition = PipelineDefinition.Read(
            """{"Version":"2020-12-01","Metadata":{},"Parameters":[],"PipelineExperimentConfig":null,"MlflowConfig":null,"Steps":[]}"""
        );

        definition.Steps.ShouldBeEmpty();
        definition.ExperimentConfig.ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"Type":"In","QueryValue":1,"Values":[1,2]}""")]
    [InlineData("""{"Type":"In","Value":1,"In":[1,2]}""")]
    [InlineData("""{"Type":"NotIn","Value":1,"In":[1,2]}""")]
    [InlineData("""{"Type":"NotEquals","LeftValue":1,"RightValue":2}""")]
    [InlineData("""{"Type":"Not","Condition":{"Type":"Equals","LeftValue":1,"RightValue":2}}""")]
    [InlineData("""{"Type":"Not","Expression":{"Type":"Equals","LeftValue":1,"RightValue":2}}""")]
    [InlineData("""{"Type":"Or","Conditions":[{"Type":"LessThan","LeftValue":1,"RightValue":2}]}""")]
    public void Conditions_are_taken_in_the_sdks_form_and_in_the_schemas(string condition) =>
        Should.NotThrow(() => PipelineDefinition.Read(Gate(condition)));

    [Fact]
    public void A_retry_policy_names_its_type_in_a_list_or_as_the_schema_has_it() =>
        PipelineDefinition
            .Read(
                """{"Steps":[{"Name":"A","Type":"Training","Arguments":{},"RetryPolicies":[{"ExceptionType":"Step.THROTTLING","ExpireAfterMin":5}]}]}"""
            )
            .Steps["A"]
            .RetryPolicies.ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                policy => policy.ExceptionTypes.ShouldBe(["Step.THROTTLING"]),
                policy => policy.MaxAttempts.ShouldBeNull(),
                policy => policy.ExpireAfterMin.ShouldBe(5)
            );

    [Theory]
    [InlineData("[]", "Unable to parse pipeline definition. Expecting start of Json Object.")]
    [InlineData("{\"Steps\":", "Unable to parse pipeline definition.")]
    [InlineData("{}", "Unable to parse pipeline definition. 'Steps' is missing.")]
    [InlineData("""{"Version":"2019-01-01","Steps":[]}""", "The version '2019-01-01' is not supported")]
    [InlineData("""{"Steps":{}}""", "Unable to parse pipeline definition. Expecting start of Json Array.")]
    [InlineData("""{"Steps":[],"Foo":1}""", "Cannot parse object, unknown property 'Foo'.")]
    [InlineData("""{"Steps":[{"Name":"A b","Type":"Fail"}]}""", "Value 'A b' for 'StepName' failed")]
    [InlineData("""{"Steps":[{"Name":"A","Type":"Fail","Dependson":["B"]}]}""", "unknown property 'Dependson'.")]
    [InlineData(
        """{"Steps":[{"Name":"A","Type":"Processing","Arguments":{"ProcessingInputs":{"Get":"Parameters.X"}}}],"Parameters":[{"Name":"X","Type":"String"}]}""",
        "Unable to parse pipeline definition. Expecting start of Json Array."
    )]
    [InlineData(
        """{"Steps":[{"Name":"A","Type":"Processing","Arguments":{"ProcessingInputs":[{"InputName":"i","S3Input":{"S3InputMode":"FastFile"}}]}}]}""",
        "Unable to parse pipeline definition. Model Validation failed: Value 'FastFile' for 'ProcessingS3InputMode' failed to satisfy enum value set: [Pipe, File]"
    )]
    [InlineData(
        """{"Steps":[{"Name":"A","Type":"Processing","Arguments":{"AppSpecification":{"ImageUri":"i","ContainerArguments":[{"Get":"Parameters.split_number"}]}}}],"Parameters":[{"Name":"split_number","Type":"Integer","DefaultValue":1}]}""",
        "Cannot assign property reference [Parameters.split_number] to argument of type [String]."
    )]
    public void What_is_wrong_is_said_in_awss_words(string definition, string message) =>
        Should
            .Throw<PipelineDefinitionException>(() => PipelineDefinition.Read(definition))
            .Message.ShouldContain(message);

    [Theory]
    [InlineData("a.b", "1")]
    [InlineData("$.a.b", "1")]
    [InlineData("$['a']['b']", "1")]
    [InlineData("a['c.d'][1]", "3")]
    [InlineData("""a["c.d"][0]""", "2")]
    [InlineData("list['two'].v", "5")]
    [InlineData("list[0].v", "4")]
    [InlineData("a.none", null)]
    [InlineData("list[7]", null)]
    public void Paths_go_by_dots_brackets_positions_and_names(string path, string? expected)
    {
        var tree = System.Text.Json.Nodes.JsonNode.Parse(
            """{"a":{"b":1,"c.d":[2,3]},"list":[{"OutputName":"one","v":4},{"OutputName":"two","v":5}]}"""
        );

        PropertyPath.Parse(path).Find(tree)?.ToJsonString().ShouldBe(expected);
        (PropertyPath.Parse(path).Find(tree) is null).ShouldBe(expected is null);
    }

    [Theory]
    [InlineData("a..b")]
    [InlineData("a[")]
    [InlineData("a[-1]")]
    [InlineData("a['b]")]
    public void What_is_no_path_is_refused(string path) =>
        Should.Throw<FormatException>(() => PropertyPath.Parse(path));

    private static string Gate(string condition) =>
        $$$$$"""{"Steps":[{"Name":"Gate","Type":"Condition","Arguments":{"Conditions":[{{{{{condition}}}}}],"IfSteps":[],"ElseSteps":[]}}]}""";
}
