using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Services.SageMaker.Tags;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.SageMaker.ModelPackageGroups;

/// <summary>Model package groups, and the next version number of each.</summary>
internal sealed class ModelPackageGroupStore(Database database, CivilClock clock, TagStore tags)
{
    private readonly Documents<PackageGroupState> documents = new("sagemaker/model-package-group");

    public static string ArnOf(string nameOrArn) => SageMakerArn.OfNameOrArn("model-package-group", nameOrArn);

    /// <returns>The ARN of the new group.</returns>
    public Task<string> CreateAsync(CreateModelPackageGroupInput request, Caller caller)
    {
        var now = clock.GetUtcNow();
        var tree = request.Tree.DeepClone().AsObject();
        tree.Remove("Tags");
        var arn = ArnOf(request.ModelPackageGroupName);
        tree["ModelPackageGroupArn"] = arn;
        tree["ModelPackageGroupStatus"] = ModelPackageGroupStatus.Completed;
        tree["CreationTime"] = Tree.Of(now);
        tree["CreatedBy"] = UserContext.Of(caller);
        return database.WriteAsync(connection =>
        {
            if (!documents.TryAdd(connection, arn, tree, new PackageGroupState(), now))
            {
                throw SageMakerErrors.Validation($"Model Package Group already exists: {arn}");
            }

            tags.Add(connection, arn, request.Tree.Array("Tags"));
            return arn;
        });
    }

    public JsonObject Find(string nameOrArn) =>
        database.Read(connection => documents.Find(connection, ArnOf(nameOrArn)))?.Tree ?? throw NotFound(nameOrArn);

    public IReadOnlyList<Document> List() => database.Read(connection => documents.List(connection));

    /// <summary>Returns the group's next version number. A number is never used twice.</summary>
    public int TakeVersion(SqliteConnection connection, string nameOrArn)
    {
        var group = documents.Find(connection, ArnOf(nameOrArn)) ?? throw NotFound(nameOrArn);
        group.State.LastVersion++;
        documents.TryReplace(connection, group.Key, group.Tree, group.State, clock.GetUtcNow());
        return group.State.LastVersion;
    }

    /// <summary>Deletes a group. A group with packages is refused.</summary>
    public Task DeleteAsync(string nameOrArn)
    {
        var arn = ArnOf(nameOrArn);
        return database.WriteAsync(connection =>
        {
            if (new Documents(ModelPackages.ModelPackageStore.Kind).List(connection, arn).Count > 0)
            {
                throw SageMakerErrors.Conflict(
                    $"Model Package Group cannot be deleted while it has model packages: {arn}"
                );
            }

            if (!documents.TryRemove(connection, arn))
            {
                throw NotFound(nameOrArn);
            }

            tags.Forget(connection, arn);
        });
    }

    private static Aws.Errors.AwsException NotFound(string nameOrArn) =>
        SageMakerErrors.Validation($"ModelPackageGroup {ArnOf(nameOrArn)} does not exist.");
}

/// <summary>The local cloud's own state of a model package group.</summary>
internal sealed class PackageGroupState
{
    /// <summary>The number of the newest version, even if that was deleted; 0 without any.</summary>
    public int LastVersion { get; set; }
}
