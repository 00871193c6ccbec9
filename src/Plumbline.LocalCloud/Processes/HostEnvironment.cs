namespace Plumbline.LocalCloud.Processes;

/// <summary>The part of the server's own environment that programs need to run at all; nothing secret is in it.</summary>
public static class HostEnvironment
{
    private static readonly string[] Passed =
    [
        "PATH",
        "HOME",
        "USER",
        "LANG",
        "LC_ALL",
        "TZ",
        "LD_LIBRARY_PATH",
        "DOTNET_ROOT",
        "PYENV_ROOT",
        "VIRTUAL_ENV",
        "PYTHONPATH",
        "SSL_CERT_FILE",
        "SSL_CERT_DIR",
    ];

    /// <summary>
    /// Names of further variables, separated by commas: what programs need on this machine alone, such as the way out of a
    /// company's network. None goes by itself, as a proxy that the server was given need not know the way back to it.
    /// </summary>
    public const string More = "PLUMBLINE_PASS_VARIABLES";

    /// <summary>A copy, to which the caller adds its own.</summary>
    public static Dictionary<string, string> Variables()
    {
        var variables = new Dictionary<string, string>
        {
            // The home folder is read-only inside; what looks for a cache finds one.
            ["XDG_CACHE_HOME"] = "/tmp/.cache",
            ["PYTHONDONTWRITEBYTECODE"] = "1",
            // stdout is a file, and what a program prints is wanted when it prints it.
            ["PYTHONUNBUFFERED"] = "1",
            ["DOTNET_NOLOGO"] = "1",
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            // Half of libgomp's time on a shared machine is spinning; it must be set before it loads.
            ["OMP_WAIT_POLICY"] = "passive",
        };
        var more = Environment.GetEnvironmentVariable(More) ?? "";
        foreach (var name in Passed.Concat(more.Split(',', StringSplitOptions.TrimEntries)).Where(name => name != ""))
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
            {
                variables[name] = value;
            }
        }

        return variables;
    }
}
