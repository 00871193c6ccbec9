using System.Diagnostics;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.SageMaker.Pipelines;

/// <summary>A test that needs python3 with boto3; skipped if they are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class Boto3FactAttribute : FactAttribute
{
    private static readonly Lazy<bool> IsThere = new(Probe);

    public Boto3FactAttribute()
    {
        if (!IsThere.Value)
        {
            Skip = "python3 with boto3 is not on this machine.";
        }
    }

    private static bool Probe()
    {
        try
        {
            using var python = Process.Start(
                new ProcessStartInfo("python3", ["-c", "import boto3"]) { RedirectStandardError = true }
            );
            return python!.End() == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
