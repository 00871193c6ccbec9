namespace Plumbline.Records;

public static class Plural
{
    /// <summary>
    /// Returns the number and its noun, such as <c>1 line</c> or <c>2 lines</c>; the noun may include more words, as in
    /// <c>1 line is</c>.
    /// </summary>
    public static string Of(long count, string one, string more) => $"{count} {(count == 1 ? one : more)}";
}
