using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.SageMaker.Tags;

/// <summary>The tags of every SageMaker resource, by its ARN.</summary>
internal sealed class TagStore(Database database, CivilClock clock)
{
    private readonly Documents documents = new("sagemaker/tags");

    /// <summary>Returns the tags of a resource as AWS's list of Key and Value; empty for an unknown ARN.</summary>
    public JsonArray List(string arn) => database.Read(connection => Find(connection, arn));

    /// <summary>Adds or changes tags. Returns all tags of the resource.</summary>
    public Task<JsonArray> AddAsync(string arn, JsonArray tags) =>
        database.WriteAsync(connection => Add(connection, arn, tags));

    /// <summary>Adds the tags of a new resource, in the transaction that creates it.</summary>
    public JsonArray Add(SqliteConnection connection, string arn, JsonArray? tags)
    {
        var added = tags?.OfType<JsonObject>().ToList() ?? [];
        TagList.Check(added.Select(Key), SageMakerErrors.Validation, _ => "Duplicate tag key");
        var all = Find(connection, arn).OfType<JsonObject>().ToDictionary(Key);
        added.ForEach(tag => all[Key(tag)] = tag);
        if (all.Count > TagList.Most)
        {
            throw SageMakerErrors.Validation(
                $"Too many tags: {arn} would have {all.Count}, the limit is {TagList.Most}."
            );
        }

        Put(connection, arn, all.Values);
        return Find(connection, arn);
    }

    /// <summary>Removes tags. A key that the resource does not have is ignored.</summary>
    public Task RemoveAsync(string arn, IEnumerable<string> keys)
    {
        var gone = keys.ToHashSet();
        return database.WriteAsync(connection =>
            Put(connection, arn, Find(connection, arn).OfType<JsonObject>().Where(tag => !gone.Contains(Key(tag))))
        );
    }

    /// <summary>Removes all tags of a resource, in the transaction that deletes it.</summary>
    public void Forget(SqliteConnection connection, string arn) => documents.TryRemove(connection, arn);

    private static string Key(JsonObject tag) => new Tag(tag).Key;

    private JsonArray Find(SqliteConnection connection, string arn) =>
        documents.Find(connection, arn)?.Tree.Array("Tags")?.DeepClone().AsArray() ?? [];

    private void Put(SqliteConnection connection, string arn, IEnumerable<JsonObject> tags)
    {
        var tree = new JsonObject { ["Tags"] = new JsonArray([.. tags.Select(tag => tag.DeepClone())]) };
        if (tree.Array("Tags")!.Count == 0)
        {
            documents.TryRemove(connection, arn);
        }
        else if (!documents.TryAdd(connection, arn, tree, clock.GetUtcNow()))
        {
            documents.TryReplace(connection, arn, tree, clock.GetUtcNow());
        }
    }
}
