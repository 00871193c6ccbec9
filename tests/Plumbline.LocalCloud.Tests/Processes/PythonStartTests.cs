using Plumbline.LocalCloud.Processes;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Processes;

/// <summary>The address that botocore uses in a Python that the local cloud starts.</summary>
public sealed class PythonStartTests : IDisposable
{
    private const string Cloud = "http://127.0.0.1:4570";

    // The parts of botocore that the startup code reads: its function for a client, and its version.
    private const string Session = """
        class Session:
            def create_client(self, service_name, region_name=None, endpoint_url=None):
                return endpoint_url or f"https://{service_name}.amazonaws.com"
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [ProgramFact("python3")]
    public async Task A_botocore_that_is_too_old_for_the_variable_is_led_to_the_local_cloud()
    {
        (await ClientsAsync("1.29.27", "create('s3')")).ShouldBe(Cloud);
        (await ClientsAsync("1.29.27", "create('s3', endpoint_url='https://example.com')")).ShouldBe(
            "https://example.com"
        );
    }

    [ProgramFact("python3")]
    public async Task Only_the_address_of_STS_is_changed_in_a_botocore_that_knows_the_variable()
    {
        (await ClientsAsync("1.34.0", "create('sts', None, 'https://sts.us-east-1.amazonaws.com')")).ShouldBe(Cloud);
        (await ClientsAsync("1.34.0", "create('s3', endpoint_url='https://s3.amazonaws.com')")).ShouldBe(
            "https://s3.amazonaws.com"
        );
        (await ClientsAsync("1.34.0", "create('sts')")).ShouldBe("https://sts.amazonaws.com");
    }

    [ProgramFact("python3")]
    public async Task Another_sitecustomize_runs_as_before()
    {
        await File.WriteAllTextAsync(folder.At("sitecustomize.py"), "import builtins; builtins.marked = 'mine'");

        (await ClientsAsync("1.34.0", "marked")).ShouldBe("mine");
    }

    [PythonFact("boto3")]
    public async Task A_real_boto3_asks_the_local_cloud_who_it_is() =>
        (
            await PythonAsync(
                "import boto3; print(boto3.client('sts', 'us-east-1', endpoint_url='https://sts.us-east-1.amazonaws.com').meta.endpoint_url)"
            )
        ).ShouldBe(Cloud);

    private async Task<string> ClientsAsync(string version, string expression)
    {
        Directory.CreateDirectory(folder.At("botocore"));
        await File.WriteAllTextAsync(folder.At("botocore", "__init__.py"), $"__version__ = '{version}'");
        await File.WriteAllTextAsync(folder.At("botocore", "session.py"), Session);
        return await PythonAsync(
            $"import botocore.session; create = botocore.session.Session().create_client; print({expression})"
        );
    }

    private async Task<string> PythonAsync(string script)
    {
        var environment = PythonStart.In(
            new Dictionary<string, string>
            {
                ["AWS_ENDPOINT_URL"] = Cloud,
                ["PYTHONPATH"] = folder.Path,
                ["PYTHONDONTWRITEBYTECODE"] = "1",
            }
        );
        return (await Shell.RunAsync("python3", ["-c", script], environment)).Succeeded().Trim();
    }
}
