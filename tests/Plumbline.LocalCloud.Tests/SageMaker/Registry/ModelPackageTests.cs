using System.Text.Json.Nodes;
using Plumbline.Aws.Client;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using static Plumbline.LocalCloud.Tests.Connections;

namespace Plumbline.LocalCloud.Tests.SageMaker.Registry;

public sealed class ModelPackageTests(RunningCloud cloud) : IClassFixture<RunningCloud>, IDisposable
{
    private readonly AwsConnection connection = cloud.Connect();

    private SageMakerClient SageMaker => new(connection);

    public void Dispose() => connection.Dispose();

    [Fact]
    public async Task Versions_of_a_group_count_up_and_no_number_is_given_out_twice()
    {
        await NewGroup("counting");
        (await Register("counting")).ShouldEndWith(":model-package/counting/1");
        var second = await Register("counting");
        await SageMaker.DeleteModelPackageAsync(new JsonObject { ["ModelPackageName"] = second });

        (await Register("counting")).ShouldEndWith(":model-package/counting/3");
    }

    [Fact]
    public async Task A_packages_ARN_is_in_lower_case_and_its_groups_name_is_not()
    {
        await NewGroup("AbaloneGroup");
        var arn = await Register("AbaloneGroup");

        arn.ShouldEndWith(":model-package/abalonegroup/1");
        foreach (
            var name in (string[])[arn, "AbaloneGroup/1", arn.Replace("abalone", "Abalone", StringComparison.Ordinal)]
        )
        {
            await Update(
                name.StartsWith("arn:", StringComparison.Ordinal) ? name : arn,
                """{"ApprovalDescription":"d"}"""
            );
            var package = await Describe(name);
            package.Text("ModelPackageArn").ShouldBe(arn);
            package.Text("ModelPackageGroupName").ShouldBe("AbaloneGroup");
        }
    }

    [Fact]
    public async Task A_package_is_described_as_it_was_registered()
    {
        await NewGroup("whole");
        var input = Package("whole");
        input["CustomerMetadataProperties"] = Json("""{"role":"new","dataset":"abc"}""");
        input["MetadataProperties"] = Json("""{"CommitId":"c0ffee"}""");
        input["ModelMetrics"] = Json(
            """{"ModelQuality":{"Statistics":{"ContentType":"application/json","S3Uri":"s3://b/e.json"}}}"""
        );
        var arn = (await SageMaker.CreateModelPackageAsync(input)).Text("ModelPackageArn")!;

        var package = await Describe(arn);

        package.Text("ModelApprovalStatus").ShouldBe("PendingManualApproval");
        package.Text("ModelPackageStatus").ShouldBe("Completed");
        package.Int("ModelPackageVersion").ShouldBe(1);
        package.Object("CreatedBy")!.Object("IamIdentity")!.Text("Arn").ShouldBe("arn:aws:iam::000000000000:root");
        foreach (var name in (string[])["InferenceSpecification", "CustomerMetadataProperties", "MetadataProperties"])
        {
            JsonNode.DeepEquals(package[name], input[name]).ShouldBeTrue(name);
        }
    }

    [Fact]
    public async Task Approval_changes_the_package_and_says_who_did_it()
    {
        await NewGroup("approved");
        var arn = await Register("approved");

        await SageMaker.UpdateModelPackageAsync(
            new JsonObject
            {
                ["ModelPackageArn"] = arn,
                ["ModelApprovalStatus"] = "Approved",
                ["ApprovalDescription"] = "better on recent",
                ["CustomerMetadataProperties"] = Json("""{"approvedBy":"ann"}"""),
            }
        );

        var package = await Describe(arn);
        package.Text("ModelApprovalStatus").ShouldBe("Approved");
        package.Object("LastModifiedBy").ShouldNotBeNull();
    }

    [Fact]
    public async Task Metadata_is_merged_and_removed_by_name()
    {
        await NewGroup("metadata");
        var arn = await Register("metadata");
        await Update(arn, """{"CustomerMetadataProperties":{"a":"1","b":"2"}}""");

        await Update(
            arn,
            """{"CustomerMetadataProperties":{"c":"3"},"CustomerMetadataPropertiesToRemove":["a","none"]}"""
        );

        (await Describe(arn)).Object("CustomerMetadataProperties")!.ToJsonString().ShouldBe("""{"b":"2","c":"3"}""");
    }

