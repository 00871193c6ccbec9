using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Services.SageMaker.Tags;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.SageMaker.Pipelines;

/// <summary>Pipelines. Only the newest version of each is kept.</summary>
internal sealed class PipelineStore(Database database, CivilClock clock, TagStore tags)
{
    private static readonly string[] Updated =
    [
        "PipelineDisplayName",
        "PipelineDescription",
        "RoleArn",
        "ParallelismConfiguration",
    ];

    private readonly Documents<PipelineState> documents = new("sagemaker/pipeline");

    public static string ArnOf(string nameOrArn) => SageMakerArn.OfNameOrArn("pipeline", nameOrArn);

    /// <summary>Adds a pipeline. A repeated request with the same token gets the same answer.</summary>
    public Task<string> CreateAsync(CreatePipelineRequest request, string definition, Caller caller)
    {
        var name = request.PipelineName;
        return database.WriteAsync(connection =>
        {
            var now = clock.GetUtcNow();
            var tree = new JsonObject
            {
                ["PipelineArn"] = ArnOf(name),
                ["PipelineName"] = name,
                ["PipelineDisplayName"] = name,
                ["PipelineDefinition"] = definition,
                ["PipelineStatus"] = PipelineStatus.Active,
                ["CreationTime"] = Tree.Of(now),
                ["LastModifiedTime"] = Tree.Of(now),
                ["CreatedBy"] = UserContext.Of(caller),
                ["LastModifiedBy"] = UserContext.Of(caller),
            };
            Apply(tree, request.Tree);
            var state = new PipelineState { ClientRequestToken = request.ClientRequestToken };
            if (documents.TryAdd(connection, name, tree, state, now))
            {
                tags.Add(connection, ArnOf(name), request.Tree.Array("Tags"));
            }
            else if (Existing(connection, name).State.ClientRequestToken != request.ClientRequestToken)
            {
                throw PipelineErrors.NameTaken(name);
            }

            return ArnOf(name);
        });
    }

    /// <summary>Changes a pipeline and returns its newest version. Running executions keep their definition.</summary>
    public Task<long> UpdateAsync(UpdatePipelineRequest request, string? definition, Caller caller)
    {
        var name = request.PipelineName;
        return database.WriteAsync(connection =>
        {
            var now = clock.GetUtcNow();
            var pipeline = Existing(connection, name);
            var (tree, state) = (pipeline.Tree, pipeline.State);
            Apply(tree, request.Tree);
            if (definition is not null && definition != new DescribePipelineResponse(tree).PipelineDefinition)
            {
                tree["PipelineDefinition"] = definition;
                state.Version++;
            }

            tree["LastModifiedTime"] = Tree.Of(now);
            tree["LastModifiedBy"] = UserContext.Of(caller);
            documents.TryReplace(connection, name, tree, state, now);
            return state.Version;
        });
    }

    /// <summary>Returns a pipeline as DescribePipeline shows it.</summary>
    public DescribePipelineResponse Find(string nameOrArn) => new(Existing(nameOrArn).Tree);

    /// <summary>Returns the number of a pipeline's newest version, the only one that is kept.</summary>
    public long VersionOf(string nameOrArn) => Existing(nameOrArn).State.Version;

    public IReadOnlyList<Document> List() => database.Read(connection => documents.List(connection));

    /// <summary>Returns a pipeline as the caller's transaction sees it.</summary>
    public Document<PipelineState> Existing(SqliteConnection connection, string name) =>
        documents.Find(connection, name) ?? throw PipelineErrors.NotFound(ArnOf(name));

    /// <summary>Sets LastRunTime, in the transaction that starts an execution.</summary>
    public void NoteRun(SqliteConnection connection, Document<PipelineState> pipeline, DateTimeOffset now)
    {
        pipeline.Tree["LastRunTime"] = Tree.Of(now);
        // The listed modification time is that of the pipeline, so an execution must not change it.
        documents.TryReplace(
            connection,
            pipeline.Key,
            pipeline.Tree,
            pipeline.State,
            DateTimeOffset.FromUnixTimeMilliseconds(pipeline.Modified)
        );
    }

    /// <summary>Deletes a pipeline in the caller's transaction.</summary>
    public void Remove(SqliteConnection connection, string name)
    {
        Existing(connection, name);
        documents.TryRemove(connection, name);
        tags.Forget(connection, ArnOf(name));
    }

    private Document<PipelineState> Existing(string nameOrArn) =>
        database.Read(connection => Existing(connection, SageMakerArn.NameOf(nameOrArn)));

    private static void Apply(JsonObject tree, JsonObject input)
    {
        foreach (var member in Updated.Where(input.ContainsKey))
        {
            tree[member] = input[member]?.DeepClone();
        }
    }
}
