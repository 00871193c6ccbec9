using System.Text.Json.Nodes;
using Plumbline.Aws.Views.SageMaker;

namespace Plumbline.Aws.Client.Services;

// Written by tools/ApiModels from the views folder.
/// <summary>The items of SageMaker's lists, page after page.</summary>
public static class SageMakerPages
{
    public static IAsyncEnumerable<ModelPackageSummary> ListModelPackagesPagedAsync(
        this SageMakerClient client,
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) =>
        client.PageAsync(
            "ListModelPackages",
            input,
            page => new ListModelPackagesOutput(page).ModelPackageSummaryList,
            cancellationToken
        );

    public static IAsyncEnumerable<PipelineExecutionStep> ListPipelineExecutionStepsPagedAsync(
        this SageMakerClient client,
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) =>
        client.PageAsync(
            "ListPipelineExecutionSteps",
            input,
            page => new ListPipelineExecutionStepsResponse(page).PipelineExecutionSteps,
            cancellationToken
        );

    public static IAsyncEnumerable<PipelineExecutionSummary> ListPipelineExecutionsPagedAsync(
        this SageMakerClient client,
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) =>
        client.PageAsync(
            "ListPipelineExecutions",
            input,
            page => new ListPipelineExecutionsResponse(page).PipelineExecutionSummaries,
            cancellationToken
        );

    public static IAsyncEnumerable<PipelineSummary> ListPipelinesPagedAsync(
        this SageMakerClient client,
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) =>
        client.PageAsync(
            "ListPipelines",
            input,
            page => new ListPipelinesResponse(page).PipelineSummaries,
            cancellationToken
        );

    public static IAsyncEnumerable<ProcessingJobSummary> ListProcessingJobsPagedAsync(
        this SageMakerClient client,
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) =>
        client.PageAsync(
            "ListProcessingJobs",
            input,
            page => new ListProcessingJobsResponse(page).ProcessingJobSummaries,
            cancellationToken
        );

    public static IAsyncEnumerable<TrainingJobSummary> ListTrainingJobsPagedAsync(
        this SageMakerClient client,
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) =>
        client.PageAsync(
            "ListTrainingJobs",
            input,
            page => new ListTrainingJobsResponse(page).TrainingJobSummaries,
            cancellationToken
        );
}
