using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Gateway;

/// <summary>AWS's own unmodified programs.</summary>
[Collection("processes")]
public sealed class ForeignClientTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    [PythonFact("boto3")]
    public async Task Boto3_goes_on_after_refusals_makes_addresses_and_is_told_what_is_missing()
    {
        var script = Repository.Path("tests", "Plumbline.LocalCloud.Tests", "Gateway", "boto3_gateway.py");
        var result = await Shell.RunAsync("python3", [script, "boto3-gateway"], cloud.Environment);
        result.Succeeded().Trim().ShouldBe("done");
    }
}
