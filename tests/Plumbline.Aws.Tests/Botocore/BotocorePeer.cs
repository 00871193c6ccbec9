using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Models;
using Plumbline.Testing;

namespace Plumbline.Aws.Tests.Botocore;

/// <summary>A python3 that answers with botocore's reading of each message.</summary>
internal sealed class BotocorePeer : IDisposable
{
    private readonly Process process;

    public BotocorePeer()
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Botocore", "botocore_peer.py");
        process = Process.Start(
            new ProcessStartInfo("python3", [script])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                StandardInputEncoding = new UTF8Encoding(false),
                StandardOutputEncoding = Encoding.UTF8,
            }
        )!;
    }

    /// <summary>botocore's name of a service. Our name for CloudWatch is monitoring, like its endpoint.</summary>
    public static string Name(ServiceModel model) => model.Id == "monitoring" ? "cloudwatch" : model.Id;

    public async Task<JsonObject> AskAsync(JsonObject question)
    {
        await process.StandardInput.WriteLineAsync(question.ToJsonString());
        await process.StandardInput.FlushAsync();
        var answer =
            await process.NextLineAsync()
            ?? throw new InvalidOperationException($"botocore failed on {question.ToJsonString()}");
        return JsonNode.Parse(answer)!.AsObject();
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.End();
        process.Dispose();
    }
}
