using System.Diagnostics.CodeAnalysis;

namespace Plumbline.Aws.Arns;

/// <summary>An Amazon resource name: <c>arn:partition:service:region:account:resource</c>.</summary>
public sealed record Arn(string Partition, string Service, string Region, string Account, string Resource)
{
    /// <summary>The account of the local cloud.</summary>
    public const string LocalAccount = "000000000000";

    /// <summary>The name in partition aws.</summary>
    public Arn(string service, string region, string account, string resource)
        : this("aws", service, region, account, resource) { }

    /// <summary>The text before the first / or : of the resource; "" without either.</summary>
    public string ResourceType => Resource.IndexOfAny(['/', ':']) is > 0 and var end ? Resource[..end] : "";

    /// <summary>The text after the first / or : of the resource; without either, the whole resource.</summary>
    public string ResourceId => Resource.IndexOfAny(['/', ':']) is > 0 and var end ? Resource[(end + 1)..] : Resource;

    /// <summary>The name at the end of an ARN: the text after its last / or :, such as an id or a version.</summary>
    /// <param name="arn">An ARN. A name alone is returned unchanged, and null as null.</param>
    [return: NotNullIfNotNull(nameof(arn))]
    public static string? NameOf(string? arn) => arn?[(arn.LastIndexOfAny(['/', ':']) + 1)..];

    /// <exception cref="FormatException">The text is not an ARN.</exception>
    public static Arn Parse(string text) =>
        TryParse(text, out var arn)
            ? arn
            : throw new FormatException(
                $"'{text}' is not an ARN: write arn:partition:service:region:account:resource."
            );

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Arn? arn)
    {
        var parts = text?.Split(':', 6);
        arn = parts
            is [
                "arn",
                { Length: > 0 } partition,
                { Length: > 0 } service,
                var region,
                var account,
                { Length: > 0 } resource,
            ]
            ? new Arn(partition, service, region, account, resource)
            : null;
        return arn is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"arn:{Partition}:{Service}:{Region}:{Account}:{Resource}";
}
