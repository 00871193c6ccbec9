namespace Plumbline.Aws.Instances;

/// <summary>
/// AWS's PyTorch images, by region and by whether the instance has GPUs. The accounts of the registry are those of the
/// SageMaker Python SDK's table (sagemaker-core's image_uri_config/pytorch.json, of 2026-08-21).
/// </summary>
public static class PyTorchImages
{
    /// <summary>One version for training and serving: what one saves, the other loads. The newest that has images for both.</summary>
    private const string Version = "2.6.0";

    private const string Python = "py312";

    private const string Account = "763104351884";

    private static readonly Dictionary<string, string> OtherAccounts = new()
    {
        ["af-south-1"] = "626614931356",
        ["ap-east-1"] = "871362719292",
        ["ap-east-2"] = "975050140332",
        ["ap-northeast-3"] = "364406365360",
        ["ap-south-2"] = "772153158452",
        ["ap-southeast-3"] = "907027046896",
        ["ap-southeast-4"] = "457447274322",
        ["ap-southeast-5"] = "550225433462",
        ["ap-southeast-6"] = "633930458069",
        ["ap-southeast-7"] = "590183813437",
        ["ca-west-1"] = "204538143572",
        ["cn-north-1"] = "727897471807",
        ["cn-northwest-1"] = "727897471807",
        ["eu-central-2"] = "380420809688",
        ["eu-south-1"] = "692866216735",
        ["eu-south-2"] = "503227376785",
        ["il-central-1"] = "780543022126",
        ["me-central-1"] = "914824155844",
        ["me-south-1"] = "217643126080",
        ["mx-central-1"] = "637423239942",
        ["us-gov-east-1"] = "446045086412",
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
        return $"{account}.dkr.ecr.{region}.amazonaws.com{suffix}/{repository}:{Version}-{processor}-{Python}";
    }
}
