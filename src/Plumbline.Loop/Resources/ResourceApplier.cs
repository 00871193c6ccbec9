using System.Text.Json.Nodes;
using Amazon.S3;
using Plumbline.Aws.Errors;
using Plumbline.Loop.Home;
using Plumbline.Loop.Training;
using Plumbline.Records;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Resources;

/// <summary>
/// Creates or updates a loop's resources. Every call may be repeated: the next push completes one that was cut off.
/// </summary>
public sealed class ResourceApplier(LoopContext loop)
{
    /// <summary>Creates or updates all resources.</summary>
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

    /// <summary>Creates the missing resources that a first build needs; does not change existing ones.</summary>
    /// <param name="url">The repository's clone URL, see <see cref="MakeRepositoryAsync"/>.</param>
    /// <param name="cancellationToken">Ends it between two resources.</param>
    public async Task MakeMissingAsync(string url, CancellationToken cancellationToken)
    {
        foreach (var resource in LoopResources.Of(loop.Project, loop.Names, url))
        {
            // The rule of a push needs only the project's name. Other rules and alarms are created after the push, and
            // the build creates the pipelines.
            var comesLater = resource.Kind is ResourceKind.Alarm or ResourceKind.Rule or ResourceKind.Pipeline;
            if (!comesLater || resource.Name == loop.Names.PushRule)
            {
                await ApplyAsync(resource, cancellationToken, onlyMissing: true);
            }
        }
    }

    /// <summary>
    /// Applies a description's resources, except for the training pipeline: the build creates that once the data is
    /// uploaded. The same holds for the monitor pipeline of a project with a score program, which the build packs.
    /// </summary>
    /// <param name="project">The description, of a commit that is in the repository.</param>
    /// <param name="url">The repository's clone URL.</param>
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
        string[] later =
        [
            loop.Names.TrainingPipeline,
            .. project.Quality.LacksProgram() ? (string[])[loop.Names.MonitorPipeline] : [],
        ];
        foreach (var resource in resources.Where(one => !later.Contains(one.Name)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            report?.Invoke(resource);
            await ApplyAsync(resource, cancellationToken);
        }
    }

    /// <summary>Creates or updates the training pipeline, for the execution that is about to start.</summary>
    public async Task ApplyTrainingAsync(TrainingInputs inputs, CancellationToken cancellationToken)
    {
        await MarkAsync(cancellationToken);
        await ApplyPipelineAsync(
            LoopResources.Of(loop.Project, loop.Names, "", inputs),
            loop.Names.TrainingPipeline,
            cancellationToken
        );
    }

    /// <summary>
    /// Creates or updates the monitor pipeline. If the project's score program was not packed, the pipeline stays as it is:
    /// the program of the commit before measures until this commit's own training.
    /// </summary>
    public async Task ApplyMonitorAsync(ProjectDescription project, CancellationToken cancellationToken)
    {
        if (!project.Quality.LacksProgram())
        {
            await ApplyPipelineAsync(
                await OfDescriptionAsync(project, "", cancellationToken),
                loop.Names.MonitorPipeline,
                cancellationToken
            );
        }
    }

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
                var isNew = await Creation.UnlessThereAsync(
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
                await Creation.UnlessThereAsync(
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
                throw new InvalidOperationException(
                    $"{resource.Kind} {resource.Name} has no operation that creates it."
                );
        }
    }

    /// <summary>
    /// Creates or updates a pipeline. A build role from before the pipelines had a role of their own may not pass that
    /// role: the pipeline then keeps its old role until the loop's resources are updated.
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
            // AWS checks iam:PassRole before it checks that the pipeline exists.
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

    private static async Task CreateOrUpdateAsync(
        Func<Task> createAsync,
        Func<Task>? updateAsync,
        params string[] codes
    )
    {
        if (!await Creation.UnlessThereAsync(createAsync, codes) && updateAsync is not null)
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
            // Created by an earlier push.
        }
    }

    /// <summary>Keeps the prefix from being empty: a job whose input is empty fails on AWS.</summary>
    private Task MarkAsync(CancellationToken cancellationToken) =>
        loop.Bucket.TryAddTextAsync(
            Layout.CorrectionsMarker,
            "One JSON record per line: people's corrections, with person and time. ground-truth/ is derived from them.\n",
            cancellationToken
        );

    /// <summary>Creates the repository if it is missing; returns its clone URL.</summary>
    public async Task<string> MakeRepositoryAsync(CancellationToken cancellationToken)
    {
        var repository = LoopResources
            .Of(loop.Project, loop.Names, "")
            .Single(one => one.Kind == ResourceKind.Repository);
        await Creation.UnlessThereAsync(
            () => loop.Clients.CodeCommit.CreateRepositoryAsync(repository.Definition, cancellationToken),
            "RepositoryNameExistsException"
        );
        return await RepositoryAsync(cancellationToken);
    }

    /// <summary>The clone URL of the loop's repository.</summary>
    /// <exception cref="UserError">The repository is missing.</exception>
    public async Task<string> RepositoryAsync(CancellationToken cancellationToken)
    {
        var named = new JsonObject { ["repositoryName"] = loop.Names.Repository };
        try
        {
            var repository = await loop.Clients.CodeCommit.GetRepositoryAsync(named, cancellationToken);
            return repository.RepositoryMetadata.CloneUrlHttp;
        }
        catch (AwsException missing) when (missing.Code == "RepositoryDoesNotExistException")
        {
            throw new UserError(
                loop.Names.RepositoryArn,
                "is missing: run `plumb aws deploy`, which creates the loop's resources"
            );
        }
    }
}
