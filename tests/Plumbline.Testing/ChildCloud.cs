using System.Diagnostics;
using Plumbline.Aws.Client;
using Plumbline.Aws.Formats;
using Plumbline.Aws.Signing;
using Shouldly;

namespace Plumbline.Testing;

/// <summary>A local cloud in its own process, which a test can kill, or which kills itself at a commit.</summary>
public sealed class ChildCloud : IDisposable
{
    /// <summary>The path of the program, whose argument is a data folder.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "Plumbline.LocalCloud.TestHost.dll");

    private readonly Process process;
    private AwsConnection? connection;

    private ChildCloud(Process process, string dataFolder, bool isInside)
    {
        this.process = process;

        // The data folder may be in a mount that only the child sees, so read it through /proc.
        var root = isInside ? $"/proc/{Innermost(process.Id)}/root" : "";
        Cloud = CloudClients.Read(root + dataFolder);
    }

    /// <summary>The address and the keys.</summary>
    public CloudFile Cloud { get; }

    public Uri Endpoint => Cloud.Endpoint;

    /// <summary>The process of the cloud itself, not of the command that it runs under.</summary>
    public int ProcessId => Innermost(process.Id);

    public SigningCredentials Keys => Cloud.Keys;

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
    public static Task<ChildCloud> StartAsync(string dataFolder, params string[] under) =>
        StartAsync([.. under, "dotnet", Program, dataFolder], dataFolder, under is ["bwrap", ..]);

    /// <summary>Starts a cloud that can kill itself at a commit; see <see cref="LightAsync"/>.</summary>
    public static Task<ChildCloud> WithFuseAsync(string dataFolder) =>
        StartAsync(["dotnet", Program, dataFolder, "fuse"], dataFolder, isInside: false);

    /// <summary>A connection with the account's own keys, without retries, which is closed with the cloud.</summary>
    public AwsConnection Connection => connection ??= Connect();

    /// <summary>Connects with the account's own keys, without retries.</summary>
    public AwsConnection Connect() =>
        new(
            Cloud.Region,
            new Amazon.Runtime.BasicAWSCredentials(Keys.AccessKeyId, Keys.SecretAccessKey),
            Endpoint,
            new LoopbackOnly()
        )
        {
            MaxAttempts = 1,
        };

    /// <summary>Makes the cloud kill itself right after this many commits.</summary>
    public Task LightAsync(int commits) => SaysLitAsync(commits);

    /// <summary>Cancels the kill; false if a late commit of the cloud itself has already triggered it.</summary>
    public Task<bool> PutOutAsync() => SaysLitAsync(-1);

    /// <summary>Waits until the cloud has killed itself.</summary>
    public Task DeathAsync() => process.EndAsync();

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
        connection?.Dispose();
        Kill();
        process.Dispose();
    }

    private static async Task<ChildCloud> StartAsync(string[] command, string dataFolder, bool isInside)
    {
        var process = LastingThread.Start(
            new ProcessStartInfo(command[0], command[1..])
            {
                RedirectStandardInput = command[^1] == "fuse",
                RedirectStandardOutput = true,
            }
        );
        _ = await process.NextLineAsync() ?? throw new InvalidOperationException("The local cloud did not start.");
        return new ChildCloud(process, dataFolder, isInside);
    }

    private async Task<bool> SaysLitAsync(int commits)
    {
        try
        {
            await process.StandardInput.WriteLineAsync($"{commits}");
        }
        catch (IOException)
        {
            return false;
        }

        // A commit of the cloud itself may be the last one, before the answer.
        var answer = await process.NextLineAsync();
        (answer ?? "lit").ShouldBe("lit");
        return answer is not null;
    }

    private static int Innermost(int processId)
    {
        var children = File.ReadAllText($"/proc/{processId}/task/{processId}/children");
        return children.Split(' ')[0] is { Length: > 0 } child ? Innermost(int.Parse(child, null)) : processId;
    }
}
