using System.Diagnostics;
using Plumbline.Aws.Client;
using Plumbline.Aws.Formats;
using Plumbline.Aws.Signing;

namespace Plumbline.Testing;

/// <summary>A local cloud in its own process, which a test can kill.</summary>
public sealed class ChildCloud : IDisposable
{
    /// <summary>The path of the program, whose argument is a data folder.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "Plumbline.LocalCloud.TestHost.dll");

    private readonly Process process;

    private ChildCloud(Process process, Uri endpoint, string dataFolder, bool isInside)
    {
        this.process = process;
        Endpoint = endpoint;

        // The data folder may be in a mount that only the child sees, so read it through /proc.
        var root = isInside ? $"/proc/{Innermost(process.Id)}/root" : "";
        Keys = CloudFile.Parse(File.ReadAllText(CloudFile.In(root + dataFolder))).Keys;
    }

    public Uri Endpoint { get; }

    /// <summary>The process of the cloud itself, not of the command that it runs under.</summary>
    public int ProcessId => Innermost(process.Id);

    public SigningCredentials Keys { get; }

    public bool HasEnded => process.HasExited;

    /// <summary>The process's resident memory now, in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Starts a cloud, under another command if one is given.</summary>
    public static async Task<ChildCloud> StartAsync(string dataFolder, params string[] under)
    {
        string[] command = [.. under, "dotnet", Program, dataFolder];
        var process = LastingThread.Start(
            new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true }
        );
        var address =
            await process.NextLineAsync() ?? throw new InvalidOperationException("The local cloud did not start.");
        return new ChildCloud(process, new Uri(address), dataFolder, under is ["bwrap", ..]);
    }

    /// <summary>Connects with the account's own keys, without retries.</summary>
    public AwsConnection Connect() =>
        new(
            "us-east-1",
            new Amazon.Runtime.BasicAWSCredentials(Keys.AccessKeyId, Keys.SecretAccessKey),
            Endpoint,
            new LoopbackOnly()
        )
        {
            MaxAttempts = 1,
        };

    /// <summary>Sends SIGTERM and waits for the process's end.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await kill.EndAsync();
        return await process.EndAsync();
    }

    /// <summary>Sends SIGKILL and waits for the process's end.</summary>
    public void Kill()
    {
        process.Kill();
        process.End();
    }

    public void Dispose()
    {
        Kill();
        process.Dispose();
    }

    private static int Innermost(int processId)
    {
        var children = File.ReadAllText($"/proc/{processId}/task/{processId}/children");
        return children.Split(' ')[0] is { Length: > 0 } child ? Innermost(int.Parse(child, null)) : processId;
    }
}
