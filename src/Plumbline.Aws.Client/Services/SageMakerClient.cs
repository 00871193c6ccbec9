using System.Text.Json.Nodes;
using Plumbline.Aws.Views.SageMaker;

namespace Plumbline.Aws.Client.Services;

// Written by tools/ApiModels from operations.txt and the views folder.
/// <summary>SageMaker: one method for each operation; inputs and outputs have AWS's member names.</summary>
public sealed class SageMakerClient(AwsConnection connection) : AwsClient(connection, "sagemaker")
{
    public Task<JsonObject> AddTagsAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("AddTags", input, cancellationToken);

    public Task<JsonObject> BatchDescribeModelPackageAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("BatchDescribeModelPackage", input, cancellationToken);

    public Task<JsonObject> CreateEndpointAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("CreateEndpoint", input, cancellationToken);

    public Task<JsonObject> CreateEndpointConfigAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("CreateEndpointConfig", input, cancellationToken);

    public Task<JsonObject> CreateModelAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("CreateModel", input, cancellationToken);

    public Task<JsonObject> CreateModelPackageAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("CreateModelPackage", input, cancellationToken);

    public Task<JsonObject> CreateModelPackageGroupAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("CreateModelPackageGroup", input, cancellationToken);

    public Task<JsonObject> CreatePipelineAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("CreatePipeline", input, cancellationToken);

    public Task<JsonObject> CreateProcessingJobAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("CreateProcessingJob", input, cancellationToken);

    public Task<JsonObject> CreateTrainingJobAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("CreateTrainingJob", input, cancellationToken);

    public Task<JsonObject> DeleteEndpointAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DeleteEndpoint", input, cancellationToken);

    public Task<JsonObject> DeleteEndpointConfigAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DeleteEndpointConfig", input, cancellationToken);

    public Task<JsonObject> DeleteModelAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("DeleteModel", input, cancellationToken);

    public Task<JsonObject> DeleteModelPackageAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DeleteModelPackage", input, cancellationToken);

    public Task<JsonObject> DeleteModelPackageGroupAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DeleteModelPackageGroup", input, cancellationToken);

    public Task<JsonObject> DeletePipelineAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DeletePipeline", input, cancellationToken);

    public Task<JsonObject> DeleteProcessingJobAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DeleteProcessingJob", input, cancellationToken);

    public Task<JsonObject> DeleteTagsAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("DeleteTags", input, cancellationToken);

    public Task<JsonObject> DeleteTrainingJobAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DeleteTrainingJob", input, cancellationToken);

    public async Task<DescribeEndpointOutput> DescribeEndpointAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("DescribeEndpoint", input, cancellationToken));

    public async Task<DescribeEndpointConfigOutput> DescribeEndpointConfigAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("DescribeEndpointConfig", input, cancellationToken));

    public async Task<DescribeModelOutput> DescribeModelAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("DescribeModel", input, cancellationToken));

    public async Task<DescribeModelPackageOutput> DescribeModelPackageAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("DescribeModelPackage", input, cancellationToken));

    public Task<JsonObject> DescribeModelPackageGroupAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DescribeModelPackageGroup", input, cancellationToken);

    public async Task<DescribePipelineResponse> DescribePipelineAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("DescribePipeline", input, cancellationToken));

    public async Task<DescribePipelineDefinitionForExecutionResponse> DescribePipelineDefinitionForExecutionAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("DescribePipelineDefinitionForExecution", input, cancellationToken));

    public async Task<DescribePipelineExecutionResponse> DescribePipelineExecutionAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("DescribePipelineExecution", input, cancellationToken));

    public async Task<DescribeProcessingJobResponse> DescribeProcessingJobAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("DescribeProcessingJob", input, cancellationToken));

    public async Task<DescribeTrainingJobResponse> DescribeTrainingJobAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("DescribeTrainingJob", input, cancellationToken));

    public Task<JsonObject> ListEndpointConfigsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListEndpointConfigs", input, cancellationToken);

    public Task<JsonObject> ListEndpointsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListEndpoints", input, cancellationToken);

    public Task<JsonObject> ListModelPackageGroupsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListModelPackageGroups", input, cancellationToken);

    public async Task<ListModelPackagesOutput> ListModelPackagesAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("ListModelPackages", input, cancellationToken));

    public Task<JsonObject> ListModelsAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("ListModels", input, cancellationToken);

    public async Task<ListPipelineExecutionStepsResponse> ListPipelineExecutionStepsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("ListPipelineExecutionSteps", input, cancellationToken));

    public async Task<ListPipelineExecutionsResponse> ListPipelineExecutionsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("ListPipelineExecutions", input, cancellationToken));

    public Task<JsonObject> ListPipelineParametersForExecutionAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListPipelineParametersForExecution", input, cancellationToken);

    public async Task<ListPipelinesResponse> ListPipelinesAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("ListPipelines", input, cancellationToken));

    public async Task<ListProcessingJobsResponse> ListProcessingJobsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("ListProcessingJobs", input, cancellationToken));

    public Task<JsonObject> ListTagsAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("ListTags", input, cancellationToken);

    public async Task<ListTrainingJobsResponse> ListTrainingJobsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("ListTrainingJobs", input, cancellationToken));

    public Task<JsonObject> RetryPipelineExecutionAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("RetryPipelineExecution", input, cancellationToken);

    public Task<JsonObject> SendPipelineExecutionStepFailureAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("SendPipelineExecutionStepFailure", input, cancellationToken);

    public Task<JsonObject> SendPipelineExecutionStepSuccessAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("SendPipelineExecutionStepSuccess", input, cancellationToken);

    public async Task<StartPipelineExecutionResponse> StartPipelineExecutionAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("StartPipelineExecution", input, cancellationToken));

    public Task<JsonObject> StopPipelineExecutionAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("StopPipelineExecution", input, cancellationToken);

    public Task<JsonObject> StopProcessingJobAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("StopProcessingJob", input, cancellationToken);

    public Task<JsonObject> StopTrainingJobAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("StopTrainingJob", input, cancellationToken);

    public Task<JsonObject> UpdateEndpointAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("UpdateEndpoint", input, cancellationToken);

    public Task<JsonObject> UpdateEndpointWeightsAndCapacitiesAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("UpdateEndpointWeightsAndCapacities", input, cancellationToken);

    public Task<JsonObject> UpdateModelPackageAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("UpdateModelPackage", input, cancellationToken);

    public Task<JsonObject> UpdatePipelineAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("UpdatePipeline", input, cancellationToken);

    public Task<JsonObject> UpdatePipelineExecutionAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("UpdatePipelineExecution", input, cancellationToken);

    public Task<JsonObject> UpdateTrainingJobAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("UpdateTrainingJob", input, cancellationToken);
}
