using System.Text.Json.Nodes;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;

namespace Plumbline.LocalCloud.Services.SageMaker.ModelPackageGroups;

/// <summary>Model package groups. The packages of a group are the versions of one model.</summary>
internal sealed class ModelPackageGroupApi(ModelPackageGroupStore groups)
{
    private static readonly Listing Listing = new()
    {
        ItemsMember = "ModelPackageGroupSummaryList",
        NameMember = "ModelPackageGroupName",
        Summary = document => document.Tree,
        DescendingByDefault = false,
        DefaultPage = 100,
    };

    public async Task<JsonObject> CreateModelPackageGroup(AwsCall call) =>
        new()
        {
            ["ModelPackageGroupArn"] = await groups.CreateAsync(
                new CreateModelPackageGroupInput(call.Input),
                call.Caller
            ),
        };

    public Task<JsonObject> DescribeModelPackageGroup(AwsCall call) =>
        Task.FromResult(groups.Find(new DescribeModelPackageGroupInput(call.Input).ModelPackageGroupName));

    public Task<JsonObject> ListModelPackageGroups(AwsCall call) =>
        Task.FromResult(Listing.Page(call.Input, groups.List()));

    public async Task<JsonObject> DeleteModelPackageGroup(AwsCall call)
    {
        await groups.DeleteAsync(new DeleteModelPackageGroupInput(call.Input).ModelPackageGroupName);
        return [];
    }
}
