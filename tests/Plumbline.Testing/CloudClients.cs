using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Client;
using Plumbline.Aws.Formats;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Signing;

namespace Plumbline.Testing;

/// <summary>How clients reach a local cloud, in whichever way it was started.</summary>
public static class CloudClients
{
    /// <summary>Reads the address and the keys from a cloud's data folder.</summary>
    public static CloudFile Read(string dataFolder) => CloudFile.Parse(File.ReadAllText(CloudFile.In(dataFolder)));

    /// <summary>A connection with the cloud's keys, which refuses addresses other than loopback.</summary>
    public static AwsConnection Connect(this CloudFile cloud) => AwsConnection.To(cloud, new LoopbackOnly());

    /// <summary>The environment for AWS clients, as <c>plumb env</c> prints it.</summary>
    public static Dictionary<string, string> Environment(this CloudFile cloud) =>
        new()
        {
            ["AWS_ENDPOINT_URL"] = cloud.Endpoint.GetLeftPart(UriPartial.Authority),
            ["AWS_ACCESS_KEY_ID"] = cloud.AccessKeyId,
            ["AWS_SECRET_ACCESS_KEY"] = cloud.SecretAccessKey,
            ["AWS_DEFAULT_REGION"] = cloud.Region,
            ["AWS_REGION"] = cloud.Region,
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["AWS_CONFIG_FILE"] = "/dev/null",
            ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
            ["AWS_PAGER"] = "",
        };

    /// <summary>Moves the simulated time forward of a cloud with a movable clock.</summary>
    public static async Task AdvanceAsync(this CloudFile cloud, TimeSpan step)
    {
        const string path = "/_plumbline/clock";
        var seconds = step.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        var body = Encoding.UTF8.GetBytes($"{{\"advanceSeconds\":{seconds}}}");
        var headers = new HeaderDictionary { ["Host"] = cloud.Endpoint.Authority };
        var wire = new WireRequest("POST", path, "", headers, body);
        new SigV4Signer(cloud.Region, "plumbline").Sign(wire, cloud.Keys, TimeProvider.System.GetUtcNow());
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(cloud.Endpoint, path));
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in headers.Where(header => header.Key != "Host"))
        {
            request.Headers.TryAddWithoutValidation(name, value.ToString());
        }

        using var http = new HttpClient(new LoopbackOnly());
        using var answer = await http.SendAsync(request);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
        }
    }
}
