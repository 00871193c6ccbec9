using System.Globalization;
using System.Text.Json.Nodes;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Services.SageMaker.ModelPackageGroups;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.SageMaker.ModelPackages;

/// <summary>Model packages, which are the entries of the model registry.</summary>
internal sealed class ModelPackageApi(ModelPackageStore packages, ModelPackageGroupStore groups)
{
    private static readonly Listing Listing = new()
    {
        ItemsMember = "ModelPackageSummaryList",
        NameMember = "ModelPackageName",
        Summary = document => document.Tree,
        Tie = document =>
            (Package(document).ModelPackageVersion ?? 0).ToString("D9", CultureInfo.InvariantCulture) + document.Key,
        DescendingByDefault = false,
        DefaultPage = 100,
    };

    public async Task<JsonObject> CreateModelPackage(AwsCall call) =>
        Answer(await packages.CreateAsync(new CreateModelPackageInput(call.Input), call.Caller));

    public async Task<JsonObject> UpdateModelPackage(AwsCall call) =>
        Answer(await packages.UpdateAsync(new UpdateModelPackageInput(call.Input), call.Caller));

    public Task<JsonObject> DescribeModelPackage(AwsCall call) =>
        Task.FromResult(packages.Find(new DescribeModelPackageInput(call.Input).ModelPackageName));

    public Task<JsonObject> BatchDescribeModelPackage(AwsCall call)
    {
        var found = new JsonObject();
        var errors = new JsonObject();
        foreach (var arn in new BatchDescribeModelPackageInput(call.Input).ModelPackageArnList)
        {
            if (packages.TryFind(arn) is { } package)
            {
                found[arn] = package;
            }
            else
            {
                errors[arn] = new JsonObject
                {
                    ["ErrorCode"] = "ValidationException",
                    ["ErrorResponse"] = $"ModelPackage {arn} does not exist.",
                };
            }
        }

        return Task.FromResult(
            new JsonObject { ["ModelPackageSummaries"] = found, ["BatchDescribeModelPackageErrorMap"] = errors }
        );
    }

    /// <summary>Lists a group's versions; without a group, by default the unversioned packages.</summary>
    public Task<JsonObject> ListModelPackages(AwsCall call)
    {
        var request = new ListModelPackagesInput(call.Input);
        var group = request.ModelPackageGroupName;
        if (group is not null)
        {
            groups.Find(group);
        }

        var type =
            request.ModelPackageType ?? (group is null ? ModelPackageType.Unversioned : ModelPackageType.Versioned);
        var status = request.ModelApprovalStatus;
        var matching = packages
            .List(group)
            .Where(document =>
                type == ModelPackageType.Both || type == ModelPackageType.Versioned == IsVersioned(document)
            )
            .Where(document => status is null || Package(document).ModelApprovalStatus == status);
        return Task.FromResult(Listing.Page(call.Input, matching));
    }

    public async Task<JsonObject> DeleteModelPackage(AwsCall call)
    {
        await packages.DeleteAsync(new DeleteModelPackageInput(call.Input).ModelPackageName);
        return [];
    }

    private static JsonObject Answer(string arn) => new() { ["ModelPackageArn"] = arn };

    private static bool IsVersioned(Document document) => Package(document).ModelPackageVersion is not null;

    private static DescribeModelPackageOutput Package(Document document) => new(document.Tree);
}
