using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Models;

namespace Plumbline.LocalCloud.Gateway;

/// <summary>One operation asked for, decoded and validated, whether it came over the wire or from inside.</summary>
/// <param name="Service">The service's model.</param>
/// <param name="Operation">The operation's model.</param>
/// <param name="Input">The operation's input in AWS's member names; blobs base64, times epoch seconds.</param>
/// <param name="Caller">Who asks.</param>
/// <param name="RequestId">Goes into the answer and the log.</param>
/// <param name="Aborted">Ends when the client went away: it may end reads, never a write in progress.</param>
public sealed record AwsCall(
    ServiceModel Service,
    Operation Operation,
    JsonObject Input,
    Caller Caller,
    string RequestId,
    CancellationToken Aborted
)
{
    /// <summary>The streaming member of the input (an object's bytes), already freed of aws-chunked; null where there is none.</summary>
    public Stream? Body { get; init; }

    /// <summary>Bytes in <see cref="Body"/>, where the client said.</summary>
    public long? BodyLength { get; init; }

    /// <summary>The request's headers, for the few operations whose meaning is in headers outside the model.</summary>
    public Func<string, string?> Header { get; init; } = _ => null;

    /// <summary>The headers that follow <see cref="Body"/>, such as its checksum; there once it has been read to its end.</summary>
    public Func<string, string?> Trailer { get; init; } = _ => null;
}

/// <summary>What an operation answers.</summary>
/// <param name="Output">The output in AWS's member names, without its streaming member.</param>
public sealed record AwsReply(JsonObject Output)
{
    /// <summary>Writes the streaming member of the output; null where there is none.</summary>
    public Func<Stream, CancellationToken, Task>? WriteBodyAsync { get; init; }

    /// <summary>Bytes that <see cref="WriteBodyAsync"/> writes.</summary>
    public long? BodyLength { get; init; }

    /// <summary>The HTTP status where it is not the model's (206, 304).</summary>
    public int? Status { get; init; }
}

/// <summary>Who makes a call.</summary>
/// <param name="Arn">The principal, such as <c>arn:aws:sts::000000000000:assumed-role/digits-job/…</c>.</param>
/// <param name="UserId">AWS's unique id of the principal.</param>
public sealed record Caller(string Arn, string UserId)
{
    private static readonly string SessionPrefix = $"arn:aws:sts::{LocalCloudIdentity.Account}:assumed-role/";

    /// <summary>The name of the role whose session it is; null for the account itself.</summary>
    public string? RoleName =>
        Arn.StartsWith(SessionPrefix, StringComparison.Ordinal) ? Arn[SessionPrefix.Length..].Split('/')[0] : null;

    /// <summary>The account itself: who owns the first key pair, and what the local cloud does of its own accord.</summary>
    public static Caller Root { get; } =
        new($"arn:aws:iam::{LocalCloudIdentity.Account}:root", LocalCloudIdentity.Account);

    /// <summary>A session of a role.</summary>
    /// <param name="roleArn">The role's ARN.</param>
    /// <param name="sessionName">Tells sessions apart.</param>
    public static Caller OfRole(string roleArn, string sessionName)
    {
        var role = roleArn[(roleArn.LastIndexOf('/') + 1)..];
        return new Caller($"{SessionPrefix}{role}/{sessionName}", $"{RoleId(role)}:{sessionName}");
    }

    /// <summary>AWS's unique id of a role; here it follows from the name, so that everybody knows it without asking.</summary>
    public static string RoleId(string role) =>
        "AROA" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(role)))[..17];
}
