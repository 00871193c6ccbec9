using System.Reflection;

namespace Plumbline.LocalCloud.Processes;

internal static class EmbeddedText
{
    public static string Read(string name)
    {
        var assembly = Assembly.GetExecutingAssembly();
        using var reader = new StreamReader(
            assembly.GetManifestResourceStream($"Plumbline.LocalCloud.Processes.{name}")!
        );
        return reader.ReadToEnd();
    }
}
