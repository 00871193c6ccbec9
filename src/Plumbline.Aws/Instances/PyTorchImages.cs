namespace Plumbline.Aws.Instances;

/// <summary>
/// AWS's PyTorch images, by region and by whether the instance has GPUs. The accounts of the registry are those of the
/// SageMaker Python SDK's table (image_uri_config/pytorch.json) as of 2026-11.
/// </summary>
public static class PyTorchImages
{
    /// <summary>One version for training and serving: what one saves, the other loads.</summary>
    private const string Version = "2.1.0";

    private const string Account = "763104351884";

    private static readonly Dictionary<string, string> OtherAccounts = new()
    {
        ["af-south-1"] = "626614931356",
        ["ap-east-1"] = "871362719292",
        ["ap-northeast-3"] = "364406365360",
        ["cn-north-1"] = "727897471807",
        ["cn-northwest-1"] = "727897471807",
        ["eu-south-1"] = "692866216735",
        ["me-south-1"] = "217643126080",
        ["us-gov-west-1"] = "442386744353",
    };

    /// <summary>The repository of the image that trains.</summary>
    public const string TrainingRepository = "pytorch-training";

    /// <summary>The repository of the image that serves.</summary>
    public const string InferenceRepository = "pytorch-inference";

    /// <summary>The image that trains on an instance.</summary>
    public static string Training(string region, string instance) => Image(region, TrainingRepository, instance);

    /// <summary>The image that serves on an instance.</summary>
    public static string Inference(string region, string instance) => Image(region, InferenceRepository, instance);

    private static string Image(string region, string repository, string instance)
    {
        var account = OtherAccounts.GetValueOrDefault(region, Account);
        var suffix = region.StartsWith("cn-", StringComparison.Ordinal) ? ".cn" : "";
        // What is not in the table is a newer type, of which most have GPUs.
        var processor = InstanceTypes.Find(instance) is { Gpus: 0 } ? "cpu" : "gpu";
        return $"{account}.dkr.ecr.{region}.amazonaws.com{suffix}/{repository}:{Version}-{processor}-py310";
    }
}
