using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Tests.CodeBuild;
using Plumbline.LocalCloud.Tests.SageMaker.Jobs;

namespace Plumbline.LocalCloud.Tests.Processes;

[Collection("processes")]
public sealed class InternetTests
{
    /// <summary>Calls the gateway; succeeds only in this machine's network.</summary>
    private static readonly string Script =
        "python3 -c 'import os, http.client as h; c = h.HTTPConnection(os.environ[\"AWS_ENDPOINT_URL\"][7:]); c.request(\"GET\", \"/\"); c.getresponse()' 2>&- || exit 5; "
        + $"[ $(readlink /proc/self/ns/net) = {new FileInfo("/proc/self/ns/net").LinkTarget} ] || exit 6";

    [Theory]
    [InlineData(Internet.Nobody, false, false)]
    [InlineData(Internet.Builds, false, true)]
    [InlineData(Internet.Everyone, true, true)]
    public async Task The_setting_says_who_reaches_more_than_the_gateway(Internet internet, bool jobs, bool builds)
    {
        var cloud = new JobCloud { Internet = internet };
        await cloud.InitializeAsync();
        try
        {
            var job = await cloud.TrainAsync(JobCloud.Training("reaching", Script));
            var isolated = await cloud.TrainAsync(
                JobCloud.Training("isolated", Script, one => one["EnableNetworkIsolation"] = true)
            );
            var build = await cloud.BuildAsync(Script);

            job.Text("FailureReason").ShouldBe(jobs ? null : Exit(6));
            isolated.Text("FailureReason").ShouldBe(Exit(5));
            build["phases"]!.ToJsonString().Contains("status 6", StringComparison.Ordinal).ShouldBe(!builds);
            build.Text("buildStatus").ShouldBe(builds ? "SUCCEEDED" : "FAILED");
        }
        finally
        {
            await cloud.DisposeAsync();
        }
    }

    private static string Exit(int code) => $"AlgorithmError: , exit code: {code}";
}
