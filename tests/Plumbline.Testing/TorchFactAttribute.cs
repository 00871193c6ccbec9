using System.Diagnostics;
using Xunit;

namespace Plumbline.Testing;

/// <summary>A test that needs a python3 with PyTorch, and programs on PATH; skipped with what is missing.</summary>
public sealed class TorchFactAttribute : FactAttribute
{
    /// <summary>The first python3 on PATH with PyTorch; null without one.</summary>
    public static string? Python { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, "python3"))
            .FirstOrDefault(python => File.Exists(python) && HasTorch(python));

    /// <param name="programs">Names on PATH, such as bwrap.</param>
    public TorchFactAttribute(params string[] programs) =>
        Skip =
            ProgramFactAttribute.Missing(programs)
            ?? (Python is null ? "No python3 on PATH has torch (Debian's python3-torch)." : null);

    private static bool HasTorch(string python)
    {
        string[] arguments = ["-c", "import importlib.util, sys; sys.exit(importlib.util.find_spec('torch') is None)"];
        using var process = Process.Start(new ProcessStartInfo(python, arguments))!;
        return process.End() == 0;
    }
}
