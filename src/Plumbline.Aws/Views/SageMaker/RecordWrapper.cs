namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of SageMaker's RecordWrapper.</summary>
public static class RecordWrapper
{
    public const string None = "None";
    public const string RecordIO = "RecordIO";
}
