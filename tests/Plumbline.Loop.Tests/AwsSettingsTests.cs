using System.Text.Json.Nodes;
using Plumbline.Aws.Arns;
using Plumbline.Aws.Instances;
using Plumbline.Aws.Protocols;
using Plumbline.Loop.Checks;
using Plumbline.Loop.Checks.Rules;
using Plumbline.Loop.Home;
using Plumbline.Loop.Monitoring;
using Plumbline.Loop.Resources;
using Plumbline.Loop.Training;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Tests;

/// <summary>The effects of <c>aws:</c> in plumbline.yaml on names and on the jobs of both pipelines.</summary>
public sealed class AwsSettingsTests
{
    private const string Key = "arn:aws:kms:eu-west-1:111122223333:key/1";

    private const string Aws = $$"""
          tags: {team: vision}
          vpc: {id: vpc-01234567, subnets: [subnet-01234567], securityGroups: [sg-01234567]}
          kmsKey: {{Key}}
          images:
            jobs: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/mirror/plumbline-jobs:1
            pytorchTraining: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/mirror/train:1
            pytorchInference: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/mirror/serve:1
        """;

    [Theory]
    [InlineData("xgboost")]
    [InlineData("pytorch")]
    public void Each_job_has_the_network_the_key_and_the_tags(string algorithm)
    {
        foreach (var job in Jobs(Project(Aws, algorithm)))
        {
            var network = job.Object("VpcConfig") ?? job.Object("NetworkConfig")!.Object("VpcConfig")!;
            network.ToJsonString().ShouldBe("""{"SecurityGroupIds":["sg-01234567"],"Subnets":["subnet-01234567"]}""");
            job["Tags"]!.ToJsonString().ShouldBe("""[{"Key":"team","Value":"vision"}]""");
            if (job.Object("ResourceConfig") is { } training)
            {
                // A g5 has local disks, for which AWS refuses a key.
                training.Text("VolumeKmsKeyId").ShouldBeNull();
                job.Object("OutputDataConfig")!.Text("KmsKeyId").ShouldBe(Key);
            }
            else
            {
                job["ProcessingResources"]!["ClusterConfig"]!["VolumeKmsKeyId"]!.ToString().ShouldBe(Key);
                (job.Object("ProcessingOutputConfig")?.Text("KmsKeyId") ?? Key).ShouldBe(Key);
            }
        }
    }

    [Fact]
    public void Without_settings_a_job_says_nothing_of_them()
    {
        foreach (var job in Jobs(Project("", "xgboost")))
        {
            foreach (var member in (string[])["VpcConfig", "NetworkConfig", "Tags"])
            {
                job.ContainsKey(member).ShouldBeFalse(member);
            }

            job.ToJsonString().ShouldNotContain("Kms");
        }
    }

