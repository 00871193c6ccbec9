using System.Diagnostics;
using Xunit;

namespace Plumbline.Testing;

/// <summary>Debian's python3-xgboost: another interface to the same library.</summary>
public static class PythonXGBoost
{
    private static readonly Lazy<string?> Missing = new(() =>
    {
        try
        {
            return Run("import xgboost") is null ? null : "/usr/bin/python3 has no xgboost";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "/usr/bin/python3 is missing";
        }
    });

    public static string? WhyMissing => Missing.Value;

    /// <summary>Runs a script; returns its error stream if it failed, else null.</summary>
    public static string? Run(string script, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("/usr/bin/python3", ["-c", script, .. arguments])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                Environment = { ["OMP_WAIT_POLICY"] = "passive", ["OMP_NUM_THREADS"] = "2" },
            }
        )!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        var code = process.End();
        Task.WhenAll(output, error).InTimeAsync().GetAwaiter().GetResult();
        return code == 0 ? null : error.Result;
    }
}

/// <summary>A test that compares with python3-xgboost; skipped if that is not installed.</summary>
public sealed class PythonXGBoostFactAttribute : FactAttribute
{
    public PythonXGBoostFactAttribute() => Skip = PythonXGBoost.WhyMissing;
}
