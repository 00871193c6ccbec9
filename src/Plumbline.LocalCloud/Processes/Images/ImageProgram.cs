using System.Text.Json.Serialization;

namespace Plumbline.LocalCloud.Processes.Images;

/// <summary>The program that stands for an image: a line of <c>images.json</c>.</summary>
/// <param name="Image">A glob over image URIs: <c>*</c> is any text.</param>
/// <param name="Command">The program and its arguments, like an image's ENTRYPOINT.</param>
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

    /// <summary>The fixed port of its server; null if the server obeys SAGEMAKER_BIND_TO_PORT.</summary>
    public int? Port { get; init; }

    /// <summary>
    /// A Python module that the program must have: the first program of its name on the PATH with this module is used.
    /// Null uses the program as it is named.
    /// </summary>
    public string? Imports { get; init; }

    /// <summary>
    /// True if its server is one of our own, which listen on the socket that PLUMBLINE_BIND_UNIX names.
    /// </summary>
    [JsonIgnore]
    public bool ListensOnSocket => Port is null && Algorithm is "plumbline-serving" or "script";

    /// <summary>Puts the program's folder first on the PATH, as in an image.</summary>
    public void AddTo(IDictionary<string, string> environment)
    {
        if (Path.IsPathRooted(Command[0]))
        {
            var others = environment.TryGetValue("PATH", out var path) ? ":" + path : "";
            environment["PATH"] = Path.GetDirectoryName(Command[0]) + others;
        }
    }
}
