using System.Text.Json.Nodes;
using Plumbline.Aws.Instances;
using Plumbline.Aws.Models;
using Plumbline.Loop.Checks;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Tests.Checks;

/// <summary>The rules about instance types, each with settings that break it and settings that do not.</summary>
public class InstanceRuleTests
{
    private const string Ours = "000000000000.dkr.ecr.us-east-1.amazonaws.com/plumbline-jobs:latest";
    private const string BeforeGpus = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.0-1-cpu-py3";

    [Fact]
    public void PL005_an_instance_type_that_aws_does_not_offer_is_an_error_at_its_step()
    {
        var found = SampleChecks.Training(On("ml.m5.tiny")).Found("PL005").ShouldHaveSingleItem();

        found.Severity.ShouldBe(Severity.Error);
        found.Place.ShouldBe("pipeline mine.json, step Train");
        found.Message.ShouldBe("ml.m5.tiny is not an instance type that SageMaker offers for a training job.");
    }

    [Fact]
    public void PL005_of_a_project_it_is_said_once_and_at_its_key() =>
        SampleChecks
            .Subject(
                SampleChecks.Project with
                {
                    Training = SampleChecks.Project.Training with { Instance = "ml.m5.tiny" },
                }
            )
            .Found("PL005")
            .ShouldHaveSingleItem()
            .Place.ShouldBe("plumbline.yaml:6 training.instance");

    [Fact]
    public void PL005_a_type_that_only_plumbline_does_not_know_is_a_note() =>
        SampleChecks
            .Training(On("ml.trn1.2xlarge"))
            .Found("PL005")
            .ShouldHaveSingleItem()
            .Severity.ShouldBe(Severity.Note);

    [Fact]
    public void PL005_a_type_that_a_parameter_has_by_default_is_known() =>
        SampleChecks
            .Parametrized(
                [SampleChecks.Object("""{"Name":"On","Type":"String","DefaultValue":"ml.m5.xlarge"}""")],
                SampleChecks.Step(
                    "Train",
                    "Training",
                    SampleChecks.TrainingArguments(),
                    step => step["ResourceConfig"]!["InstanceType"] = SampleChecks.Object("""{"Get":"Parameters.On"}""")
                )
            )
            .Found("PL005")
            .ShouldBeEmpty();

    [Theory]
    [InlineData("tree_method", "gpu_hist")]
    [InlineData("device", "cuda")]
    [InlineData("device", "cuda:0")]
    public void PL006_a_training_that_asks_for_a_gpu_where_there_is_none_is_an_error(string name, string value) =>
        SampleChecks
            .Training(Hyper(name, value))
            .Found("PL006")
            .ShouldHaveSingleItem()
            .Severity.ShouldBe(Severity.Error);

    [Fact]
    public void PL006_plumblines_own_image_goes_on_without_one_which_is_a_warning()
    {
        var found = SampleChecks
            .Training(Image(Ours) + Hyper("tree_method", "gpu_hist"))
            .Found("PL006")
            .ShouldHaveSingleItem();

        found.Severity.ShouldBe(Severity.Warning);
        found.Message.ShouldEndWith("ml.m5.xlarge has none: hist trains on its CPUs instead.");
    }

    [Theory]
    [InlineData("tree_method", "hist", "ml.m5.xlarge")]
    [InlineData("tree_method", "gpu_hist", "ml.g4dn.xlarge")]
    [InlineData("device", "cpu", "ml.m5.xlarge")]
    public void PL006_it_is_none_on_a_gpu_or_without_asking(string name, string value, string instance) =>
        SampleChecks.Training(Hyper(name, value) + On(instance)).Found("PL006").ShouldBeEmpty();

    [Theory]
    [InlineData(BeforeGpus)]
    [InlineData("763104351884.dkr.ecr.us-east-1.amazonaws.com/pytorch-training:2.1-cpu-py310")]
    public void PL007_a_gpu_under_an_image_without_gpu_code_is_a_warning(string image) =>
        SampleChecks
            .Training(Image(image) + On("ml.p3.8xlarge"))
            .Found("PL007")
            .ShouldHaveSingleItem()
            .Severity.ShouldBe(Severity.Warning);

    [Theory]
    [InlineData(SampleChecks.XGBoost, "ml.p3.8xlarge")]
    [InlineData("683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.2-2", "ml.p3.8xlarge")]
    [InlineData(Ours, "ml.p3.8xlarge")]
    [InlineData(BeforeGpus, "ml.m5.xlarge")]
    public void PL007_xgboost_from_1_2_on_and_plumblines_image_use_gpus(string image, string instance) =>
        SampleChecks.Training(Image(image) + On(instance)).Found("PL007").ShouldBeEmpty();

    [Fact]
    public void PL015_two_trainings_at_once_on_gpus_are_a_note_about_the_quota()
    {
        var found = SampleChecks.Definition(Train("Old"), Train("New")).Found("PL015").ShouldHaveSingleItem();

        found.Severity.ShouldBe(Severity.Note);
        found.Message.ShouldContain("2 x ml.p3.8xlarge");
        found.Message.ShouldContain("'ml.p3.8xlarge for training job usage'");
    }

    [Fact]
    public void PL015_one_after_the_other_needs_one_instance()
    {
        var second = Train("New");
        second["DependsOn"] = new JsonArray("Old");

        SampleChecks
            .Definition(Train("Old"), second)
            .Found("PL015")
            .ShouldHaveSingleItem()
            .Message.ShouldContain("1 x ml.p3.8xlarge");
    }

