using System.Collections.Concurrent;
using System.Diagnostics;
using Xunit;

namespace Plumbline.Testing;

/// <summary>A test that needs golden data, and perhaps programs on PATH; skipped with the reason without them.</summary>
public sealed class GoldenFactAttribute : FactAttribute
{
    /// <param name="programs">Names on PATH, such as bwrap.</param>
    public GoldenFactAttribute(params string[] programs) =>
        Skip = SharedData.SkipReason ?? ProgramFactAttribute.Missing(programs);
}

/// <summary>A theory that needs golden data; skipped with the reason without it.</summary>
public sealed class GoldenTheoryAttribute : TheoryAttribute
{
    public GoldenTheoryAttribute() => Skip = SharedData.SkipReason;
}

/// <summary>A test that needs all of these programs on PATH; skipped with the name of a missing one.</summary>
public sealed class ProgramFactAttribute : FactAttribute
{
    /// <param name="programs">Names on PATH, such as bwrap.</param>
    public ProgramFactAttribute(params string[] programs) => Skip = Missing(programs);

    internal static string? Missing(params string[] programs) =>
        programs.FirstOrDefault(name => Programs.Find(name) is null) is { } missing
            ? $"{missing} is not on PATH."
            : null;
}

/// <summary>
/// A test that needs root, because only root can become another user, and programs on PATH; skipped with the reason.
/// </summary>
public sealed class RootFactAttribute : FactAttribute
{
    /// <param name="programs">Names on PATH, such as setpriv.</param>
    public RootFactAttribute(params string[] programs) =>
        Skip = Environment.IsPrivilegedProcess
            ? ProgramFactAttribute.Missing(programs)
            : "Only root can give files to another user.";
}

/// <summary>A test that needs python3 with some modules; skipped with the name of a missing one.</summary>
public sealed class PythonFactAttribute : FactAttribute
{
    private static readonly ConcurrentDictionary<string, bool> Importable = new();

    /// <param name="modules">Modules, such as botocore.</param>
    public PythonFactAttribute(params string[] modules) => Skip = Missing(modules);

    internal static string? Missing(params string[] modules) =>
        ProgramFactAttribute.Missing("python3")
        ?? (
            modules.FirstOrDefault(module => !Importable.GetOrAdd(module, CanImport)) is { } missing
                ? $"python3 has no module {missing}."
                : null
        );

    private static bool CanImport(string module)
    {
        var start = new ProcessStartInfo("python3", ["-c", $"import {module}"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        return process.End() == 0;
    }
}

/// <summary>
/// A test that needs python3 with a module, and programs on PATH; skipped with the name of a missing one.
/// </summary>
public sealed class ProgramAndPythonFactAttribute : FactAttribute
{
    /// <param name="module">A module, such as botocore.</param>
    /// <param name="programs">Names on PATH, such as bwrap.</param>
    public ProgramAndPythonFactAttribute(string module, params string[] programs) =>
        Skip = ProgramFactAttribute.Missing(programs) ?? PythonFactAttribute.Missing(module);
}
