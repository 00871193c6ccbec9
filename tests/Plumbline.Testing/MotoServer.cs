using System.Diagnostics;
using System.Text.RegularExpressions;
using Plumbline.Aws.Client;
using Plumbline.Aws.Signing;

namespace Plumbline.Testing;

/// <summary>
/// moto's server: an independent implementation of AWS's services, which checks little and runs nothing.
/// </summary>
public sealed partial class MotoServer : IAsyncDisposable
{
    private static readonly SigningCredentials Keys = new("AKIAIOSFODNN7EXAMPLE", "secret");

    private readonly Process process;
    private readonly List<string> said;

    private MotoServer(Process process, Uri endpoint, List<string> said) =>
        (this.process, Endpoint, this.said) = (process, endpoint, said);

    public Uri Endpoint { get; }

    /// <summary>The environment for AWS's clients.</summary>
    public Dictionary<string, string> Environment =>
        new()
        {
            ["AWS_ENDPOINT_URL"] = Endpoint.ToString(),
            ["AWS_ACCESS_KEY_ID"] = Keys.AccessKeyId,
            ["AWS_SECRET_ACCESS_KEY"] = Keys.SecretAccessKey,
            ["AWS_REGION"] = "us-east-1",
            ["AWS_DEFAULT_REGION"] = "us-east-1",
        };

    /// <summary>The template's resource types that moto does not make, according to its output.</summary>
    public IReadOnlyList<string> Unsupported
    {
        get
        {
            lock (said)
            {
                return
                [
                    .. said.Select(line => MissingType().Match(line))
                        .Where(match => match.Success)
                        .Select(match => match.Groups["type"].Value)
                        .Distinct()
                        .Order(StringComparer.Ordinal),
                ];
            }
        }
    }

    public static async Task<MotoServer> StartAsync()
    {
        var start = new ProcessStartInfo("moto_server", ["-p", "0"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        // Its own calls must not leave the machine.
        start.Environment["no_proxy"] = "*";
        start.Environment["PYTHONUNBUFFERED"] = "1";
        var process = Process.Start(start)!;
        var said = new List<string>();
        var ready = new TaskCompletionSource<Uri>();
        void Hear(object _, DataReceivedEventArgs line)
        {
            if (line.Data is null)
                return;
            lock (said)
                said.Add(line.Data);
            if (Address().Match(line.Data) is { Success: true } match)
                ready.TrySetResult(new Uri(match.Value));
        }
        process.OutputDataReceived += Hear;
        process.ErrorDataReceived += Hear;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var endpoint = await ready.Task.InTimeAsync(null, "the address of moto_server");
        return new MotoServer(process, endpoint, said);
    }

    public AwsConnection Connect(DelegatingHandler? hook = null) =>
        AwsConnection.WithKeys("us-east-1", Keys, Endpoint, hook);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.EndAsync();
        process.Dispose();
    }

    [GeneratedRegex("http://127\\.0\\.0\\.1:[0-9]+")]
    private static partial Regex Address();

    [GeneratedRegex("No Moto CloudFormation support for (?<type>[A-Za-z0-9:]+)")]
    private static partial Regex MissingType();
}
