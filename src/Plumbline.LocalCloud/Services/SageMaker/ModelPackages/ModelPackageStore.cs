using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Services.SageMaker.ModelPackageGroups;
using Plumbline.LocalCloud.Services.SageMaker.Tags;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.SageMaker.ModelPackages;

/// <summary>
/// Model packages. Each change and its event are one write. A repeated request with the same ClientToken changes
/// nothing and gets the first answer.
/// </summary>
internal sealed class ModelPackageStore(
    Database database,
    CivilClock clock,
    ModelPackageGroupStore groups,
    ModelPackageEvents events,
    TagStore tags
)
{
    internal const string Kind = "sagemaker/model-package";

    private readonly Documents documents = new(Kind);
    private readonly Documents<TokenUse> tokens = new("sagemaker/model-package-token");

    /// <summary>Returns the ARN of a package, in lower case, for its ARN, its name, or its GROUP/VERSION.</summary>
    public static string ArnOf(string nameOrArn) =>
        SageMakerArn.OfNameOrArn("model-package", nameOrArn).ToLowerInvariant();

    /// <summary>Registers a package as the next version of its group, or under its own name.</summary>
    /// <returns>The ARN of the new package.</returns>
    public Task<string> CreateAsync(CreateModelPackageInput request, Caller caller)
    {
        var group = request.ModelPackageGroupName;
        var name = request.ModelPackageName;
        if (group is null == name is null)
        {
            throw SageMakerErrors.Validation(
                "Exactly one of ModelPackageName and ModelPackageGroupName must be given."
            );
        }

        return database.WriteAsync(connection =>
            Once(
                connection,
                "create",
                request.ClientToken,
                request.Tree,
                () =>
                {
                    var tree = group is null
                        ? Unversioned(request.Tree, name!)
                        : Versioned(request.Tree, SageMakerArn.NameOf(group), groups.TakeVersion(connection, group));
                    return Add(connection, request.Tree, new DescribeModelPackageOutput(tree), caller);
                }
            )
        );
    }

    /// <returns>The ARN of the package.</returns>
    public Task<string> UpdateAsync(UpdateModelPackageInput request, Caller caller)
    {
        var arn = ArnOf(request.ModelPackageArn);
        return database.WriteAsync(connection =>
            Once(
                connection,
                "update",
                request.ClientToken,
                request.Tree,
                () =>
                {
                    var now = clock.GetUtcNow();
                    var tree = documents.Find(connection, arn)?.Tree ?? throw NotFound(arn);
                    var package = new DescribeModelPackageOutput(tree);
                    var updated = ModelPackageChange.Apply(package, request);
                    tree["LastModifiedTime"] = Tree.Of(now);
                    tree["LastModifiedBy"] = UserContext.Of(caller);
                    documents.TryReplace(connection, arn, tree, now);
                    events.Add(connection, package, updated);
                    return arn;
                }
            )
        );
    }

    public JsonObject Find(string nameOrArn) => TryFind(nameOrArn) ?? throw NotFound(ArnOf(nameOrArn));

    public JsonObject? TryFind(string nameOrArn) =>
        database.Read(connection => documents.Find(connection, ArnOf(nameOrArn)))?.Tree;

    /// <summary>Returns the packages of one group, or all packages if the group is null.</summary>
    public IReadOnlyList<Document> List(string? group) =>
        database.Read(connection =>
            documents.List(connection, group is null ? null : ModelPackageGroupStore.ArnOf(group))
        );

    /// <summary>Deletes a package. Its version number is not used again.</summary>
    public Task DeleteAsync(string nameOrArn)
    {
        var arn = ArnOf(nameOrArn);
        return database.WriteAsync(connection =>
        {
            if (!documents.TryRemove(connection, arn))
            {
                throw NotFound(arn);
            }

            tags.Forget(connection, arn);
        });
    }

    private static JsonObject Unversioned(JsonObject input, string name)
    {
        var tree = input.DeepClone().AsObject();
        tree["ModelPackageArn"] = ArnOf(name);
        return tree;
    }

    private static JsonObject Versioned(JsonObject input, string group, int version)
    {
        var tree = input.DeepClone().AsObject();
        tree["ModelPackageArn"] = ArnOf($"{group}/{version}");
        tree["ModelPackageGroupName"] = group;
        // The output's shape requires a name, but a version only has the name of its group.
        tree["ModelPackageName"] = group;
        tree["ModelPackageVersion"] = version;
        tree["ModelApprovalStatus"] ??= ModelApprovalStatus.PendingManualApproval;
        return tree;
    }

    private static AwsException NotFound(string arn) =>
        SageMakerErrors.Validation($"ModelPackage {arn} does not exist.");

    private string Add(SqliteConnection connection, JsonObject input, DescribeModelPackageOutput package, Caller caller)
    {
        var now = clock.GetUtcNow();
        var (arn, tree) = (package.ModelPackageArn, package.Tree);
        tree.Remove("Tags");
        tree.Remove("ClientToken");
        tree["ModelPackageStatus"] = ModelPackageStatus.Completed;
        tree["ModelPackageStatusDetails"] = new JsonObject
        {
            ["ValidationStatuses"] = new JsonArray(),
            ["ImageScanStatuses"] = new JsonArray(),
        };
        tree["CertifyForMarketplace"] ??= false;
        tree["CreationTime"] = Tree.Of(now);
        tree["CreatedBy"] = UserContext.Of(caller);
        var parent = package.ModelPackageGroupName is { } group ? ModelPackageGroupStore.ArnOf(group) : "";
        if (!documents.TryAdd(connection, arn, tree, now, parent))
        {
            throw SageMakerErrors.Validation($"Model Package already exists: {arn}");
        }

        tags.Add(connection, arn, input.Array("Tags"));
        events.Add(connection, package, []);
        return arn;
    }

    /// <summary>Does the work once per ClientToken. A token that was used for another request is refused.</summary>
    private string Once(
        SqliteConnection connection,
        string operation,
        string? token,
        JsonObject input,
        Func<string> work
    )
    {
        if (token is null)
        {
            return work();
        }

        var key = $"{operation}/{token}";
        if (tokens.Find(connection, key)?.State is { } seen)
        {
            return JsonNode.DeepEquals(seen.Input, input)
                ? seen.ModelPackageArn
                : throw SageMakerErrors.Conflict($"The ClientToken {token} was used with another request.");
        }

        var arn = work();
        tokens.TryAdd(connection, key, [], new TokenUse(arn, input), clock.GetUtcNow());
        return arn;
    }

    /// <summary>The request that a ClientToken was used for, and its answer.</summary>
    private sealed record TokenUse(string ModelPackageArn, JsonObject Input);
}
