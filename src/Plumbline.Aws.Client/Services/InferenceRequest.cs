using System.Text.Json.Nodes;

namespace Plumbline.Aws.Client.Services;

/// <summary>What an endpoint is asked.</summary>
/// <param name="EndpointName">The endpoint.</param>
/// <param name="Body">The rows, at most 6,291,456 bytes.</param>
/// <param name="ContentType">Such as text/csv.</param>
public sealed record InferenceRequest(string EndpointName, ReadOnlyMemory<byte> Body, string ContentType)
{
    /// <summary>The format that is wanted back.</summary>
    public string? Accept { get; init; }

    /// <summary>The caller's key for the answer, by which ground truth finds it.</summary>
    public string? InferenceId { get; init; }

    /// <summary>One variant instead of a share of traffic.</summary>
    public string? TargetVariant { get; init; }

    /// <summary>Text that passes through to the model.</summary>
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
