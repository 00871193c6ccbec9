using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Services.SageMaker.Tags;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.SageMaker.EndpointConfigs;

/// <summary>Endpoint configurations: the models and the capture settings of an endpoint. They are immutable.</summary>
internal sealed class EndpointConfigStore(Database database, CivilClock clock, TagStore tags)
{
    private readonly Documents documents = new("sagemaker/endpoint-config");

    public static string ArnOf(string name) => SageMakerArn.OfLowerCase("endpoint-config", name);

    /// <returns>The ARN of the new configuration.</returns>
    public Task<string> CreateAsync(CreateEndpointConfigInput request)
    {
        var now = clock.GetUtcNow();
        var name = request.EndpointConfigName;
        var tree = request.Tree.DeepClone().AsObject();
        tree.Remove("Tags");
        tree["EndpointConfigArn"] = ArnOf(name);
        tree["CreationTime"] = Tree.Of(now);
        foreach (var variant in new DescribeEndpointConfigOutput(tree).ProductionVariants)
        {
            variant.Tree["InitialVariantWeight"] ??= 1.0;
        }

        return database.WriteAsync(connection =>
        {
            if (!documents.TryAdd(connection, name, tree, now))
            {
                throw SageMakerErrors.AlreadyExists("endpoint configuration", ArnOf(name));
            }

            tags.Add(connection, ArnOf(name), request.Tree.Array("Tags"));
            return ArnOf(name);
        });
    }

    public DescribeEndpointConfigOutput Find(string name) =>
        new(database.Read(connection => documents.Find(connection, name))?.Tree ?? throw NotFound(name));

    public IReadOnlyList<Document> List() => database.Read(connection => documents.List(connection));

    /// <summary>Deletes a configuration. Endpoints that were created with it continue to work.</summary>
    public Task DeleteAsync(string name) =>
        database.WriteAsync(connection =>
        {
            if (!documents.TryRemove(connection, name))
            {
                throw NotFound(name);
            }

            tags.Forget(connection, ArnOf(name));
        });

    private static Aws.Errors.AwsException NotFound(string name) =>
        SageMakerErrors.NotFound("endpoint configuration", ArnOf(name));
}
