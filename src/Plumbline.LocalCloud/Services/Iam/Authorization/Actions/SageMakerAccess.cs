using System.Text.Json.Nodes;
using Plumbline.LocalCloud.Services.SageMaker;

namespace Plumbline.LocalCloud.Services.Iam.Authorization.Actions;

/// <summary>SageMaker's operations, and its runtime's.</summary>
internal static class SageMakerAccess
{
    private static readonly Access Pass = Access.PassRole("sagemaker.amazonaws.com", "RoleArn");

    private static readonly Access PassExecution = Access.PassRole("sagemaker.amazonaws.com", "ExecutionRoleArn");

    private static readonly Access Execution = new(null, input => Access.Values(input, "PipelineExecutionArn"));

    private static readonly Access Tagged = new(null, input => Access.Values(input, "ResourceArn"));

    /// <summary>The versions of a group, present or future; without a group, those of all groups.</summary>
    private static readonly Access VersionsOfGroup = new(
        null,
        input =>
            Access
                .ValuesOr(input, "ModelPackageGroupName", "*")
                .Select(group => SageMakerArn.Of("model-package", SageMakerArn.NameOf(group) + "/*"))
    );

    private static readonly Access Group = Named("model-package-group", "ModelPackageGroupName");

    /// <summary>The rights that each operation requires.</summary>
    public static IReadOnlyDictionary<string, Access[]> Rows { get; } =
        new Dictionary<string, Access[]>
        {
            ["CreatePipeline"] = Made(Named("pipeline", "PipelineName"), Pass),
            ["UpdatePipeline"] = [Named("pipeline", "PipelineName"), Pass],
            ["DescribePipeline"] = [Named("pipeline", "PipelineName")],
            ["DeletePipeline"] = [Named("pipeline", "PipelineName")],
            ["StartPipelineExecution"] = [Named("pipeline", "PipelineName")],
            ["ListPipelineExecutions"] = [Named("pipeline", "PipelineName")],
            ["ListPipelines"] = [Access.Anything],
            ["StopPipelineExecution"] = [Execution],
            ["RetryPipelineExecution"] = [Execution],
            ["UpdatePipelineExecution"] = [Execution],
            ["DescribePipelineExecution"] = [Execution],
            ["DescribePipelineDefinitionForExecution"] = [Execution],
            ["ListPipelineExecutionSteps"] = [Execution],
            ["ListPipelineParametersForExecution"] = [Execution],
            ["CreateTrainingJob"] = Made(Lower("training-job", "TrainingJobName"), Pass),
            ["DescribeTrainingJob"] = [Lower("training-job", "TrainingJobName")],
            ["StopTrainingJob"] = [Lower("training-job", "TrainingJobName")],
            ["DeleteTrainingJob"] = [Lower("training-job", "TrainingJobName")],
            ["ListTrainingJobs"] = [Access.Anything],
            ["CreateProcessingJob"] = Made(Lower("processing-job", "ProcessingJobName"), Pass),
            ["DescribeProcessingJob"] = [Lower("processing-job", "ProcessingJobName")],
            ["StopProcessingJob"] = [Lower("processing-job", "ProcessingJobName")],
            ["DeleteProcessingJob"] = [Lower("processing-job", "ProcessingJobName")],
            ["ListProcessingJobs"] = [Access.Anything],
            ["CreateModel"] = Made(Lower("model", "ModelName"), PassExecution),
            ["DescribeModel"] = [Lower("model", "ModelName")],
            ["DeleteModel"] = [Lower("model", "ModelName")],
            ["ListModels"] = [Access.Anything],
            ["CreateEndpointConfig"] = Made(Lower("endpoint-config", "EndpointConfigName"), PassExecution),
            ["DescribeEndpointConfig"] = [Lower("endpoint-config", "EndpointConfigName")],
            ["DeleteEndpointConfig"] = [Lower("endpoint-config", "EndpointConfigName")],
            ["ListEndpointConfigs"] = [Access.Anything],
            ["CreateEndpoint"] =
            [
                .. Made(Lower("endpoint", "EndpointName")),
                Lower("endpoint-config", "EndpointConfigName"),
            ],
            ["UpdateEndpoint"] = [Lower("endpoint", "EndpointName"), Lower("endpoint-config", "EndpointConfigName")],
            ["UpdateEndpointWeightsAndCapacities"] = [Lower("endpoint", "EndpointName")],
            ["DescribeEndpoint"] = [Lower("endpoint", "EndpointName")],
            ["DeleteEndpoint"] = [Lower("endpoint", "EndpointName")],
            ["ListEndpoints"] = [Access.Anything],
            ["InvokeEndpoint"] = [Lower("endpoint", "EndpointName").As("sagemaker:InvokeEndpoint")],
            ["CreateModelPackageGroup"] = Made(Group),
            ["DescribeModelPackageGroup"] = [Group],
            ["DeleteModelPackageGroup"] = [Group],
            ["ListModelPackageGroups"] = [Access.Anything],
            ["CreateModelPackage"] =
            [
                .. Made(VersionsOfGroup),
                Group,
                Access.PassRole("sagemaker.amazonaws.com", "ValidationSpecification.ValidationRole"),
            ],
            ["DescribeModelPackage"] = [Named("model-package", "ModelPackageName")],
            ["BatchDescribeModelPackage"] = [Named("model-package", "ModelPackageArnList[]")],
            ["UpdateModelPackage"] = [Named("model-package", "ModelPackageArn")],
            ["DeleteModelPackage"] = [Named("model-package", "ModelPackageName")],
            ["ListModelPackages"] = [VersionsOfGroup],
            ["AddTags"] = [Tagged],
            ["DeleteTags"] = [Tagged],
            ["ListTags"] = [Tagged],
        };

    private static Access Named(string type, string member) =>
        new(null, input => Access.Values(input, member).Select(name => SageMakerArn.OfNameOrArn(type, name)));

    private static Access Lower(string type, string member) =>
        new(
            null,
            input =>
                Access.Values(input, member).Select(name => SageMakerArn.OfLowerCase(type, SageMakerArn.NameOf(name)))
        );

    /// <summary>The rights to create a resource, and to tag it if the request has tags.</summary>
    private static Access[] Made(Access resource, params Access[] further) =>
        [resource, new("sagemaker:AddTags", input => HasTags(input) ? resource.Resources(input) : []), .. further];

    private static bool HasTags(JsonObject input) => input["Tags"] is JsonArray { Count: > 0 };
}
