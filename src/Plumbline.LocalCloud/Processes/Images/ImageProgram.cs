using System.Text.Json.Serialization;

namespace Plumbline.LocalCloud.Processes.Images;

/// <summary>The program that stands for an image: a line of <c>images.json</c>.</summary>
/// <param name="Image">A glob over image URIs: <c>*</c> is any text.</param>
/// <param name="Command">The program, as the image's ENTRYPOINT would have it.</param>
/// <param name="Algorithm">One of <see cref="Algorithms"/>.</param>
public sealed record ImageProgram(string Image, IReadOnlyList<string> Command, string Algorithm)
{
    /// <summary>
    /// <c>plumbline-jobs</c>, <c>plumbline-serving</c>, <c>xgboost</c> (AWS's built-in), <c>script</c> (AWS's framework
    /// images, in script mode and with a model's handler) or <c>exec</c> (the command as it is).
    /// </summary>
    public static readonly IReadOnlyList<string> Algorithms =
    [
        "plumbline-jobs",
        "plumbline-serving",
        "xgboost",
        "script",
        "exec",
    ];

    /// <summary>The port that its server insists on, whatever SAGEMAKER_BIND_TO_PORT says; null where it obeys.</summary>
    public int? Port { get; init; }

    /// <summary>
    /// A Python module: the program is then the first of its name on the PATH that has the module. Null takes the program as
    /// it is named.
    /// </summary>
    public string? Imports { get; init; }

    /// <summary>True where its server is this project's own, which listens on the socket that PLUMBLINE_BIND_UNIX names.</summary>
    [JsonIgnore]
    public bool ListensOnSocket => Port is null && Algorithm is "plumbline-serving" or "script";

    /// <summary>Puts what lies beside the program first on the PATH, as an image's own programs are.</summary>
    public void AddTo(IDictionary<string, string> environment)
    {
        if (Path.IsPathRooted(Command[0]))
        {
            var others = environment.TryGetValue("PATH", out var path) ? ":" + path : "";
            environment["PATH"] = Path.GetDirectoryName(Command[0]) + others;
        }
    }
}
