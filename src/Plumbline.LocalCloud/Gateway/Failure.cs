using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Errors;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Gateway;

/// <summary>Maps exceptions to the errors that clients get.</summary>
internal static class Failure
{
    private const int DiskFull = 13;
    private const int NoSpaceLeft = 28;
    private const int DatabaseReadOnly = 8;
    private const int ReadOnlyFileSystem = 30;

    /// <summary>Returns the AWS error for an exception; an AwsException is returned unchanged.</summary>
    public static AwsException Of(Exception exception) =>
        exception switch
        {
            AwsException known => known,
            BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => new AwsException(
                "RequestTimeout",
                400,
                "Your socket connection to the server was not read from or written to within the timeout period. Idle connections will be closed.",
                exception
            ),
            BadHttpRequestException bad => new AwsException("InvalidRequest", bad.StatusCode, bad.Message, bad),
            // S3's own words, whichever service read the object.
            DamagedObjectException => new AwsException(
                "InternalError",
                500,
                "We encountered an internal error. Please try again.",
                exception
            ),
            SqliteException { SqliteErrorCode: DiskFull } => Full(exception),
            IOException { HResult: NoSpaceLeft } => Full(exception),
            SqliteException { SqliteErrorCode: DatabaseReadOnly } => ReadOnly(exception),
            IOException { HResult: ReadOnlyFileSystem } => ReadOnly(exception),
            DatabaseBusyException => new AwsException("ServiceUnavailable", 503, exception.Message, exception),
            UnreadableItemException => new AwsException("InternalFailure", 500, exception.Message, exception),
            _ => new AwsException("InternalFailure", 500, "The local cloud failed; its log says why.", exception),
        };

    private static AwsException Full(Exception exception) =>
        new("ServiceUnavailable", 503, "The disk that holds the local cloud's data folder is full.", exception);

    private static AwsException ReadOnly(Exception exception) =>
        new("ServiceUnavailable", 503, "The local cloud's data folder is read-only.", exception);
}
