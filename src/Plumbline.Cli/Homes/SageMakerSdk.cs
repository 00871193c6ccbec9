using Plumbline.Aws.Formats;

namespace Plumbline.Cli.Homes;

/// <summary>
/// The configuration of the SageMaker Python SDK. To name its default bucket, the SDK would ask STS for the account at
/// an address of AWS's, whatever the endpoint is. This configuration names the bucket, so that the SDK does not ask.
/// </summary>
internal static class SageMakerSdk
{
    /// <summary>The environment variable with the path of the SDK's configuration.</summary>
    public const string ConfigVariable = "SAGEMAKER_USER_CONFIG_OVERRIDE";

    private const string FileName = "sagemaker-config.yaml";

    private const string Config = """
        # `plumb up` writes this file if it is missing; `plumb env` points the SageMaker Python SDK at it.
        SchemaVersion: "1.0"
        SageMaker:
          PythonSDK:
            Modules:
              Session:
                DefaultS3Bucket: sagemaker-us-east-1-000000000000

        """;

    /// <summary>The path of the configuration in a data folder.</summary>
    public static string ConfigPath(string dataFolder) => Path.Combine(dataFolder, FileName);

    /// <summary>Writes the configuration if it is missing; a person may have added to an existing one.</summary>
    public static void WriteConfig(string dataFolder)
    {
        var path = ConfigPath(dataFolder);
        if (!File.Exists(path))
        {
            File.WriteAllText(path, Config);
        }
    }

    /// <summary>True if the environment names a person's own configuration, not the one of a data folder.</summary>
    public static bool IsPersons(string? configured) =>
        !string.IsNullOrEmpty(configured)
        && !(
            Path.GetFileName(configured) == FileName
            && File.Exists(CloudFile.In(Path.GetDirectoryName(configured) ?? ""))
        );
}
