namespace Plumbline.Testing;

/// <summary>A temporary folder, which is deleted after the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("plumbline-test-").FullName;

    public string At(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Writes a file, makes the folders above it, and returns its path.</summary>
    public string Write(string name, string text)
    {
        var file = At(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    /// <summary>Deletes the folder. A job that outlived its local cloud may still write into it for some seconds.</summary>
    public void Dispose() => Task.Run(() => Eventually.Async(TryDelete)).GetAwaiter().GetResult();

    private bool TryDelete()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
            return true;
        }
        catch (IOException)
        {
            // The test may have removed it.
            return !Directory.Exists(Path);
        }
    }
}
