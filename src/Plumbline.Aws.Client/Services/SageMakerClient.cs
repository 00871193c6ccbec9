using System.Text.Json.Nodes;

namespace Plumbline.Aws.Client.Services;

// Written by tools/ApiModels from operations.txt.
/// <summary>SageMaker, an operation a method; inputs and outputs have AWS's names.</summary>
public sealed class SageMakerClient(AwsConnection connection) : AwsClient(connection, "sagemaker")
{
    /// <summary>AddTags.</summary>
    public Task<JsonObject> AddTagsAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("AddTags", input, cancellationToken);

    /// <summary>BatchDescribeModelPackage.</summary>
    public Task<JsonObject> BatchDescribeModelPackageAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("BatchDescribeModelPackage", input, cancellationToken);

    /// <summary>CreateEndpoint.</summary>
    public Task<JsonObject> CreateEndpointAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("CreateEndpoint", input, cancellationToken);

    /// <summary>CreateEndpointConfig.</summary>
    public Task<JsonObject> CreateEndpointConfigAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("CreateEndpointConfig", input, cancellationToken);

    /// <summary>CreateModel.</summary>
    public Task<JsonObject> CreateModelAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("CreateModel", input, cancellationToken);

    /// <summary>CreateModelPackage.</summary>
    public Task<JsonObject> CreateModelPackageAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("CreateModelPackage", input, cancellationToken);

    /// <summary>CreateModelPackageGroup.</summary>
    public Task<JsonObject> CreateModelPackageGroupAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("CreateModelPackageGroup", input, cancellationToken);

    /// <summary>CreatePipeline.</summary>
    public Task<JsonObject> CreatePipelineAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("CreatePipeline", input, cancellationToken);

    /// <summary>CreateProcessingJob.</summary>
    public Task<JsonObject> CreateProcessingJobAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("CreateProcessingJob", input, cancellationToken);

    /// <summary>CreateTrainingJob.</summary>
    public Task<JsonObject> CreateTrainingJobAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("CreateTrainingJob", input, cancellationToken);

    /// <summary>DeleteEndpoint.</summary>
    public Task<JsonObject> DeleteEndpointAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DeleteEndpoint", input, cancellationToken);

    /// <summary>DeleteEndpointConfig.</summary>
    public Task<JsonObject> DeleteEndpointConfigAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DeleteEndpointConfig", input, cancellationToken);

    /// <summary>DeleteModel.</summary>
    public Task<JsonObject> DeleteModelAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("DeleteModel", input, cancellationToken);

    /// <summary>DeleteModelPackage.</summary>
    public Task<JsonObject> DeleteModelPackageAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DeleteModelPackage", input, cancellationToken);

    /// <summary>DeleteModelPackageGroup.</summary>
    public Task<JsonObject> DeleteModelPackageGroupAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DeleteModelPackageGroup", input, cancellationToken);

    /// <summary>DeletePipeline.</summary>
    public Task<JsonObject> DeletePipelineAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DeletePipeline", input, cancellationToken);

    /// <summary>DeleteProcessingJob.</summary>
    public Task<JsonObject> DeleteProcessingJobAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DeleteProcessingJob", input, cancellationToken);

    /// <summary>DeleteTags.</summary>
    public Task<JsonObject> DeleteTagsAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("DeleteTags", input, cancellationToken);

    /// <summary>DeleteTrainingJob.</summary>
    public Task<JsonObject> DeleteTrainingJobAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DeleteTrainingJob", input, cancellationToken);

    /// <summary>DescribeEndpoint.</summary>
    public Task<JsonObject> DescribeEndpointAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DescribeEndpoint", input, cancellationToken);

    /// <summary>DescribeEndpointConfig.</summary>
    public Task<JsonObject> DescribeEndpointConfigAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DescribeEndpointConfig", input, cancellationToken);

    /// <summary>DescribeModel.</summary>
    public Task<JsonObject> DescribeModelAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DescribeModel", input, cancellationToken);

    /// <summary>DescribeModelPackage.</summary>
    public Task<JsonObject> DescribeModelPackageAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DescribeModelPackage", input, cancellationToken);

    /// <summary>DescribeModelPackageGroup.</summary>
    public Task<JsonObject> DescribeModelPackageGroupAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DescribeModelPackageGroup", input, cancellationToken);

    /// <summary>DescribePipeline.</summary>
    public Task<JsonObject> DescribePipelineAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DescribePipeline", input, cancellationToken);

    /// <summary>DescribePipelineDefinitionForExecution.</summary>
    public Task<JsonObject> DescribePipelineDefinitionForExecutionAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DescribePipelineDefinitionForExecution", input, cancellationToken);

