namespace Plumbline.LocalCloud.Processes;

/// <summary>
/// Starts Python programs with a <c>sitecustomize.py</c> on their PYTHONPATH that keeps botocore from calling the real
/// AWS where AWS_ENDPOINT_URL has no effect.
/// </summary>
public static class PythonStart
{
    private const string PythonPath = "PYTHONPATH";

    /// <summary>The folder of that file, next to this program.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "python");

    /// <summary>
    /// Returns the environment with the folder first on its PYTHONPATH; unchanged without AWS_ENDPOINT_URL.
    /// </summary>
    public static IReadOnlyDictionary<string, string> In(IReadOnlyDictionary<string, string> environment)
    {
        if (!environment.ContainsKey("AWS_ENDPOINT_URL"))
        {
            return environment;
        }

        var others = environment.TryGetValue(PythonPath, out var given) && given.Length > 0 ? $":{given}" : "";
        return new Dictionary<string, string>(environment) { [PythonPath] = Folder + others };
    }
}
