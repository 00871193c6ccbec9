using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Services.SageMaker.Tags;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Services.SageMaker.Models;

/// <summary>Models: containers with their data, ready to be served.</summary>
public sealed class ModelStore(Database database, CivilClock clock, TagStore tags)
{
    private readonly Documents documents = new("sagemaker/model");

    /// <summary>The ARN of a model.</summary>
    public static string ArnOf(string name) => SageMakerArn.OfLowerCase("model", name);

    /// <summary>Keeps a model.</summary>
    public Task<string> CreateAsync(JsonObject input)
    {
        var now = clock.GetUtcNow();
        var name = input.Text("ModelName")!;
        var tree = input.DeepClone().AsObject();
        tree.Remove("Tags");
        tree["ModelArn"] = ArnOf(name);
        tree["CreationTime"] = Tree.Of(now);
        tree["EnableNetworkIsolation"] ??= false;
        return database.WriteAsync(connection =>
        {
            if (!documents.TryAdd(connection, name, tree, now))
            {
                throw SageMakerErrors.AlreadyExists("model", ArnOf(name));
            }

            tags.Add(connection, ArnOf(name), input.Array("Tags"));
            return ArnOf(name);
        });
    }

    /// <summary>A model.</summary>
    public JsonObject Find(string name) => TryFind(name) ?? throw SageMakerErrors.NotFound("model", ArnOf(name));

    /// <summary>A model, or null.</summary>
    public JsonObject? TryFind(string name) => database.Read(connection => documents.Find(connection, name))?.Tree;

    /// <summary>All models.</summary>
    public IReadOnlyList<Document> List() => database.Read(connection => documents.List(connection));

    /// <summary>Forgets a model; endpoints that serve it go on.</summary>
    public Task DeleteAsync(string name) =>
        database.WriteAsync(connection =>
        {
            if (!documents.TryRemove(connection, name))
            {
                throw SageMakerErrors.NotFound("model", ArnOf(name));
            }

            tags.Forget(connection, ArnOf(name));
        });
}