    /// <summary>DescribePipelineExecution.</summary>
    public Task<JsonObject> DescribePipelineExecutionAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DescribePipelineExecution", input, cancellationToken);

    /// <summary>DescribeProcessingJob.</summary>
    public Task<JsonObject> DescribeProcessingJobAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DescribeProcessingJob", input, cancellationToken);

    /// <summary>DescribeTrainingJob.</summary>
    public Task<JsonObject> DescribeTrainingJobAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DescribeTrainingJob", input, cancellationToken);

    /// <summary>ListEndpointConfigs.</summary>
    public Task<JsonObject> ListEndpointConfigsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListEndpointConfigs", input, cancellationToken);

    /// <summary>ListEndpoints.</summary>
    public Task<JsonObject> ListEndpointsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListEndpoints", input, cancellationToken);

    /// <summary>ListModelPackageGroups.</summary>
    public Task<JsonObject> ListModelPackageGroupsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListModelPackageGroups", input, cancellationToken);

    /// <summary>ListModelPackages.</summary>
    public Task<JsonObject> ListModelPackagesAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListModelPackages", input, cancellationToken);

    /// <summary>ListModels.</summary>
    public Task<JsonObject> ListModelsAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("ListModels", input, cancellationToken);

    /// <summary>ListPipelineExecutionSteps.</summary>
    public Task<JsonObject> ListPipelineExecutionStepsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListPipelineExecutionSteps", input, cancellationToken);

    /// <summary>ListPipelineExecutions.</summary>
    public Task<JsonObject> ListPipelineExecutionsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListPipelineExecutions", input, cancellationToken);

    /// <summary>ListPipelineParametersForExecution.</summary>
    public Task<JsonObject> ListPipelineParametersForExecutionAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListPipelineParametersForExecution", input, cancellationToken);

    /// <summary>ListPipelines.</summary>
    public Task<JsonObject> ListPipelinesAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListPipelines", input, cancellationToken);

    /// <summary>ListProcessingJobs.</summary>
    public Task<JsonObject> ListProcessingJobsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListProcessingJobs", input, cancellationToken);

    /// <summary>ListTags.</summary>
    public Task<JsonObject> ListTagsAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("ListTags", input, cancellationToken);

    /// <summary>ListTrainingJobs.</summary>
    public Task<JsonObject> ListTrainingJobsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListTrainingJobs", input, cancellationToken);

    /// <summary>RetryPipelineExecution.</summary>
    public Task<JsonObject> RetryPipelineExecutionAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("RetryPipelineExecution", input, cancellationToken);

    /// <summary>SendPipelineExecutionStepFailure.</summary>
    public Task<JsonObject> SendPipelineExecutionStepFailureAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("SendPipelineExecutionStepFailure", input, cancellationToken);

    /// <summary>SendPipelineExecutionStepSuccess.</summary>
    public Task<JsonObject> SendPipelineExecutionStepSuccessAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("SendPipelineExecutionStepSuccess", input, cancellationToken);

    /// <summary>StartPipelineExecution.</summary>
    public Task<JsonObject> StartPipelineExecutionAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("StartPipelineExecution", input, cancellationToken);

    /// <summary>StopPipelineExecution.</summary>
    public Task<JsonObject> StopPipelineExecutionAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("StopPipelineExecution", input, cancellationToken);

    /// <summary>StopProcessingJob.</summary>
    public Task<JsonObject> StopProcessingJobAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("StopProcessingJob", input, cancellationToken);

    /// <summary>StopTrainingJob.</summary>
    public Task<JsonObject> StopTrainingJobAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("StopTrainingJob", input, cancellationToken);

    /// <summary>UpdateEndpoint.</summary>
    public Task<JsonObject> UpdateEndpointAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("UpdateEndpoint", input, cancellationToken);

    /// <summary>UpdateEndpointWeightsAndCapacities.</summary>
    public Task<JsonObject> UpdateEndpointWeightsAndCapacitiesAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("UpdateEndpointWeightsAndCapacities", input, cancellationToken);

    /// <summary>UpdateModelPackage.</summary>
    public Task<JsonObject> UpdateModelPackageAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("UpdateModelPackage", input, cancellationToken);

    /// <summary>UpdatePipeline.</summary>
    public Task<JsonObject> UpdatePipelineAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("UpdatePipeline", input, cancellationToken);

    /// <summary>UpdatePipelineExecution.</summary>
    public Task<JsonObject> UpdatePipelineExecutionAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("UpdatePipelineExecution", input, cancellationToken);

    /// <summary>UpdateTrainingJob.</summary>
    public Task<JsonObject> UpdateTrainingJobAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("UpdateTrainingJob", input, cancellationToken);
}
