namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of SageMaker's ContainerMode.</summary>
public static class ContainerMode
{
    public const string SingleModel = "SingleModel";
    public const string MultiModel = "MultiModel";
}
