using System.Diagnostics;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.OnAws.Images;

/// <summary>
/// A theory that needs Docker or Podman, and the registry of the base images; skipped with the reason.
/// </summary>
public sealed class ContainerToolTheoryAttribute : TheoryAttribute
{
    private static readonly Lazy<(string? Tool, string? Reason)> Found = new(Find);

    public ContainerToolTheoryAttribute() => Skip = Found.Value.Reason;

    /// <summary>Docker or Podman; null if neither is usable.</summary>
    public static string? Tool => Found.Value.Tool;

    private static (string? Tool, string? Reason) Find()
    {
        var reason = "Neither docker nor podman is on PATH.";
        foreach (var tool in ((string[])["docker", "podman"]).Where(name => Programs.Find(name) is not null))
        {
            if (!Succeeds(tool, "info"))
            {
                reason = $"{tool} is on PATH, and its daemon does not answer.";
            }
            else if (!Succeeds(tool, "manifest", "inspect", "mcr.microsoft.com/dotnet/aspnet:10.0"))
            {
                reason = $"{tool} does not reach mcr.microsoft.com.";
            }
            else
            {
                return (tool, null);
            }
        }

        return (null, reason);
    }

    private static bool Succeeds(string tool, params string[] arguments)
    {
        var start = new ProcessStartInfo(tool, arguments)
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