    [Fact]
    public async Task The_same_ClientToken_registers_once()
    {
        await NewGroup("token");
        var input = Package("token");
        input["ClientToken"] = "once-0001";

        var first = await SageMaker.CreateModelPackageAsync(input);
        var again = await SageMaker.CreateModelPackageAsync(input);

        again.Text("ModelPackageArn").ShouldBe(first.Text("ModelPackageArn"));
        (await List("token")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Versions_are_listed_in_order_by_pages_and_by_approval()
    {
        await NewGroup("listed");
        var arns = new List<string>();
        for (var version = 1; version <= 11; version++)
        {
            arns.Add(await Register("listed"));
        }

        await Update(arns[4], """{"ModelApprovalStatus":"Approved"}""");

        (await List("listed")).Select(item => item.Text("ModelPackageArn")).ShouldBe(arns);
        (await List("listed", """{"SortOrder":"Descending","MaxResults":4}"""))
            .Select(item => item.Text("ModelPackageArn"))
            .ShouldBe(arns.AsEnumerable().Reverse());
        (await List("listed", """{"ModelApprovalStatus":"Approved"}""")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_is_there_or_is_not_is_said_in_AWS_words()
    {
        await NewGroup("words");

        (await Refusal(() => NewGroup("words"))).ShouldContain("Model Package Group already exists");
        (await Refusal(() => Register("nowhere"))).ShouldContain("model-package-group/nowhere does not exist");
        (await Refusal(() => Describe("words/9"))).ShouldContain("model-package/words/9 does not exist");
        (
            await Refusal(() => Update("arn:aws:sagemaker:us-east-1:000000000000:model-package/words/9", "{}"))
        ).ShouldContain("does not exist");
    }

    [Fact]
    public async Task A_group_with_packages_is_not_deleted()
    {
        await NewGroup("full");
        var arn = await Register("full");
        var group = new JsonObject { ["ModelPackageGroupName"] = "full" };

        (await Should.ThrowAsync<AwsException>(() => SageMaker.DeleteModelPackageGroupAsync(group))).Code.ShouldBe(
            "ConflictException"
        );
        await SageMaker.DeleteModelPackageAsync(new JsonObject { ["ModelPackageName"] = arn });
        await SageMaker.DeleteModelPackageGroupAsync(group);
    }

    [Fact]
    public async Task Tags_stay_with_their_resource()
    {
        var group = await SageMaker.CreateModelPackageGroupAsync(
            Json("""{"ModelPackageGroupName":"tagged","Tags":[{"Key":"a","Value":"1"}]}""")
        );
        var arn = group.Text("ModelPackageGroupArn");
        await SageMaker.AddTagsAsync(
            new JsonObject { ["ResourceArn"] = arn, ["Tags"] = JsonNode.Parse("""[{"Key":"b","Value":"2"}]""") }
        );
        await SageMaker.DeleteTagsAsync(new JsonObject { ["ResourceArn"] = arn, ["TagKeys"] = new JsonArray("a") });

        var tags = await SageMaker.ListTagsAsync(new JsonObject { ["ResourceArn"] = arn });

        tags.Array("Tags")!.ToJsonString().ShouldBe("""[{"Key":"b","Value":"2"}]""");
    }

    [Fact]
    public async Task The_registry_survives_a_restart()
    {
        var own = new RunningCloud();
        await own.InitializeAsync();
        using (var first = own.Connect())
        {
            await new SageMakerClient(first).CreateModelPackageGroupAsync(Json("""{"ModelPackageGroupName":"kept"}"""));
            await new SageMakerClient(first).CreateModelPackageAsync(Package("kept"));
        }

        await own.RestartAsync();

        using (var second = own.Connect())
        {
            var next = await new SageMakerClient(second).CreateModelPackageAsync(Package("kept"));
            next.Text("ModelPackageArn")!.ShouldEndWith("/kept/2");
        }

        await own.DisposeAsync();
    }

    private static JsonObject Package(string group) =>
        Json(
            $$$"""
            {"ModelPackageGroupName":"{{{group}}}","InferenceSpecification":{"Containers":[{"Image":"i","ModelDataUrl":"s3://b/m.tar.gz"}],
             "SupportedContentTypes":["text/csv"],"SupportedResponseMIMETypes":["application/json"]}}
            """
        );

    private static async Task<string> Refusal(Func<Task> call)
    {
        var error = await Should.ThrowAsync<AwsException>(call);
        error.Code.ShouldBe("ValidationException");
        return error.Message;
    }

    private Task NewGroup(string name) =>
        SageMaker.CreateModelPackageGroupAsync(new JsonObject { ["ModelPackageGroupName"] = name });

    private async Task<string> Register(string group) =>
        (await SageMaker.CreateModelPackageAsync(Package(group))).Text("ModelPackageArn")!;

    private async Task<JsonObject> Describe(string name) =>
        (await SageMaker.DescribeModelPackageAsync(new JsonObject { ["ModelPackageName"] = name })).Tree;

    private Task Update(string arn, string change)
    {
        var input = Json(change);
        input["ModelPackageArn"] = arn;
        return SageMaker.UpdateModelPackageAsync(input);
    }

    private async Task<List<JsonObject>> List(string group, string filter = "{}")
    {
        var input = Json(filter);
        input["ModelPackageGroupName"] = group;
        return await SageMaker.ListModelPackagesPagedAsync(input).Select(one => one.Tree).ToListAsync();
    }
}