    [Fact]
    public void PL015_an_endpoint_on_gpus_needs_twice_its_instances_while_it_is_updated() =>
        SampleChecks
            .Subject(SampleChecks.Project with { Endpoint = new EndpointDescription { Count = 2 } })
            .Found("PL015")
            .Select(found => found.Message)
            .ShouldContain(message => message.Contains("4 x ml.g4dn.xlarge"));

    [Fact]
    public void PL015_a_loop_on_cpus_takes_two_for_training_and_four_for_processing() =>
        SampleChecks
            .Subject(SampleChecks.Project)
            .Found("PL015")
            .Select(found => found.Message.Split(',')[0])
            // The old and the new training run together; three evaluations run together, with a measurement.
            .ShouldBe(["it takes 2 x ml.m5.xlarge at once", "it takes 4 x ml.m5.xlarge at once"]);

    [Fact]
    public void PL015_spot_instances_have_a_quota_of_their_own() =>
        SampleChecks
            .Subject(
                SampleChecks.Project with
                {
                    Training = SampleChecks.Project.Training with { Spot = true, MaxWait = TimeSpan.FromDays(3) },
                }
            )
            .Found("PL015")[0]
            .Message.ShouldContain("'ml.m5.xlarge for spot training job usage'");

    [Fact]
    public void PL016_a_retired_family_is_an_error_with_todays_equivalents()
    {
        var found = SampleChecks.Training(On("ml.p3.8xlarge")).Found("PL016").ShouldHaveSingleItem();

        found.Severity.ShouldBe(Severity.Error);
        found.Message.ShouldContain("ml.p3.8xlarge (4 x V100 with 16 GB, $14.688 an hour)");
        found.Message.ShouldContain("ml.g5.12xlarge (4 x A10G with 24 GB, $7.09 an hour)");
        found.Message.ShouldContain("ml.g6.12xlarge (4 x L4 with 24 GB, $5.752 an hour)");
    }

    [Fact]
    public void PL016_todays_families_are_fine() =>
        SampleChecks.Training(On("ml.g6.12xlarge")).Found("PL016").ShouldBeEmpty();

    [Fact]
    public void PL017_one_t4_is_a_note() =>
        SampleChecks
            .Subject(SampleChecks.Project with { Endpoint = new EndpointDescription() })
            .Found("PL017")
            .ShouldHaveSingleItem()
            .Message.ShouldBe(
                "ml.g4dn.xlarge has one T4 with 16 GB of GPU memory: a model that needs more does not run there."
            );

    [Fact]
    public void PL017_four_of_them_are_none() =>
        SampleChecks.Training(On("ml.g4dn.12xlarge")).Found("PL017").ShouldBeEmpty();

    [Fact]
    public void PL019_gpus_that_nothing_asks_for_are_a_note_with_their_price() =>
        SampleChecks
            .Training(On("ml.p3.8xlarge"))
            .Found("PL019")
            .ShouldHaveSingleItem()
            .Message.ShouldContain("idle at $14.688 an hour");

    [Fact]
    public void PL019_three_of_four_gpus_without_dask_are_one() =>
        SampleChecks
            .Training(On("ml.p3.8xlarge") + Hyper("tree_method", "gpu_hist"))
            .Found("PL019")
            .ShouldHaveSingleItem()
            .Message.ShouldContain("use_dask_gpu_training");

    [Fact]
    public void PL019_three_of_four_gpus_idle_under_plumblines_image() =>
        SampleChecks
            .Training(Image(Ours) + On("ml.p3.8xlarge") + Hyper("tree_method", "gpu_hist"))
            .Found("PL019")
            .ShouldHaveSingleItem()
            .Message.ShouldEndWith("of ml.p3.8xlarge: one is enough.");

    [Fact]
    public void PL019_one_gpu_in_use_under_plumblines_image_is_none() =>
        SampleChecks
            .Training(Image(Ours) + On("ml.p3.2xlarge") + Hyper("tree_method", "gpu_hist"))
            .Found("PL019")
            .ShouldBeEmpty();

    [Theory]
    [InlineData("ml.p3.2xlarge", "false")]
    [InlineData("ml.p3.8xlarge", "true")]
    public void PL019_gpus_in_use_are_none(string instance, string dask) =>
        SampleChecks
            .Training(On(instance) + Hyper("tree_method", "gpu_hist") + Hyper("use_dask_gpu_training", dask))
            .Found("PL019")
            .ShouldBeEmpty();

    [Fact]
    public void Every_type_of_the_table_is_one_that_aws_offers()
    {
        var hosting = ServiceModel
            .For("sagemaker")
            .Operations["CreateEndpointConfig"]
            .Input!.Members["ProductionVariants"]
            .Member.Members["InstanceType"]
            .Enum;

        InstanceTypes
            .Known.Keys.Except(hosting)
            .Where(type => SampleChecks.Training(On(type)).Found("PL005").Count > 0)
            .ShouldBeEmpty();
    }

    private static JsonObject Train(string name) =>
        SampleChecks.Step(name, "Training", SampleChecks.TrainingArguments("ml.p3.8xlarge"));

    private static Action<JsonObject> On(string instance) => step => step["ResourceConfig"]!["InstanceType"] = instance;

    private static Action<JsonObject> Image(string image) =>
        step => step["AlgorithmSpecification"]!["TrainingImage"] = image;

    private static Action<JsonObject> Hyper(string name, string value) =>
        step => step["HyperParameters"]![name] = value;
}
