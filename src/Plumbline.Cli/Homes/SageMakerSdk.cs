namespace Plumbline.Cli.Homes;

/// <summary>
/// The needs of the SageMaker Python SDK beside the keys: it asks STS for the account, at an address of its own, before it
/// knows the name of its default bucket. This configuration names the bucket.
/// </summary>
internal static class SageMakerSdk
{
    /// <summary>The variable that names the SDK's configuration.</summary>
    public const string ConfigVariable = "SAGEMAKER_USER_CONFIG_OVERRIDE";

    private const string FileName = "sagemaker-config.yaml";

    private const string Config = """
        # Written by `plumb up` where this file is missing; `plumb env` leads the SageMaker Python SDK to it.
        SchemaVersion: "1.0"
        SageMaker:
          PythonSDK:
            Modules:
              Session:
                DefaultS3Bucket: sagemaker-us-east-1-000000000000

        """;

    /// <summary>The configuration in a data folder.</summary>
    public static string ConfigPath(string dataFolder) => Path.Combine(dataFolder, FileName);

    /// <summary>Writes the configuration where there is none: it may have been added to.</summary>
    public static void WriteConfig(string dataFolder)
    {
        var path = ConfigPath(dataFolder);
        if (!File.Exists(path))
        {
            File.WriteAllText(path, Config);
        }
    }

    /// <summary>True where a configuration that the environment names is a person's, and not that of a data folder.</summary>
    public static bool IsPersons(string? configured) =>
        !string.IsNullOrEmpty(configured)
        && !(
            Path.GetFileName(configured) == FileName
            && File.Exists(Path.Combine(Path.GetDirectoryName(configured) ?? "", "cloud.json"))
        );
}
