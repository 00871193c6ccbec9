namespace Plumbline.Aws.Instances;

/// <summary>
/// AWS's PyTorch images, by version, region and the presence of GPUs. The registry accounts come from the SageMaker
/// Python SDK's table (sagemaker-core's image_uri_config/pytorch.json, of 2026-08-21).
/// </summary>
public static class PyTorchImages
{
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

    /// <summary>The regions whose registry is <see cref="Account"/>'s.</summary>
    private static readonly string[] MainRegions =
    [
        "ap-northeast-1",
        "ap-northeast-2",
        "ap-south-1",
        "ap-southeast-1",
        "ap-southeast-2",
        "ca-central-1",
        "eu-central-1",
        "eu-north-1",
        "eu-west-1",
        "eu-west-2",
        "eu-west-3",
        "sa-east-1",
        "us-east-1",
        "us-east-2",
        "us-west-1",
        "us-west-2",
    ];

    public const string TrainingRepository = "pytorch-training";

    public const string InferenceRepository = "pytorch-inference";

    /// <summary>The image of a version that trains on an instance.</summary>
    /// <param name="version">A name of <see cref="PyTorchVersion.Known"/>.</param>
    /// <param name="region">The region of the registry.</param>
    /// <param name="instance">The instance's type, which decides between the CPU and the GPU image.</param>
    public static string Training(string version, string region, string instance) =>
        Image(version, region, TrainingRepository, instance);

    /// <summary>The image of a version that serves on an instance.</summary>
    /// <inheritdoc cref="Training"/>
    public static string Inference(string version, string region, string instance) =>
        Image(version, region, InferenceRepository, instance);

    /// <summary>True if AWS has the images in a region.</summary>
    public static bool AreIn(string region) => OtherAccounts.ContainsKey(region) || MainRegions.Contains(region);

    private static string Image(string name, string region, string repository, string instance)
    {
        var version = PyTorchVersion.Find(name) ?? PyTorchVersion.Newest;
        var account = OtherAccounts.GetValueOrDefault(region, Account);
        var suffix = region.StartsWith("cn-", StringComparison.Ordinal) ? ".cn" : "";
        // A type that is not in the table is a newer one, and most of those have GPUs.
        var processor = InstanceTypes.Find(instance) is { Gpus: 0 } ? "cpu" : "gpu";
        return $"{account}.dkr.ecr.{region}.amazonaws.com{suffix}/{repository}:{version.Full}-{processor}-{version.Python}";
    }
}
