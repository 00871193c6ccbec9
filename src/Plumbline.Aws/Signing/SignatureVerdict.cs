namespace Plumbline.Aws.Signing;

public enum SignatureVerdict
{
    Valid,

    /// <summary>The request is unsigned.</summary>
    Missing,

    /// <summary>The signature cannot be read, or a part is missing.</summary>
    Incomplete,

    /// <summary>The access key does not exist.</summary>
    UnknownKey,

    /// <summary>The session token does not belong to the key, or has expired.</summary>
    BadToken,

    /// <summary>The signature was made with another secret, or over another request.</summary>
    Mismatch,

    /// <summary>The hash of the body differs from the signed one.</summary>
    BodyMismatch,

    /// <summary>The request's time is more than 15 minutes from the server's.</summary>
    Skewed,

    /// <summary>The presigned request has expired.</summary>
    Expired,

    /// <summary>S3: the signature does not cover one of the x-amz headers.</summary>
    HeaderNotSigned,
}
