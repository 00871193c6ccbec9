namespace Plumbline.Jobs.Processing;

/// <summary>The folders of a processing job's inputs and outputs, under <c>/opt/ml</c> or SAGEMAKER_BASE_DIR.</summary>
public sealed record ProcessingFolders(string Root)
{
    /// <summary>The path of a file whose first 1,024 characters become the job's ExitMessage.</summary>
    public string Message => Path.Combine(Root, "output", "message");

    /// <summary>Scratch space that is not an output.</summary>
    public string Scratch => Path.Combine(Root, "processing", "scratch");

    public string Input(string name) => Path.Combine(Root, "processing", "input", name);

    /// <summary>Returns an output's folder, and creates it if it is missing.</summary>
    public string Output(string name) =>
        Directory.CreateDirectory(Path.Combine(Root, "processing", "output", name)).FullName;

    public static ProcessingFolders FromEnvironment() =>
        new(Environment.GetEnvironmentVariable("SAGEMAKER_BASE_DIR") is { Length: > 0 } root ? root : "/opt/ml");
}
