using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Client;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Formats;
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
        var cloud = CloudFile.Parse(File.ReadAllText(CloudFile.In(dataFolder)));
        keys = cloud.Keys;
        Connection = AwsConnection.To(cloud);
    }

    /// <summary>The processes of the cloud and its model servers.</summary>
    public ServerProcess Process { get; }

    /// <summary>A connection with the account's own keys.</summary>
    public AwsConnection Connection { get; }

    /// <summary>Starts a cloud with this content of images.json; it can write the names of its methods for perf.</summary>
    public static async Task<BenchCloud> StartAsync(
        string dataFolder,
        string images,
        CancellationToken cancel,
        bool forPerf = false
    )
    {
        Directory.CreateDirectory(dataFolder);
        await File.WriteAllTextAsync(Path.Combine(dataFolder, "images.json"), images, cancel);
        // The other settings are those that plumb is built with.
        Dictionary<string, string> settings = new() { ["DATA_FOLDER"] = dataFolder, ["DOTNET_TieredPGO"] = "0" };
        if (forPerf)
        {
            // Perf knows the names of methods that were compiled in the process, into memory that is not mapped twice.
            settings["DOTNET_PerfMapEnabled"] = "1";
            settings["DOTNET_ReadyToRun"] = "0";
            settings["DOTNET_EnableWriteXorExecute"] = "0";
        }

        var process = await ServerProcess.StartAsync(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "plumbline-bench.dll"), "cloud"],
            settings,
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

    /// <summary>Returns keys of a new role that may call any endpoint of the account, and nothing else.</summary>
    public async Task<SigningCredentials> CallerKeysAsync(CancellationToken cancel)
    {
        const string Trust = """
            {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"000000000000"},"Action":"sts:AssumeRole"}}
            """;
        const string Rights = """
            {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sagemaker:InvokeEndpoint",
             "Resource":"arn:aws:sagemaker:*:000000000000:endpoint/*"}}
            """;
        var iam = new IamClient(Connection);
        var role = new JsonObject { ["RoleName"] = "caller", ["AssumeRolePolicyDocument"] = Trust };
        await iam.CreateRoleAsync(role, cancel);
        var policy = new JsonObject
        {
            ["RoleName"] = "caller",
            ["PolicyName"] = "calls",
            ["PolicyDocument"] = Rights,
        };
        await iam.PutRolePolicyAsync(policy, cancel);
        var session = new JsonObject
        {
            ["RoleArn"] = "arn:aws:iam::000000000000:role/caller",
            ["RoleSessionName"] = "bench",
        };
        var taken = (await new StsClient(Connection).AssumeRoleAsync(session, cancel)).Credentials;
        return new(taken.AccessKeyId, taken.SecretAccessKey, taken.SessionToken);
    }

    /// <summary>
    /// InvokeEndpoint requests, signed now, with the account's own keys by default; a signature is valid for 15 minutes.
    /// </summary>
    public HttpLoad Invocations(int connections, string endpointName, string body, SigningCredentials? signer = null)
    {
        var headers = new HeaderDictionary { ["Host"] = Connection.Endpoint!.Authority, ["Content-Type"] = "text/csv" };
        var path = $"/endpoints/{endpointName}/invocations";
        var request = new WireRequest("POST", path, "", headers, Encoding.ASCII.GetBytes(body));
        new SigV4Signer(LocalCloudIdentity.Region, "sagemaker").Sign(
            request,
            signer ?? keys,
            TimeProvider.System.GetUtcNow()
        );
        return new HttpLoad(connections, path, headers, Encoding.ASCII.GetBytes(body));
    }

    public void Dispose()
    {
        Connection.Dispose();
        Process.Dispose();
    }
}
