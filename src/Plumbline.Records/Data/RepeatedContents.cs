using Plumbline.Records.Examples;

namespace Plumbline.Records.Data;

/// <summary>
/// Recognizes an object that a list names twice, as two manifests may do. Few contents occur at several places, so the table
/// is small.
/// </summary>
/// <param name="folder">The folder of the table's file.</param>
internal sealed class RepeatedContents(string folder) : IDisposable
{
    private readonly HashTable places = new(folder);

    /// <summary>True if an example before this one has the same object. To be asked once about each example.</summary>
    /// <param name="one">The example.</param>
    /// <param name="earlier">The first example with the same content; null if that is <paramref name="one"/>.</param>
    public bool Has(Example one, Example? earlier) =>
        earlier is not null
        && (PlaceOf(one) == PlaceOf(earlier) || !places.TryAdd(HashTable.KeyOfText(PlaceOf(one)), 0, out _));

    public void Dispose() => places.Dispose();

    /// <summary>The URI of an object in S3, or the key of a content in the loop's bucket.</summary>
    private static string PlaceOf(Example one) => one.SourceRef ?? one.Content.Key;
}
