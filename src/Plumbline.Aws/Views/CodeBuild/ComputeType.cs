namespace Plumbline.Aws.Views.CodeBuild;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of CodeBuild's ComputeType.</summary>
public static class ComputeType
{
    public const string BuildGeneral1Small = "BUILD_GENERAL1_SMALL";
    public const string BuildGeneral1Medium = "BUILD_GENERAL1_MEDIUM";
    public const string BuildGeneral1Large = "BUILD_GENERAL1_LARGE";
    public const string BuildGeneral1Xlarge = "BUILD_GENERAL1_XLARGE";
    public const string BuildGeneral12xlarge = "BUILD_GENERAL1_2XLARGE";
    public const string BuildLambda1gb = "BUILD_LAMBDA_1GB";
    public const string BuildLambda2gb = "BUILD_LAMBDA_2GB";
    public const string BuildLambda4gb = "BUILD_LAMBDA_4GB";
    public const string BuildLambda8gb = "BUILD_LAMBDA_8GB";
    public const string BuildLambda10gb = "BUILD_LAMBDA_10GB";
    public const string AttributeBasedCompute = "ATTRIBUTE_BASED_COMPUTE";
    public const string CustomInstanceType = "CUSTOM_INSTANCE_TYPE";
}
