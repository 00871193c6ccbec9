using System.Collections.Concurrent;
using System.Diagnostics;

namespace Plumbline.LocalCloud.Processes.Images;

/// <summary>Finds a Python on this machine that has a framework. A success is remembered; a failure is not.</summary>
internal sealed class Interpreters
{
    private const string Usual = "/usr/bin";
    private const string Ask = "import importlib.util, sys; sys.exit(importlib.util.find_spec(sys.argv[1]) is None)";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<(string Program, string Module), string> found = [];

    /// <summary>
    /// Returns the path of the first program of this name, on the PATH and in /usr/bin, that has the module.
    /// </summary>
    /// <exception cref="IOException">No program has it; the message names those that were tried.</exception>
    public string Find(string program, string module) =>
        Find(program, module, $"{Environment.GetEnvironmentVariable("PATH")}:{Usual}");

    internal string Find(string program, string module, string path)
    {
        if (Path.IsPathRooted(program))
        {
            return program;
        }

        if (found.TryGetValue((program, module), out var known) && File.Exists(known))
        {
            return known;
        }

        var candidates = path.Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .Distinct()
            .Where(File.Exists)
            .ToList();
        return candidates.Find(candidate => Has(candidate, module)) is { } first
            ? found[(program, module)] = first
            : throw new IOException(
                candidates.Count == 0
                    ? $"{program} is missing on the PATH: install one that has {module}."
                    : $"No {program} on this machine has the module {module}: tried {string.Join(", ", candidates)}. Install it for one of them."
            );
    }

    private static bool Has(string python, string module)
    {
        var info = new ProcessStartInfo(python)
        {
            ArgumentList = { "-c", Ask, module },
            WorkingDirectory = "/",
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        info.Environment.Clear();
        foreach (var (name, value) in HostEnvironment.Variables())
        {
            info.Environment[name] = value;
        }

        try
        {
            using var process = Process.Start(info)!;
            // It prints at most one line, so the pipes cannot fill up.
            if (process.WaitForExit(Patience))
            {
                return process.ExitCode == 0;
            }

            process.Kill(entireProcessTree: true);
            return false;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // Not a program that this machine can run.
            return false;
        }
    }
}
