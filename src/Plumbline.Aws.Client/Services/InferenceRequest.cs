using System.Text.Json.Nodes;

namespace Plumbline.Aws.Client.Services;

/// <param name="Body">The rows, at most 6,291,456 bytes.</param>
/// <param name="ContentType">Such as text/csv.</param>
public sealed record InferenceRequest(string EndpointName, ReadOnlyMemory<byte> Body, string ContentType)
{
    /// <summary>The Content-Type asked for in the answer.</summary>
    public string? Accept { get; init; }

    /// <summary>The caller's id of the request; ground truth refers to the answer by it.</summary>
    public string? InferenceId { get; init; }

    /// <summary>The variant to call; null lets the endpoint divide the traffic.</summary>
    public string? TargetVariant { get; init; }

    /// <summary>Text that is passed on to the model unchanged.</summary>
    public string? CustomAttributes { get; init; }

    internal JsonObject Members()
    {
        var members = new JsonObject { [nameof(EndpointName)] = EndpointName, [nameof(ContentType)] = ContentType };
        Add(nameof(Accept), Accept);
        Add(nameof(InferenceId), InferenceId);
        Add(nameof(TargetVariant), TargetVariant);
        Add(nameof(CustomAttributes), CustomAttributes);
        return members;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                members[name] = value;
            }
        }
    }
}
