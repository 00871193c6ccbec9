namespace Plumbline.Serving;

/// <summary>A request that cannot be answered; the message is the answer's body.</summary>
/// <param name="status">HTTP status, 4xx.</param>
/// <param name="message">The row, counted from 1, and what is wrong with it.</param>
internal sealed class RequestError(int status, string message) : Exception(message)
{
    public int Status { get; } = status;

    public static RequestError BadRow(int row, string reason) => new(400, $"row {row}: {reason}");
}
