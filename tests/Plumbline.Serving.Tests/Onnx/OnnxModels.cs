using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plumbline.Testing;

namespace Plumbline.Serving.Tests.Onnx;

/// <summary>The models of models.py, exported once by PyTorch with the function in docs/signature.json.md.</summary>
internal static partial class OnnxModels
{
    private static readonly Lazy<TemporaryFolder> Folder = new(Export);

    /// <summary>The path of a model's folder, or of a file beside them.</summary>
    public static string At(string name) => Folder.Value.At(name);

    /// <summary>Copies a model into the folder <c>model</c> of a temporary folder, which a test may change.</summary>
    public static TemporaryFolder Copy(string name)
    {
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.At("model"));
        foreach (var file in Directory.GetFiles(At(name)))
        {
            File.Copy(file, folder.At("model", Path.GetFileName(file)));
        }
        return folder;
    }

    /// <summary>Runs an embedded script.</summary>
    public static string Run(string script, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(TorchFactAttribute.Python!, ["-c", Text(script), .. arguments])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                WorkingDirectory = Folder.IsValueCreated ? Folder.Value.Path : arguments[0],
            }
        )!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        var code = process.End();
        Task.WhenAll(output, error).InTimeAsync().GetAwaiter().GetResult();
        code.ShouldBe(0, error.Result);
        return output.Result;
    }

    /// <summary>The text of an embedded file.</summary>
    public static string Text(string name)
    {
        using var stream = typeof(OnnxModels).Assembly.GetManifestResourceStream(name)!;
        return new StreamReader(stream).ReadToEnd();
    }

    private static TemporaryFolder Export()
    {
        var folder = new TemporaryFolder();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        var page = File.ReadAllText(Repository.Path("docs", "signature.json.md"));
        folder.Write("export_onnx.py", Python().Match(page).Groups[1].Value);
        Run("models.py", folder.Path);
        return folder;
    }

    [GeneratedRegex("```python\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Python();

    /// <summary>A copy of a model whose signature has another value of a member.</summary>
    public static TemporaryFolder Changed(string model, string member, string value)
    {
        var folder = Copy(model);
        var file = folder.At("model", "signature.json");
        var signature = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        var parent = member.Contains('.') ? signature[member.Split('.')[0]]!.AsObject() : signature;
        parent[member.Split('.')[^1]] = JsonNode.Parse(value);
        File.WriteAllText(file, signature.ToJsonString());
        return folder;
    }
}
