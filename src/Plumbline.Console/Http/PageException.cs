namespace Plumbline.WebConsole.Http;

/// <summary>A refusal that is shown as a page.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="title">The event, as a heading.</param>
/// <param name="message">The reason and what to do, in a sentence or two.</param>
internal sealed class PageException(int status, string title, string message) : Exception(message)
{
    public int Status => status;

    public string Title => title;

    /// <summary>A page for something that does not exist.</summary>
    public static PageException NotFound(string what) =>
        new(404, "Page not found", $"{what} does not exist. It may have been removed, or the address is mistyped.");
}
