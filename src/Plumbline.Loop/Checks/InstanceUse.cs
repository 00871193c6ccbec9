using Plumbline.Aws.Models;

namespace Plumbline.Loop.Checks;

/// <summary>A place that names an instance type, and the purpose of the instance.</summary>
/// <param name="Place">The key of plumbline.yaml, or the step.</param>
/// <param name="Type">The instance type.</param>
/// <param name="Purpose">In the words of AWS's quotas: training job, processing job, endpoint.</param>
internal sealed record InstanceUse(string Place, string Type, string Purpose)
{
    public const string Training = "training job";
    public const string Processing = "processing job";
    public const string Endpoint = "endpoint";

    /// <summary>The types that AWS's API accepts for this purpose.</summary>
    public IReadOnlyList<string> Offered
    {
        get
        {
            var operations = ServiceModel.For("sagemaker").Operations;
            return Purpose switch
            {
                Training => operations["CreateTrainingJob"]
                    .Input!
                    .Members["ResourceConfig"]
                    .Members["InstanceType"]
                    .Enum,
                Processing => operations["CreateProcessingJob"]
                    .Input!
                    .Members["ProcessingResources"]
                    .Members["ClusterConfig"]
                    .Members["InstanceType"]
                    .Enum,
                _ => operations["CreateEndpointConfig"]
                    .Input!
                    .Members["ProductionVariants"]
                    .Member
                    .Members["InstanceType"]
                    .Enum,
            };
        }
    }
}
