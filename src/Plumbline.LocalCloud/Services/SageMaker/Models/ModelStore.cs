using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Services.SageMaker.Tags;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.SageMaker.Models;

/// <summary>Models: containers with the S3 URLs of their data.</summary>
internal sealed class ModelStore(Database database, CivilClock clock, TagStore tags)
{
    private readonly Documents documents = new("sagemaker/model");

    public static string ArnOf(string name) => SageMakerArn.OfLowerCase("model", name);

    /// <returns>The ARN of the new model.</returns>
    public Task<string> CreateAsync(CreateModelInput request)
    {
        var now = clock.GetUtcNow();
        var name = request.ModelName;
        var tree = request.Tree.DeepClone().AsObject();
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

            tags.Add(connection, ArnOf(name), request.Tree.Array("Tags"));
            return ArnOf(name);
        });
    }

    public JsonObject Find(string name) =>
        database.Read(connection => documents.Find(connection, name))?.Tree
        ?? throw SageMakerErrors.NotFound("model", ArnOf(name));

    public IReadOnlyList<Document> List() => database.Read(connection => documents.List(connection));

    /// <summary>Deletes a model. Endpoints that serve it continue to work.</summary>
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
