using System.Text;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Tests.Fuzzing;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Gateway;

/// <summary>
/// botocore keeps the status of an answer that came without a 100 Continue, and uses it for the connection's next
/// request. If a kill cuts off that request, botocore takes it for done. The server must not leave such a status.
/// </summary>
[Collection("processes")]
[Trait(Nightly.Part, "kills")]
public sealed class KilledUnderBoto3Tests
{
    private static readonly int Rounds = Nightly.Or(1, 3);
    private const int Puts = 100;

    [PythonFact("boto3")]
    public async Task A_put_that_boto3_takes_for_done_is_there_after_a_kill()
    {
        using var folder = new TemporaryFolder();
        for (var round = 0; round < Rounds; round++)
        {
            var notes = folder.At($"notes-{round}");
            using (var cloud = await ChildCloud.StartAsync(folder.At("data")))
            {
                await StatusAsync(cloud, "PUT", $"/killed-{round}");
                var script = Repository.Path("tests", "Plumbline.LocalCloud.Tests", "Gateway", "boto3_killed.py");
                var running = Shell.RunAsync("python3", [script, $"killed-{round}", notes], cloud.Cloud.Environment());
                await Eventually.Async(() => File.Exists(notes) && File.ReadLines(notes).Count() > Puts);
                cloud.Kill();
                (await running.InTimeAsync()).Succeeded().Trim().ShouldBe("done");
            }

            using var again = await ChildCloud.StartAsync(folder.At("data"));
            foreach (var line in await File.ReadAllLinesAsync(notes))
            {
                line.ShouldEndWith("\"", Case.Sensitive, "boto3 took a cut-off request for done");
                (await StatusAsync(again, "HEAD", $"/killed-{round}/{line.Split(' ')[0]}")).ShouldBe(200, line);
            }
        }
    }

    private static async Task<int> StatusAsync(ChildCloud cloud, string method, string path)
    {
        var wire = new WireRequest(method, path, "", new HeaderDictionary(), Encoding.ASCII.GetBytes(""));
        var request = new FuzzedRequest(ServiceModel.For("s3"), method, wire);
        return (await new RequestSender(cloud.Endpoint, cloud.Keys).SendAsync(request))!.Value.Status;
    }
}
