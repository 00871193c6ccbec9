namespace Plumbline.Aws.Signing;

/// <summary>The result of checking a signature.</summary>
public enum SignatureVerdict
{
    /// <summary>It is right.</summary>
    Valid,

    /// <summary>The request carries none.</summary>
    Missing,

    /// <summary>It cannot be read, or lacks a part.</summary>
    Incomplete,

    /// <summary>Nobody has this access key.</summary>
    UnknownKey,

    /// <summary>The session token is not the key's, or has run out.</summary>
    BadToken,

    /// <summary>It was made with another secret, or over another request.</summary>
    Mismatch,

    /// <summary>The body is not the one whose hash was signed.</summary>
    BodyMismatch,

    /// <summary>The request's time is more than 15 minutes from the server's.</summary>
    Skewed,

    /// <summary>The presigned request has run out.</summary>
    Expired,

    /// <summary>S3: an x-amz header is not among the signed ones.</summary>
    HeaderNotSigned,
}
