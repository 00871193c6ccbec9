using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Plumbline.Records;

namespace Plumbline.Loop.Training;

/// <summary>The program that scores a model by its own handler; it runs in the serving image.</summary>
internal static class ScoreProgram
{
    public static string Text { get; } = Read();

    /// <summary>The key in the loop's bucket, which changes with the text.</summary>
    public static string Key { get; } =
        Layout.ScoreProgram(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text))));

    private static string Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("score.py")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
