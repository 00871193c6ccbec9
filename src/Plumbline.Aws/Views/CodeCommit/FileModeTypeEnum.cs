namespace Plumbline.Aws.Views.CodeCommit;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of CodeCommit's FileModeTypeEnum.</summary>
public static class FileModeTypeEnum
{
    public const string Executable = "EXECUTABLE";
    public const string Normal = "NORMAL";
    public const string Symlink = "SYMLINK";
}
