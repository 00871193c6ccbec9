namespace Plumbline.Aws.Views.CodeBuild;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of CodeBuild's EnvironmentVariableType.</summary>
public static class EnvironmentVariableType
{
    public const string Plaintext = "PLAINTEXT";
    public const string ParameterStore = "PARAMETER_STORE";
    public const string SecretsManager = "SECRETS_MANAGER";
}
