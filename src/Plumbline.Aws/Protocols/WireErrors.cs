using Plumbline.Aws.Errors;

namespace Plumbline.Aws.Protocols;

/// <summary>Errors for bytes that do not fit their shape.</summary>
internal static class WireErrors
{
    public const string SerializationCode = "SerializationException";

    public static AwsException Serialization(string message, Exception? cause = null) =>
        new(SerializationCode, 400, message, cause);

    public static AwsException MalformedXml(Exception? cause = null) =>
        new(
            "MalformedXML",
            400,
            "The XML you provided was not well-formed or did not validate against our published schema",
            cause
        );
}
