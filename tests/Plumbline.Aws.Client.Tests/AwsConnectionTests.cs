using System.Net;
using System.Text;
using Plumbline.Aws.Client;
using Plumbline.Aws.Models;

namespace Plumbline.Aws.Client.Tests;

/// <summary>Reads the environment; no other test of this project does.</summary>
public sealed class AwsConnectionTests : IDisposable
{
    private static readonly string[] Names =
    [
        "AWS_ENDPOINT_URL",
        "AWS_ENDPOINT_URL_CLOUDFORMATION",
        "AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME",
        "AWS_REGION",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN",
        "AWS_EC2_METADATA_DISABLED",
        "AWS_CONFIG_FILE",
        "AWS_SHARED_CREDENTIALS_FILE",
    ];

    private readonly Dictionary<string, string?> before = Names.ToDictionary(
        name => name,
        Environment.GetEnvironmentVariable
    );

    public AwsConnectionTests()
    {
        Array.ForEach(Names, name => Environment.SetEnvironmentVariable(name, null));
        Environment.SetEnvironmentVariable("AWS_EC2_METADATA_DISABLED", "true");
        Environment.SetEnvironmentVariable("AWS_CONFIG_FILE", "/nowhere/config");
        Environment.SetEnvironmentVariable("AWS_SHARED_CREDENTIALS_FILE", "/nowhere/credentials");
        Environment.SetEnvironmentVariable("AWS_REGION", "eu-central-1");
    }

    public void Dispose()
    {
        foreach (var (name, value) in before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    [Fact]
    public async Task Keys_region_and_endpoint_come_from_variables()
    {
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL", "http://127.0.0.1:4570");
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "AKIDVARIABLE");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "secret");
        using var connection = AwsConnection.FromEnvironment();
        connection.Region.ShouldBe("eu-central-1");
        connection.EndpointOf(ServiceModel.For("sagemaker")).ShouldBe(new Uri("http://127.0.0.1:4570"));
        (await connection.Credentials.GetCredentialsAsync()).AccessKey.ShouldBe("AKIDVARIABLE");
    }

    [Fact]
    public void A_service_with_a_variable_of_its_own_is_there_and_the_others_where_they_were()
    {
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL", "http://127.0.0.1:4570");
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_CLOUDFORMATION", "http://127.0.0.1:1");
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME", "http://127.0.0.1:2");
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "AKIDVARIABLE");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "secret");
        using var connection = AwsConnection.FromEnvironment();
        connection.EndpointOf(ServiceModel.For("cloudformation")).ShouldBe(new Uri("http://127.0.0.1:1"));
        connection.EndpointOf(ServiceModel.For("sagemaker-runtime")).ShouldBe(new Uri("http://127.0.0.1:2"));
        connection.EndpointOf(ServiceModel.For("sagemaker")).ShouldBe(new Uri("http://127.0.0.1:4570"));
    }

    [Fact]
    public async Task Keys_of_a_container_come_over_HTTP()
    {
        using var listener = new HttpListener();
        var port = FreePort();
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        var served = AnswerOnceAsync(listener);
        Environment.SetEnvironmentVariable("AWS_CONTAINER_CREDENTIALS_FULL_URI", $"http://127.0.0.1:{port}/role");
        Environment.SetEnvironmentVariable("AWS_CONTAINER_AUTHORIZATION_TOKEN", "let-me-in");
        using var connection = AwsConnection.FromEnvironment();
        var keys = await connection.Credentials.GetCredentialsAsync();
        (keys.AccessKey, keys.Token).ShouldBe(("ASIACONTAINER", "token"));
        (await served).ShouldBe("let-me-in");
    }

    [Fact]
    public void Without_an_endpoint_it_is_AWS()
    {
        using var connection = AwsConnection.WithKeys("eu-central-1", new("a", "b"));
        Address("sagemaker").ShouldBe("https://api.sagemaker.eu-central-1.amazonaws.com/");
        Address("sagemaker-runtime").ShouldBe("https://runtime.sagemaker.eu-central-1.amazonaws.com/");
        Address("iam").ShouldBe("https://iam.amazonaws.com/");

        string Address(string id) => connection.EndpointOf(ServiceModel.For(id)).ToString();
    }

    private static async Task<string?> AnswerOnceAsync(HttpListener listener)
    {
        var context = await listener.GetContextAsync();
        var expires = DateTime.UtcNow.AddHours(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null);
        var body = Encoding.UTF8.GetBytes(
            $$"""{"AccessKeyId":"ASIACONTAINER","SecretAccessKey":"s","Token":"token","Expiration":"{{expires}}"}"""
        );
        await context.Response.OutputStream.WriteAsync(body);
        context.Response.Close();
        return context.Request.Headers["Authorization"];
    }

    private static int FreePort()
    {
        using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
