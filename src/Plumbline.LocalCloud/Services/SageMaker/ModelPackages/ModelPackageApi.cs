using System.Globalization;
using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
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
            (document.Tree.Int("ModelPackageVersion") ?? 0).ToString("D9", CultureInfo.InvariantCulture) + document.Key,
        DescendingByDefault = false,
        DefaultPage = 100,
    };

    public async Task<JsonObject> CreateModelPackage(AwsCall call) =>
        Answer(await packages.CreateAsync(call.Input, call.Caller));

    public async Task<JsonObject> UpdateModelPackage(AwsCall call) =>
        Answer(await packages.UpdateAsync(call.Input, call.Caller));

    public Task<JsonObject> DescribeModelPackage(AwsCall call) =>
        Task.FromResult(packages.Find(call.Input.Text("ModelPackageName")!));

    public Task<JsonObject> BatchDescribeModelPackage(AwsCall call)
    {
        var found = new JsonObject();
        var errors = new JsonObject();
        foreach (var arn in call.Input.Texts("ModelPackageArnList"))
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
        var group = call.Input.Text("ModelPackageGroupName");
        if (group is not null)
        {
            groups.Find(group);
        }

        var type = call.Input.Text("ModelPackageType") ?? (group is null ? "Unversioned" : "Versioned");
        var status = call.Input.Text("ModelApprovalStatus");
        var matching = packages
            .List(group)
            .Where(document => type == "Both" || type == "Versioned" == IsVersioned(document))
            .Where(document => status is null || document.Tree.Text("ModelApprovalStatus") == status);
        return Task.FromResult(Listing.Page(call.Input, matching));
    }

    public async Task<JsonObject> DeleteModelPackage(AwsCall call)
    {
        await packages.DeleteAsync(call.Input.Text("ModelPackageName")!);
        return [];
    }

    private static JsonObject Answer(string arn) => new() { ["ModelPackageArn"] = arn };

    private static bool IsVersioned(Document document) => document.Tree.ContainsKey("ModelPackageVersion");
}
