using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.S3;

namespace Plumbline.LocalCloud.Services.S3.Objects;

/// <summary>Writes the keys of a list: unchanged, or percent-encoded, because XML cannot hold every key.</summary>
/// <param name="Encoded">True if the client asked for encoding-type=url.</param>
internal readonly record struct WrittenNames(bool Encoded)
{
    public static WrittenNames Of(string? encodingType) =>
        encodingType switch
        {
            null => new(false),
            EncodingType.Url => new(true),
            var other => throw S3Errors.InvalidArgument(
                "Invalid Encoding Method specified in Request",
                "encoding-type",
                other
            ),
        };

    public string? Write(string? name) =>
        Encoded && name is not null ? PercentEncoding.Encode(name, keepSlash: true) : name;
}
