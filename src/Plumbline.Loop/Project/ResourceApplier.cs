using System.Text.Json.Nodes;
using Amazon.S3;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.Loop.Training;
using Plumbline.Records;

namespace Plumbline.Loop.Project;

/// <summary>
/// Makes or updates a loop's resources. Every call may be made again: a push that was cut off is made good by the next.
/// </summary>
public sealed class ResourceApplier(LoopContext loop)
{
    /// <summary>Applies the whole list and says what it does.</summary>
    /// <param name="inputs">The defaults of the pipelines.</param>
    /// <param name="report">Gets the kind and the name of each resource as it is applied.</param>
    /// <param name="cancellationToken">Ends it between two resources.</param>
    /// <returns>The URL to push to.</returns>
    public async Task<string> ApplyAsync(
        TrainingInputs inputs,
        Action<LoopResource>? report,
        CancellationToken cancellationToken
    )
    {
        // The build projects name the repository's URL, which is known once the repository is there.
        var repository = LoopResources
            .Of(loop.Project, loop.Names, "")
            .Single(one => one.Kind == ResourceKind.Repository);
        var url = await RepositoryAsync(repository.Definition, cancellationToken);
        foreach (var resource in LoopResources.Of(loop.Project, loop.Names, url, inputs))
        {
            cancellationToken.ThrowIfCancellationRequested();
            report?.Invoke(resource);
            await ApplyAsync(resource, cancellationToken);
        }

        await loop.Bucket.PutTextAsync(
            Layout.Corrections + "README.txt",
            "One JSON record a line: what people said of predictions, who and when. ground-truth/ follows from it.\n",
            cancellationToken
        );
        return url;
    }

    /// <summary>Makes or updates the pipelines: they follow the commit that is being built.</summary>
    public async Task ApplyPipelinesAsync(TrainingInputs inputs, CancellationToken cancellationToken)
    {
        var resources = LoopResources.Of(loop.Project, loop.Names, "", inputs);
        foreach (var pipeline in resources.Where(one => one.Kind == ResourceKind.Pipeline))
        {
            await ApplyAsync(pipeline, cancellationToken);
        }
    }

    private async Task ApplyAsync(LoopResource resource, CancellationToken cancellationToken)
    {
        var (clients, definition) = (loop.Clients, resource.Definition);
        switch (resource.Kind)
        {
            case ResourceKind.Role:
                await UnlessThereAsync(
                    () => clients.Iam.CreateRoleAsync(definition, cancellationToken),
                    "EntityAlreadyExists"
                );
                await EachAsync(resource, policy => clients.Iam.PutRolePolicyAsync(policy, cancellationToken));
                break;
            case ResourceKind.Bucket:
                await BucketAsync(resource.Name, cancellationToken);
                break;
            case ResourceKind.Repository:
                break;
            case ResourceKind.Topic:
                await clients.Sns.CreateTopicAsync(definition, cancellationToken);
                break;
            case ResourceKind.ModelPackageGroup:
                await UnlessThereAsync(
                    () => clients.SageMaker.CreateModelPackageGroupAsync(definition, cancellationToken),
                    "ValidationException"
                );
                break;
            case ResourceKind.BuildProject:
                await CreateOrUpdateAsync(
                    () => clients.CodeBuild.CreateProjectAsync(definition, cancellationToken),
                    () => clients.CodeBuild.UpdateProjectAsync(definition, cancellationToken),
                    "ResourceAlreadyExistsException"
                );
                break;
            case ResourceKind.Pipeline:
                await CreateOrUpdateAsync(
                    () => clients.SageMaker.CreatePipelineAsync(definition, cancellationToken),
                    () => clients.SageMaker.UpdatePipelineAsync(definition, cancellationToken),
                    "ValidationException",
                    "ResourceInUse"
                );
                break;
            case ResourceKind.Alarm:
                await clients.CloudWatch.PutMetricAlarmAsync(definition, cancellationToken);
                break;
            case ResourceKind.Rule:
                await clients.Events.PutRuleAsync(definition, cancellationToken);
                await clients.Events.PutTargetsAsync(Targets(resource), cancellationToken);
                break;
            default:
                throw new InvalidOperationException($"{resource.Kind} {resource.Name} has nothing that makes it.");
        }
    }

    private static JsonObject Targets(LoopResource rule) =>
        new()
        {
            ["Rule"] = rule.Name,
            ["Targets"] = new JsonArray([.. rule.Attached.Select(target => target.DeepClone())]),
        };

    private static async Task EachAsync(LoopResource resource, Func<JsonObject, Task> callAsync)
    {
        foreach (var attached in resource.Attached)
        {
            await callAsync(attached);
        }
    }

    /// <summary>A create whose refusal says "already exists" was made by an earlier push.</summary>
    private static async Task<bool> UnlessThereAsync(Func<Task> createAsync, params string[] codes)
    {
        try
        {
            await createAsync();
            return true;
        }
        catch (AwsException exists)
            when (codes.Contains(exists.Code)
                && (
                    exists.Code.Contains("Exists", StringComparison.Ordinal)
                    || exists.Message.Contains("already exist", StringComparison.OrdinalIgnoreCase)
                )
            )
        {
            return false;
        }
    }

    private static async Task CreateOrUpdateAsync(Func<Task> createAsync, Func<Task> updateAsync, params string[] codes)
    {
        if (!await UnlessThereAsync(createAsync, codes))
        {
            await updateAsync();
        }
    }

    private async Task BucketAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await loop.Clients.S3.PutBucketAsync(name, cancellationToken);
        }
        catch (AmazonS3Exception exists) when (exists.ErrorCode == "BucketAlreadyOwnedByYou")
        {
            // Made by an earlier push.
        }
    }

    private async Task<string> RepositoryAsync(JsonObject definition, CancellationToken cancellationToken)
    {
        await UnlessThereAsync(
            () => loop.Clients.CodeCommit.CreateRepositoryAsync(definition, cancellationToken),
            "RepositoryNameExistsException"
        );
        return await RepositoryAsync(cancellationToken);
    }

    /// <summary>Where the loop's repository is cloned from.</summary>
    /// <exception cref="UserError">There is none.</exception>
    public async Task<string> RepositoryAsync(CancellationToken cancellationToken)
    {
        var named = new JsonObject { ["repositoryName"] = loop.Names.Repository };
        try
        {
            var repository = await loop.Clients.CodeCommit.GetRepositoryAsync(named, cancellationToken);
            return repository.Object("repositoryMetadata")!.Text("cloneUrlHttp")!;
        }
        catch (AwsException missing) when (missing.Code == "RepositoryDoesNotExistException")
        {
            throw new UserError(loop.Names.RepositoryArn, "is not there: `plumb aws deploy` makes what the loop needs");
        }
    }
}
