using System.Text.Json.Nodes;
using Plumbline.Aws.Formats;
using Plumbline.Jobs.Tests.Processing;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;
using Plumbline.Records.Recipes;

namespace Plumbline.Jobs.Tests.Prepare;

[Collection("processes")]
public sealed class ParentTests(ProcessingCloud jobs) : PrepareRuns(jobs), IClassFixture<ProcessingCloud>
{
    [Fact]
    public async Task The_parent_is_the_package_behind_the_endpoint_and_its_line_stays_free_of_leaks()
    {
        Base(120);
        var first = await RunAsync("nobody");
        var arn = await DeployAsync("grown", first.DatasetVersion);

        Corrections(1, 30);
        project = project with { Data = project.Data with { HoldOut = 0.5 } };
        var second = await RunAsync("grown");
        second.HasParent.ShouldBe("true");
        second.ParentPackageArn.ShouldBe(arn);
        second.ParentModelUri.ShouldBe($"s3://{ProcessingCloud.BucketName}/models/grown/model.tar.gz");
        second.ParentDatasetVersion.ShouldBe(first.DatasetVersion);
        second.LabelsAdded.ShouldBe(30);
        second.RecentRows.ShouldBeGreaterThan(0);

        var manifest = RecordJson.Read<DataSetManifest>(
            await cloud.GetAsync($"datasets/{second.DatasetVersion}/manifest.json"),
            "manifest"
        );
        manifest.EarlierSplits.Single().HoldOut.ShouldBe(0.2);
        var trained = await RowsAsync(first, "train/train.csv");
        (await RowsAsync(second, "test/base.csv")).Intersect(trained).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_parent_of_other_columns_is_no_parent_and_the_reason_is_told()
    {
        Base(130);
        await DeployAsync("columns", (await RunAsync("nobody")).DatasetVersion);
        project = project with { Data = project.Data with { Features = ["b", "a"] } };
        var report = await RunAsync("columns");
        report.HasParent.ShouldBe("false");
        report.ParentModelUri.ShouldBe("");
        report.ParentReason.ShouldContain("it was trained on other columns");
    }

    [Fact]
    public async Task A_parent_whose_classes_were_only_renamed_is_continued()
    {
        Base(131);
        await DeployAsync("renamed", (await RunAsync("nobody")).DatasetVersion);
        project = project with
        {
            Labels = ["negative", "positive"],
            FormerLabels = new Dictionary<string, string> { ["no"] = "negative", ["yes"] = "positive" },
        };

        (await RunAsync("renamed")).HasParent.ShouldBe("true");
        project = project with
        {
            FormerLabels = new Dictionary<string, string> { ["no"] = "positive", ["yes"] = "negative" },
        };
        (await RunAsync("renamed")).ParentReason.ShouldContain("it was trained on other labels");
    }

    [Fact]
    public async Task Production_without_a_column_is_compared_with_and_not_continued_and_rows_keep_their_sides()
    {
        Base(150);
        var first = await RunAsync("nobody");
        var arn = await DeployAsync("grew", first.DatasetVersion);
        folder.Write(
            "processing/input/base/data.csv",
            "label,z,b,a\n"
                + string.Concat(
                    Enumerable.Range(0, 150).Select(i => $"{(i % 2 == 0 ? "no" : "yes")},{i % 5},{i % 7},{i}\n")
                )
        );
        // These were captured before the column.
        Corrections(1, 40);

        var second = await RunAsync("grew");

        (second.HasParent, second.Contest, second.ParentPackageArn).ShouldBe(("true", "newOnly", arn));
        second.LeftOut.ShouldBe("The old candidate is left out: production was trained without the column z.");
        second.ParentReason.ShouldEndWith(second.LeftOut);
        var trained = await RowsAsync(first, "train/train.csv");
        var asked = File.ReadAllLines(folder.At("processing/output/prepare/replaced/base.csv"));
        asked.Length.ShouldBe(second.BaseRows);
        asked.Intersect(trained).ShouldBeEmpty();
        asked.Order().ShouldBe((await RowsAsync(first, "test/base.csv")).Order());
        second.RecentRows.ShouldBeGreaterThan(0);
        File.ReadAllLines(folder.At("processing/output/prepare/replaced/recent.csv"))
            .ShouldAllBe(row => row.Split(',').Length == 3);
        (await RowsAsync(second, "test/recent.csv")).ShouldAllBe(row => row.Split(',').Length == 4);

        // The next version of the same columns divides its rows by the same key.
        await DeployAsync("grown-up", second.DatasetVersion);
        var third = await RunAsync("grown-up");
        third.Contest.ShouldBe("oldAndNew");
        var manifest = RecordJson.Read<DataSetManifest>(
            await cloud.GetAsync($"datasets/{third.DatasetVersion}/manifest.json"),
            "manifest"
        );
        manifest.KeyColumns.ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task Production_without_a_label_is_compared_with_and_not_continued()
    {
        Base(133);
        await DeployAsync("labelled", (await RunAsync("nobody")).DatasetVersion);
        project = project with { Labels = ["maybe", "no", "yes"] };

        var report = await RunAsync("labelled");

        (report.HasParent, report.Contest).ShouldBe(("true", "newOnly"));
        report.LeftOut.ShouldBe("The old candidate is left out: production was trained without the label maybe.");

        // The reason is metadata of the version, which SageMaker takes without commas and quotes only.
        project = project with
        {
            Labels = ["it's, odd", "maybe", "no", "yes"],
        };
        (await RunAsync("labelled")).LeftOut.ShouldBe(
            "The old candidate is left out: production was trained without the labels it_s_ odd and maybe."
        );
    }

    [Theory]
    [InlineData(
        "xgboost",
        "container",
        "newOnly",
        "The old candidate is left out: production was trained by xgboost and container cannot continue it."
    )]
    [InlineData("container", "container", "oldAndNew", "")]
    [InlineData(
        "container",
        "xgboost",
        "first",
        "it was trained by container (training.algorithm), and another program served it"
    )]
    [InlineData(
        "dotnet",
        "pytorch",
        "first",
        "it was trained by dotnet (training.algorithm), and another program served it"
    )]
    public async Task Production_of_another_algorithm_is_not_continued(
        string before,
        string now,
        string contest,
        string reason
    )
    {
        Base(134);
        var name = $"{before}-{now}";
        var version = (await RunAsync("nobody")).DatasetVersion;
        var trained = project with { Training = new TrainingDescription { Algorithm = before } };
        await cloud.PutAsync($"projects/{name}.json", trained.ToJson());
        await DeployAsync(name, version, $"s3://{ProcessingCloud.BucketName}/projects/{name}.json");
        project = project with { Training = new TrainingDescription { Algorithm = now } };

        var report = await RunAsync(name);

        report.Contest.ShouldBe(contest);
        report.ParentReason.ShouldContain(reason);
        report.LeftOut.ShouldBe(contest == "newOnly" ? reason : "");
        File.Exists(folder.At("processing/output/prepare/replaced/base.csv")).ShouldBe(contest == "newOnly");
    }

    [Fact]
    public async Task A_refresh_needs_the_models_of_an_earlier_execution_and_else_all_candidates_are_trained()
    {
        Base(135);
        project = project with { Training = new TrainingDescription { Recipes = ["decay", "recent", "first"] } };
        var first = await RunAsync("nobody", kind: TrainingKind.Refresh);
        await DeployAsync("refreshed", first.DatasetVersion);
        Corrections(1, 40);
        (await RunAsync("refreshed", kind: TrainingKind.Refresh)).Contest.ShouldBe(
            "oldAndNew",
            "the record is missing"
        );
        var record = new RecipeRecord
        {
            DatasetVersion = first.DatasetVersion,
            Models = new[] { "new", "decay", "recent", "first" }.ToDictionary(one => one, UriOf),
            Losses = RecipeLosses.Empty,
        };
        await cloud.PutAsync(Layout.Recipes, RecordJson.WriteDocument(record));
        foreach (var part in (string[])["new", "first"])
        {
            await cloud.PutAsync($"models/earlier-{part}/model.tar.gz", "a model");
        }

        Corrections(1, 200);
        (await RunAsync("refreshed", kind: TrainingKind.Refresh)).Contest.ShouldBe("oldAndNew", "decay is missing");
        await cloud.PutAsync("models/earlier-decay/model.tar.gz", "a model");
        Corrections(1, 40);
        (await RunAsync("refreshed", kind: TrainingKind.Refresh)).Contest.ShouldBe("oldAndNew", "labels are too few");
        Corrections(1, 200);
        var refreshed = await RunAsync("refreshed", kind: TrainingKind.Refresh);
        var full = await RunAsync("refreshed", kind: TrainingKind.Full);

        (first.Contest, refreshed.Contest, full.Contest).ShouldBe(("first", "refresh", "oldAndNew"));
        refreshed.NewModelUri.ShouldBe(UriOf("new"));
        refreshed.FirstModelUri.ShouldBe(UriOf("first"));
        refreshed.HasParent.ShouldBe("true");
        refreshed.RecentRows.ShouldBeGreaterThan(0, "labels judge the refreshed blend, too");
        full.NewModelUri.ShouldBe("");

        static string UriOf(string part) => $"s3://{ProcessingCloud.BucketName}/models/earlier-{part}/model.tar.gz";
    }

    private async Task<string[]> RowsAsync(PrepareReport report, string file) =>
        (await cloud.GetAsync($"datasets/{report.DatasetVersion}/{file}")).Split(
            '\n',
            StringSplitOptions.RemoveEmptyEntries
        );

    /// <summary>Registers a version and puts it behind an endpoint, like a deployment.</summary>
    private async Task<string> DeployAsync(string name, string dataSetVersion, string projectUri = "none")
    {
        const string Role = "arn:aws:iam::000000000000:role/sample";
        const string Image = "000000000000.dkr.ecr.us-east-1.amazonaws.com/plumbline-serving:latest";
        await cloud.SageMaker.CreateModelPackageGroupAsync(new JsonObject { ["ModelPackageGroupName"] = name });
        var package = await cloud.SageMaker.CreateModelPackageAsync(
            ProcessingCloud.Json(
                $$"""
                {"ModelPackageGroupName":"{{name}}","ModelApprovalStatus":"Approved",
                 "InferenceSpecification":{"Containers":[{"Image":"{{Image}}","ModelDataUrl":"s3://{{ProcessingCloud.BucketName}}/models/{{name}}/model.tar.gz"}],
                  "SupportedContentTypes":["text/csv"],"SupportedResponseMIMETypes":["application/json"]},
                 "CustomerMetadataProperties":{"datasetVersion":"{{dataSetVersion}}","project":"{{projectUri}}"} }
                """
            )
        );
        var arn = package["ModelPackageArn"]!.GetValue<string>();
        await cloud.PutAsync($"models/{name}/model.tar.gz", "a model");
        await cloud.SageMaker.CreateModelAsync(
            ProcessingCloud.Json(
                $$"""{"ModelName":"{{name}}","ExecutionRoleArn":"{{Role}}","PrimaryContainer":{"ModelPackageName":"{{arn}}" } }"""
            )
        );
        await cloud.SageMaker.CreateEndpointConfigAsync(
            ProcessingCloud.Json(
                $$"""{"EndpointConfigName":"{{name}}","ProductionVariants":[{"VariantName":"AllTraffic","ModelName":"{{name}}","InitialInstanceCount":1,"InstanceType":"ml.m5.large"}]}"""
            )
        );
        await cloud.SageMaker.CreateEndpointAsync(
            ProcessingCloud.Json($$"""{"EndpointName":"{{name}}","EndpointConfigName":"{{name}}" }""")
        );
        return arn;
    }
}
