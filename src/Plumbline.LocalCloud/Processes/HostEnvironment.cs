namespace Plumbline.LocalCloud.Processes;

/// <summary>The part of the server's own environment that programs need to run at all; it holds no secrets.</summary>
internal static class HostEnvironment
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
        // 0 makes the start of a .NET program some 7 % cheaper, which tests with thousands of starts want.
        "DOTNET_EnableWriteXorExecute",
        "PYENV_ROOT",
        "VIRTUAL_ENV",
        "PYTHONPATH",
        "SSL_CERT_FILE",
        "SSL_CERT_DIR",
    ];

    /// <summary>
    /// Names further variables to pass, separated by commas, such as a company's proxy. No proxy is passed by default,
    /// because it need not know the way back to this server.
    /// </summary>
    public const string More = "PLUMBLINE_PASS_VARIABLES";

    /// <summary>Returns a new dictionary, to which the caller adds its own variables.</summary>
    public static Dictionary<string, string> Variables()
    {
        var variables = new Dictionary<string, string>
        {
            // Programs that look for a cache need a folder that they can write.
            ["XDG_CACHE_HOME"] = "/tmp/.cache",
            ["PYTHONDONTWRITEBYTECODE"] = "1",
            // stdout is a file: Python's output must not wait in a buffer.
            ["PYTHONUNBUFFERED"] = "1",
            ["DOTNET_NOLOGO"] = "1",
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            // By default, libgomp spins for half of its time on a shared machine; it reads this only when it loads.
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
