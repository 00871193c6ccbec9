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

    /// <summary>The name of the role whose session this is; null for every other ARN.</summary>
    public string? RoleOfSession =>
        Service == "sts" && Resource.Split('/') is ["assumed-role", var role, ..] ? role : null;

    /// <summary>The name at the end of an ARN: the text after its last / or :, such as an id or a version.</summary>
    /// <param name="arn">An ARN. A name alone is returned unchanged, and null as null.</param>
    [return: NotNullIfNotNull(nameof(arn))]
    public static string? NameOf(string? arn) => arn?[(arn.LastIndexOfAny(['/', ':']) + 1)..];

    /// <summary>The text after the resource's type in an ARN. A name alone is returned unchanged.</summary>
    public static string IdOf(string nameOrArn) => TryParse(nameOrArn, out var arn) ? arn.ResourceId : nameOrArn;

    /// <summary>
    /// The name of a role by its ARN. A text without a slash is returned whole, because it is not a role's ARN and must
    /// not be taken for the role of a name at its end.
    /// </summary>
    public static string RoleNameOf(string roleArn) => roleArn[(roleArn.LastIndexOf('/') + 1)..];

    /// <summary>
    /// The six parts of an ARN, or of a policy's pattern for ARNs; null if the text has fewer.
    /// </summary>
    public static string[]? Parts(string text) => text.Split(':', 6) is { Length: 6 } parts ? parts : null;

    /// <exception cref="FormatException">The text is not an ARN.</exception>
    public static Arn Parse(string text) =>
        TryParse(text, out var arn)
            ? arn
            : throw new FormatException(
                $"'{text}' is not an ARN: write arn:partition:service:region:account:resource."
            );

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Arn? arn)
    {
        // Most texts that may be ARNs are names, and cost nothing.
        var parts = text?.StartsWith("arn:", StringComparison.Ordinal) == true ? Parts(text) : null;
        arn = parts
            is [
                _,
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
