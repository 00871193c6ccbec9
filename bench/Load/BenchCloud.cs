using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Client;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Signing;
using Plumbline.LocalCloud;

namespace Plumbline.Bench.Load;

/// <summary>A local cloud in its own process, so that its CPU time is separate from the load's.</summary>
internal sealed class BenchCloud : IDisposable
{
    private readonly SigningCredentials keys;

    private BenchCloud(ServerProcess process, string dataFolder)
    {
        Process = process;
        var cloud = JsonNode.Parse(File.ReadAllText(Path.Combine(dataFolder, "cloud.json")))!;
        keys = new((string)cloud["accessKeyId"]!, (string)cloud["secretAccessKey"]!);
        Connection = new AwsConnection(
            LocalCloudIdentity.Region,
            new BasicAWSCredentials(keys.AccessKeyId, keys.SecretAccessKey),
            new Uri($"http://127.0.0.1:{process.Port}")
        );
    }

    /// <summary>The processes of the cloud and its model servers.</summary>
    public ServerProcess Process { get; }

    /// <summary>A connection with the account's own keys.</summary>
    public AwsConnection Connection { get; }

    /// <summary>Starts a cloud with this content of images.json.</summary>
    public static async Task<BenchCloud> StartAsync(string dataFolder, string images, CancellationToken cancel)
    {
        Directory.CreateDirectory(dataFolder);
        await File.WriteAllTextAsync(Path.Combine(dataFolder, "images.json"), images, cancel);
        var process = await ServerProcess.StartAsync(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "plumbline-bench.dll"), "cloud"],
            // The other settings are those that plumb is built with.
            new() { ["DATA_FOLDER"] = dataFolder, ["DOTNET_TieredPGO"] = "0" },
            cancel
        );
        return new BenchCloud(process, dataFolder);
    }

    /// <summary>Runs inside the process.</summary>
    public static async Task RunAsync(CancellationToken cancel)
    {
        await using var host = await LocalCloudHost.StartAsync(
            new LocalCloudOptions
            {
                DataFolder = Environment.GetEnvironmentVariable("DATA_FOLDER")!,
                Port = int.Parse(
                    Environment.GetEnvironmentVariable("SAGEMAKER_BIND_TO_PORT")!,
                    CultureInfo.InvariantCulture
                ),
            },
            cancellationToken: cancel
        );
        await host.WaitForShutdownAsync(cancel);
    }

    /// <summary>InvokeEndpoint requests, signed now; a signature is valid for 15 minutes.</summary>
    public HttpLoad Invocations(int connections, string endpointName, string body)
    {
        var headers = new HeaderDictionary { ["Host"] = Connection.Endpoint!.Authority, ["Content-Type"] = "text/csv" };
        var path = $"/endpoints/{endpointName}/invocations";
        var request = new WireRequest("POST", path, "", headers, Encoding.ASCII.GetBytes(body));
        new SigV4Signer(LocalCloudIdentity.Region, "sagemaker").Sign(request, keys, TimeProvider.System.GetUtcNow());
        return new HttpLoad(connections, path, headers, body);
    }

    public void Dispose()
    {
        Connection.Dispose();
        Process.Dispose();
    }
}
