namespace Plumbline.Serving;

/// <summary>A request that cannot be answered. The message becomes the body of the error answer.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="message">The row, counted from 1, and what is wrong with it.</param>
internal sealed class RequestError(int status, string message) : Exception(message)
{
    public int Status { get; } = status;

    public static RequestError BadRow(int row, string reason) => new(400, $"row {row}: {reason}");
}
