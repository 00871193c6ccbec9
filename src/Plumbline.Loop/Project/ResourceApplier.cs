using System.Text.Json.Nodes;
using Amazon.S3;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.Loop.Training;
using Plumbline.Records;
using Plumbline.Records.Project;

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
        var url = await MakeRepositoryAsync(cancellationToken);
        foreach (var resource in LoopResources.Of(loop.Project, loop.Names, url, inputs))
        {
            cancellationToken.ThrowIfCancellationRequested();
            report?.Invoke(resource);
            await ApplyAsync(resource, cancellationToken);
        }

        return url;
    }

    /// <summary>Makes what a first build needs, where it is not there; nothing that is there changes.</summary>
    /// <param name="url">Where the repository is cloned from, see <see cref="MakeRepositoryAsync"/>.</param>
    /// <param name="cancellationToken">Ends it between two resources.</param>
    public async Task MakeMissingAsync(string url, CancellationToken cancellationToken)
    {
        foreach (var resource in LoopResources.Of(loop.Project, loop.Names, url))
        {
            // The rule of a push follows from the project's name alone; other rules and alarms come with the commit, and its build
            // makes the pipelines.
            var comesLater = resource.Kind is ResourceKind.Alarm or ResourceKind.Rule or ResourceKind.Pipeline;
            if (!comesLater || resource.Name == loop.Names.PushRule)
            {
                await ApplyAsync(resource, cancellationToken, onlyMissing: true);
            }
        }
    }

    /// <summary>
    /// Applies what a description says, but for the training pipeline: its build makes that, once the data are loaded.
    /// </summary>
    /// <param name="project">The description, of a commit that is in the repository.</param>
    /// <param name="url">Where the repository is cloned from.</param>
    /// <param name="report">Gets the kind and the name of each resource as it is applied.</param>
    /// <param name="cancellationToken">Ends it between two resources.</param>
    public async Task ApplySettingsAsync(
        ProjectDescription project,
        string url,
        Action<LoopResource>? report,
        CancellationToken cancellationToken
    )
    {
        var resources = await OfDescriptionAsync(project, url, cancellationToken);
        foreach (var resource in resources.Where(one => one.Name != loop.Names.TrainingPipeline))
        {
            cancellationToken.ThrowIfCancellationRequested();
            report?.Invoke(resource);
            await ApplyAsync(resource, cancellationToken);
        }
    }

    /// <summary>Makes or updates the training pipeline, for the execution that is about to start.</summary>
    public async Task ApplyTrainingAsync(TrainingInputs inputs, CancellationToken cancellationToken)
    {
        await MarkAsync(cancellationToken);
        await ApplyPipelineAsync(
            LoopResources.Of(loop.Project, loop.Names, "", inputs),
            loop.Names.TrainingPipeline,
            cancellationToken
        );
    }

    /// <summary>Makes or updates the monitor pipeline.</summary>
    public async Task ApplyMonitorAsync(ProjectDescription project, CancellationToken cancellationToken) =>
        await ApplyPipelineAsync(
            await OfDescriptionAsync(project, "", cancellationToken),
            loop.Names.MonitorPipeline,
            cancellationToken
        );

    private async Task<IReadOnlyList<LoopResource>> OfDescriptionAsync(
        ProjectDescription project,
        string url,
        CancellationToken cancellationToken
    )
    {
        var inputs = TrainingInputs.OfDescription(project);
        await loop.Bucket.TryAddTextAsync(inputs.ProjectKey, project.ToJson(), cancellationToken);
        return LoopResources.Of(project, loop.Names, url, inputs);
    }

    private Task ApplyPipelineAsync(
        IReadOnlyList<LoopResource> resources,
        string name,
        CancellationToken cancellationToken
    ) => ApplyAsync(resources.Single(one => one.Kind == ResourceKind.Pipeline && one.Name == name), cancellationToken);

    private async Task ApplyAsync(LoopResource resource, CancellationToken cancellationToken, bool onlyMissing = false)
    {
        var (clients, definition) = (loop.Clients, resource.Definition);
        switch (resource.Kind)
        {
            case ResourceKind.Role:
                var isNew = await UnlessThereAsync(
                    () => clients.Iam.CreateRoleAsync(definition, cancellationToken),
                    "EntityAlreadyExists"
                );
                if (isNew || !onlyMissing)
                {
                    await EachAsync(resource, policy => clients.Iam.PutRolePolicyAsync(policy, cancellationToken));
                }

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
                    onlyMissing ? null : () => clients.CodeBuild.UpdateProjectAsync(definition, cancellationToken),
                    "ResourceAlreadyExistsException"
                );
                break;
            case ResourceKind.Pipeline:
                await PutPipelineAsync(definition, cancellationToken);
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

    /// <summary>
    /// Makes or updates a pipeline. A build whose role is of before the pipelines had one of their own may not hand that over: the
    /// pipeline keeps the role that it has until the loop's resources are brought up to date.
    /// </summary>
    private async Task PutPipelineAsync(JsonObject definition, CancellationToken cancellationToken)
    {
        var update = (JsonObject)definition.DeepClone();
        update.Remove("Tags");
        try
        {
            await CreateOrUpdateAsync(
                () => loop.Clients.SageMaker.CreatePipelineAsync(definition, cancellationToken),
                () => loop.Clients.SageMaker.UpdatePipelineAsync(update, cancellationToken),
                "ValidationException",
                "ResourceInUse"
            );
        }
        catch (AwsException denied) when (denied.IsPassRoleDenied())
        {
            // AWS looks first whether the role may be handed over, and then whether the pipeline is there.
            update.Remove("RoleArn");
            await loop.Clients.SageMaker.UpdatePipelineAsync(update, cancellationToken);
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
        catch (AwsException exists) when (codes.Contains(exists.Code) && exists.IsExisting())
        {
            return false;
        }
    }

    private static async Task CreateOrUpdateAsync(
        Func<Task> createAsync,
        Func<Task>? updateAsync,
        params string[] codes
    )
    {
        if (!await UnlessThereAsync(createAsync, codes) && updateAsync is not null)
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

    /// <summary>Keeps the prefix from being empty: a job whose input is empty fails on AWS.</summary>
    private Task MarkAsync(CancellationToken cancellationToken) =>
        loop.Bucket.TryAddTextAsync(
            Layout.CorrectionsMarker,
            "One JSON record a line: what people said of predictions, who and when. ground-truth/ follows from it.\n",
            cancellationToken
        );

    /// <summary>Makes the repository where it is not there; answers where it is cloned from.</summary>
    public async Task<string> MakeRepositoryAsync(CancellationToken cancellationToken)
    {
        var repository = LoopResources
            .Of(loop.Project, loop.Names, "")
            .Single(one => one.Kind == ResourceKind.Repository);
        await UnlessThereAsync(
            () => loop.Clients.CodeCommit.CreateRepositoryAsync(repository.Definition, cancellationToken),
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
