namespace Plumbline.Records;

/// <summary>Numbers of things in sentences.</summary>
public static class Plural
{
    /// <summary>The number and its noun, such as <c>1 line</c> or <c>2 lines</c>; the noun may go on, as in <c>1 line is</c>.</summary>
    public static string Of(long count, string one, string more) => $"{count} {(count == 1 ? one : more)}";
}
