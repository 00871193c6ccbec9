namespace Plumbline.Records.Tests;

/// <summary>A temporary folder, which is deleted after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("plumbline-records-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(File(name))!);
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    public string[] Lines(string name) => System.IO.File.ReadAllLines(File(name));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