    [Fact]
    public void Mirrored_images_take_the_place_of_the_usual_ones()
    {
        var images = Jobs(Project(Aws, "pytorch"))
            .Select(job => job["AlgorithmSpecification"]?["TrainingImage"] ?? job["AppSpecification"]!["ImageUri"])
            .Select(image => image!.ToString().Split('/', 2)[1])
            .Distinct();

        images.ShouldBe(["mirror/plumbline-jobs:1", "mirror/train:1", "mirror/serve:1"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("xgboost", true)]
    [InlineData("pytorch", false)]
    public void Only_code_that_needs_the_network_trains_with_one(string algorithm, bool isIsolated) =>
        Jobs(Project("", algorithm))
            .Where(job => job.ContainsKey("AlgorithmSpecification"))
            .ShouldAllBe(job => (job.Bool("EnableNetworkIsolation") == true) == isIsolated);

    [Theory]
    [InlineData("ml.g4dn.xlarge", true)]
    [InlineData("ml.g5.12xlarge", true)]
    [InlineData("ml.g6e.xlarge", true)]
    [InlineData("ml.p5en.48xlarge", true)]
    [InlineData("ml.m5d.large", true)]
    [InlineData("ml.r6gd.large", true)]
    [InlineData("ml.trn1.2xlarge", true)]
    [InlineData("ml.p3.8xlarge", false)]
    [InlineData("ml.m5.xlarge", false)]
    [InlineData("ml.c6i.large", false)]
    [InlineData("ml.inf2.xlarge", false)]
    public void Instances_with_disks_of_their_own_are_known(string instance, bool has) =>
        LocalDisks.Has(instance).ShouldBe(has);

    [Fact]
    public void A_stage_names_nothing_as_another_stage_region_or_the_project_without_one()
    {
        string[] stages = ["", "  stage: dev", "  stage: prod"];
        var names = (
            from stage in stages
            from region in (string[])["eu-west-1", "us-east-1"]
            where stage.Length > 0 || region == "us-east-1"
            select LoopNames.Of(Project(stage, "xgboost"), "111122223333", region)
        ).ToList();

        // These names are unique worldwide, or in all regions of an account.
        names.SelectMany(one => (string[])[one.Bucket, one.Dashboard, one.JobRole]).ShouldBeUnique();
        names[0].Bucket.ShouldBe("plumbline-churn-111122223333");
        names[1].Bucket.ShouldBe("churn-dev-111122223333-eu-west-1");
        names[1].JobRole.ShouldBe("churn-dev-eu-west-1-job");
        names[1].Endpoint.ShouldBe("churn-dev");
    }

    [Theory]
    [InlineData("ap-southeast-1")]
    [InlineData("us-isob-east-1")]
    [InlineData("us-isof-south-1")]
    public void The_longest_names_are_within_the_limits_of_AWS(string region)
    {
        var project = Project("  stage: production12", "xgboost", new string('n', 19));
        var names = LoopNames.Of(project, "111122223333", region);
        names.Project.Length.ShouldBe(32);

        var made = CheckSubject.OfResources(LoopResources.Of(project, names, names.RepositoryUrl)) with
        {
            Names = names,
        };

        ParityCheck.Run(made).Where(finding => finding.Message.Contains("characters")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("eu-west-1", "arn:aws:iam::", "amazonaws.com")]
    [InlineData("cn-north-1", "arn:aws-cn:iam::", "amazonaws.com.cn")]
    [InlineData("us-gov-west-1", "arn:aws-us-gov:iam::", "amazonaws.com")]
    public void Names_are_those_of_the_partition(string region, string arn, string domain)
    {
        var names = LoopNames.Of(Project("", "xgboost"), "111122223333", region);

        names.RoleArn(names.JobRole).ShouldBe($"{arn}111122223333:role/churn-job");
        names.JobsImage.ShouldStartWith($"111122223333.dkr.ecr.{region}.{domain}/");
        AwsPartition.DomainOf(region).ShouldBe(domain);
    }

    private static ProjectDescription Project(string aws, string algorithm, string name = "churn") =>
        ProjectDescription.Parse(
            $$"""
            name: {{name}}
            data: {file: customers.csv}
            labels: [stays, leaves]
            training: {algorithm: {{algorithm}}, instance: ml.g5.xlarge}
            {{(aws.Length == 0 ? "" : "aws:\n" + aws)}}
            """
        );

    private static List<JsonObject> Jobs(ProjectDescription project)
    {
        var names = LoopNames.Of(project, "111122223333", "eu-west-1");
        var jobs = new List<JsonObject>();
        string[] definitions =
        [
            TrainingPipeline.Definition(project, names),
            MonitorPipeline.Definition(project, names),
        ];
        foreach (var definition in definitions)
        {
            Add(JsonNode.Parse(definition)!.AsObject(), "Steps");
        }

        return jobs;

        void Add(JsonObject of, string member)
        {
            foreach (var step in of.Objects(member))
            {
                var arguments = step.Object("Arguments")!;
                if (step.Text("Type") is "Training" or "Processing")
                {
                    jobs.Add(arguments);
                }

                Add(arguments, "IfSteps");
                Add(arguments, "ElseSteps");
            }
        }
    }
}
