using System.Security.Cryptography;
using System.Text;
using Plumbline.Records.Quality;

namespace Plumbline.Records.Data;

/// <summary>Writes a file of a data set version: headerless CSV, the class index or the true number first.</summary>
internal sealed class SideFile : IDisposable
{
    private readonly FileStream file;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] buffer = new byte[64 * 1024];
    private int buffered;
    private int rows;

    public SideFile(string folder, string name)
    {
        Name = name;
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    /// <summary>The path below the prefix of the version.</summary>
    public string Name { get; }

    public void Write(double label, string cells) =>
        WriteLine(Encoding.UTF8.GetBytes($"{TruthNumber.Text(label)},{cells}\n"));

    /// <param name="line">The line with its line break.</param>
    public void WriteLine(ReadOnlySpan<byte> line)
    {
        rows++;
        if (buffered + line.Length > buffer.Length)
            Flush();
        if (line.Length > buffer.Length)
        {
            hash.AppendData(line);
            file.Write(line);
            return;
        }
        line.CopyTo(buffer.AsSpan(buffered));
        buffered += line.Length;
    }

    public FileManifest Finish()
    {
        Flush();
        file.Flush();
        return new FileManifest(Convert.ToHexStringLower(hash.GetHashAndReset()), rows);
    }

    public void Dispose()
    {
        file.Dispose();
        hash.Dispose();
    }

    private void Flush()
    {
        hash.AppendData(buffer, 0, buffered);
        file.Write(buffer, 0, buffered);
        buffered = 0;
    }
}
