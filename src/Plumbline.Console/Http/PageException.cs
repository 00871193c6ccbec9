namespace Plumbline.WebConsole.Http;

/// <summary>A refusal that becomes a page.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="title">What happened, as a heading.</param>
/// <param name="message">Why, and what to do, in a sentence or two.</param>
internal sealed class PageException(int status, string title, string message) : Exception(message)
{
    public int Status => status;

    public string Title => title;

    /// <summary>Where nothing is to be found.</summary>
    public static PageException NotFound(string what) =>
        new(
            404,
            "There is no such page",
            $"{what} is not there. It may have been removed, or the address is mistyped."
        );
}
