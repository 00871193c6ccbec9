using System.Text.Json;
using System.Text.Json.Serialization;
using Plumbline.Aws.Client;
using Plumbline.Aws.Signing;
using Plumbline.Records;

namespace Plumbline.Cli.Homes;

/// <summary>cloud.json, which <c>plumb up</c> writes into its data folder: its address and the root's keys.</summary>
internal sealed record CloudFile(Uri Endpoint, string Region, string AccessKeyId, string SecretAccessKey)
{
    private static readonly JsonSerializerOptions CamelCase = new(JsonSerializerDefaults.Web)
    {
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    };

    public AwsConnection Connect() =>
        AwsConnection.WithKeys(Region, new SigningCredentials(AccessKeyId, SecretAccessKey), Endpoint);

    /// <exception cref="UserError">No local cloud has run in this folder.</exception>
    public static CloudFile Read(DirectoryInfo folder)
    {
        var path = Path.Combine(folder.FullName, "cloud.json");
        try
        {
            return JsonSerializer.Deserialize<CloudFile>(File.ReadAllText(path), CamelCase)!;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserError(
                path,
                "no local cloud has run with this data folder: start one with `plumb up`, or name its folder with --data"
            );
        }
        catch (JsonException exception)
        {
            throw new UserError(path, $"is invalid ({exception.Message}): restart `plumb up`, which writes it again");
        }
    }
}
