using System.Diagnostics;
using Amazon.Runtime;
using Plumbline.Aws.Client;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.SageMaker.Pipelines;

/// <summary>A local cloud in its own process that sends itself SIGKILL at a commit of the test's choice.</summary>
internal sealed class KilledCloudProcess : IAsyncDisposable
{
    private readonly Process process;

    private KilledCloudProcess(Process process, AwsConnection connection) =>
        (this.process, Connection) = (process, connection);

    public AwsConnection Connection { get; }

    public bool IsAlive => !process.HasExited;

    public static async Task<KilledCloudProcess> StartAsync(string dataFolder)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "KilledCloud.dll"), dataFolder]
        )
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        var line = await process.NextLineAsync();
        var words = line.ShouldNotBeNull("The killed cloud did not start.").Split(' ');
        return new KilledCloudProcess(
            process,
            new AwsConnection(LocalCloudIdentity.Region, new BasicAWSCredentials(words[1], words[2]), new Uri(words[0]))
            {
                MaxAttempts = 1,
            }
        );
    }

    /// <summary>Makes the cloud kill itself right after this many commits.</summary>
    public async Task LightAsync(int commits) => await SaysLitAsync(commits);

    /// <summary>Cancels the kill; false if a late commit of the cloud itself has already triggered it.</summary>
    public Task<bool> PutOutAsync() => SaysLitAsync(-1);

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

    public Task DeathAsync() => process.EndAsync();

    public async ValueTask DisposeAsync()
    {
        Connection.Dispose();
        if (IsAlive)
        {
            process.Kill();
            await process.EndAsync();
        }

        process.Dispose();
    }
}
