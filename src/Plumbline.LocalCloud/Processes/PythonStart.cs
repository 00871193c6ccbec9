namespace Plumbline.LocalCloud.Processes;

/// <summary>
/// The start of Python programs, by PYTHONPATH: a <c>sitecustomize.py</c> that keeps botocore from going to the real
/// AWS where AWS_ENDPOINT_URL does not reach it.
/// </summary>
public static class PythonStart
{
    private const string PythonPath = "PYTHONPATH";

    /// <summary>The folder, beside this program.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "python");

    /// <summary>An environment with the folder first on its PYTHONPATH; unchanged where it does not lead to AWS at all.</summary>
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
