using System.Text.Json;
using System.Text.Json.Serialization;
using Plumbline.Aws.Signing;

namespace Plumbline.Aws.Formats;

/// <summary>
/// The content of <c>cloud.json</c>, which a local cloud writes into its data folder when it starts to answer.
/// </summary>
/// <param name="Endpoint">The cloud's address, without a path.</param>
/// <param name="Region">The region of all its resources.</param>
/// <param name="AccessKeyId">The public part of the account's own keys.</param>
/// <param name="SecretAccessKey">The secret part of these keys.</param>
/// <param name="ProcessId">The cloud's process; 0 if the file does not say.</param>
public sealed record CloudFile(
    Uri Endpoint,
    string Region,
    string AccessKeyId,
    string SecretAccessKey,
    int ProcessId = 0
)
{
    /// <summary>The file's name in the data folder.</summary>
    public const string Name = "cloud.json";

    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web)
    {
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
        WriteIndented = true,
    };

    /// <summary>The account's own keys, which may call every operation.</summary>
    [JsonIgnore]
    public SigningCredentials Keys => new(AccessKeyId, SecretAccessKey);

    /// <summary>The path of the file in a data folder.</summary>
    public static string In(string dataFolder) => Path.Combine(dataFolder, Name);

    /// <exception cref="JsonException">The text is not JSON, or a member is missing.</exception>
    public static CloudFile Parse(string text) =>
        JsonSerializer.Deserialize<CloudFile>(text, Written)
        ?? throw new JsonException("The file contains null: write an object with the cloud's address and keys.");

    public string ToJson() => JsonSerializer.Serialize(this, Written);
}
