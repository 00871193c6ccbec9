namespace Plumbline.Records.GroundTruth;

/// <summary>The author of delivered truths.</summary>
/// <param name="Uri">The URI of the object of ground truth.</param>
/// <param name="Who">The person or program that delivered it, if known.</param>
/// <param name="Reason">The reason, if given.</param>
public sealed record DeliveryAuthor(string Uri, string? Who, string? Reason)
{
    /// <summary>See <see cref="Correction.Reviewer"/>: the URI, and after a space who delivered the object.</summary>
    public string Reviewer => Who is null ? Uri : $"{Uri} {Who.Replace(' ', ',')}";

    /// <param name="uri">The object's URI.</param>
    /// <param name="metadata">The object's metadata; see <see cref="TruthDelivery.Metadata"/>.</param>
    public static DeliveryAuthor Of(string uri, IReadOnlyDictionary<string, string> metadata) =>
        new(uri, Text(metadata, TruthDelivery.Who), Text(metadata, TruthDelivery.Reason));

    private static string? Text(IReadOnlyDictionary<string, string> metadata, string name) =>
        metadata.TryGetValue(name, out var value) && value.Length > 0 ? System.Uri.UnescapeDataString(value) : null;
}
