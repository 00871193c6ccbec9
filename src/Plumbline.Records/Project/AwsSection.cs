using System.Text.RegularExpressions;

namespace Plumbline.Records.Project;

internal static partial class AwsSection
{
    /// <summary>
    /// The longest name of a loop with its stage: longer ones would make resource names exceed AWS's limits.
    /// </summary>
    private const int LongestName = 32;

    private const int MostTags = 40;
    private const int LongestTagKey = 128;
    private const int LongestTagValue = 256;

    private static readonly string[] Actors = ["build", "deploy", "pipeline", "job", "endpoint", "events"];

    /// <summary>Returns null if the project does not have the section.</summary>
    public static AwsDescription? Read(YamlSection root, string name)
    {
        if (!root.Has("aws"))
            return null;
        var s = root.Section(
            "aws",
            "stage",
            "permissionsBoundary",
            "rolePath",
            "roles",
            "tags",
            "vpc",
            "kmsKey",
            "images"
        );
        return new AwsDescription
        {
            Stage = Stage(s, name),
            PermissionsBoundary = Matching(
                s,
                "permissionsBoundary",
                BoundaryPattern(),
                "the ARN of a policy, arn:aws:iam::ACCOUNT:policy/NAME"
            ),
            RolePath = Matching(s, "rolePath", PathPattern(), "a path with / at both ends, like /plumbline/"),
            Roles = Roles(s),
            Tags = Tags(s),
            Vpc = Vpc(s),
            KmsKey = Matching(
                s,
                "kmsKey",
                KeyPattern(),
                "the ARN of a key (not of an alias), arn:aws:kms:REGION:ACCOUNT:key/ID"
            ),
            Images = Images(s),
        };
    }

    private static string? Stage(YamlSection s, string name)
    {
        var stage = Matching(s, "stage", StagePattern(), "1 to 12 lower case letters and digits, like dev");
        return stage is null || name.Length + 1 + stage.Length <= LongestName
            ? stage
            : throw s.Error(
                "stage",
                $"'{name}-{stage}' has {name.Length + 1 + stage.Length} characters; "
                    + $"resource names begin with it, so write at most {LongestName}"
            );
    }

    private static Dictionary<string, string> Roles(YamlSection aws)
    {
        var s = aws.Section("roles", Actors);
        return s
            .Keys.Order(StringComparer.Ordinal)
            .ToDictionary(
                actor => actor,
                actor => Matching(s, actor, RolePattern(), "the ARN of a role, arn:aws:iam::ACCOUNT:role/NAME")!
            );
    }

    private static Dictionary<string, string> Tags(YamlSection aws)
    {
        var s = aws.Section("tags", null);
        var tags = s.Keys.Order(StringComparer.Ordinal).ToDictionary(key => key, key => s.Text(key, ""));
        if (tags.Count > MostTags)
            throw aws.Error("tags", $"has {tags.Count} tags; {MostTags} at most");
        foreach (var (key, value) in tags)
        {
            if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                throw s.Error(key, "must not begin with aws:, which AWS reserves");
            if (key.Length > LongestTagKey || !TagPattern().IsMatch(key))
                throw s.Error(key, $"must be 1 to {LongestTagKey} letters, digits, spaces and _ . : / = + - @");
            if (value.Length > LongestTagValue || !TagPattern().IsMatch(value))
                throw s.Error(
                    key,
                    $"its value must have at most {LongestTagValue} letters, digits, spaces and _ . : / = + - @"
                );
        }
        return tags;
    }

    private static VpcDescription? Vpc(YamlSection aws)
    {
        if (!aws.Has("vpc"))
            return null;
        var s = aws.Section("vpc", "id", "subnets", "securityGroups");
        s.Required("id");
        return new VpcDescription(
            Matching(s, "id", VpcPattern(), "a VPC, like vpc-0123456789abcdef0")!,
            Listed(s, "subnets", 16, SubnetPattern(), "subnet-0123456789abcdef0"),
            Listed(s, "securityGroups", 5, GroupPattern(), "sg-0123456789abcdef0")
        );
    }

    private static IReadOnlyList<string> Listed(YamlSection s, string key, int most, Regex pattern, string like)
    {
        var ids = s.Texts(key);
        if (ids.Count == 0 || ids.Count > most)
            throw s.Error(key, $"must be a list of 1 to {most}, like [{like}]");
        return ids.FirstOrDefault(id => !pattern.IsMatch(id)) is { } wrong
            ? throw s.Error(key, $"'{wrong}' is invalid: write it like {like}")
            : ids;
    }

    private static ImageDescription Images(YamlSection aws)
    {
        var s = aws.Section("images", "jobs", "serving", "pytorchTraining", "pytorchInference");
        return new ImageDescription
        {
            Jobs = Image("jobs"),
            Serving = Image("serving"),
            PytorchTraining = Image("pytorchTraining"),
            PytorchInference = Image("pytorchInference"),
        };

        string? Image(string key) => AwsSection.Image(s, key);
    }

    /// <summary>Reads the URI of an image; null if the key is missing.</summary>
    internal static string? Image(YamlSection s, string key) =>
        Matching(s, key, ImagePattern(), "an image in ECR, ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY:TAG");

    private static string? Matching(YamlSection s, string key, Regex pattern, string expected)
    {
        if (!s.Has(key))
            return null;
        var text = s.Text(key, "");
        return pattern.IsMatch(text) ? text : throw s.Error(key, $"must be {expected}, not '{text}'");
    }

    [GeneratedRegex("^[a-z0-9]{1,12}$")]
    private static partial Regex StagePattern();

    [GeneratedRegex("^arn:aws[a-z-]*:iam::(?:[0-9]{12}|aws):policy/[!-~]{1,512}$")]
    private static partial Regex BoundaryPattern();

    [GeneratedRegex("^/(?:[A-Za-z0-9._+=,@-]{1,64}/){1,8}$")]
    private static partial Regex PathPattern();

    [GeneratedRegex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9._+=,@/-]{1,512}$")]
    private static partial Regex RolePattern();

    [GeneratedRegex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$")]
    private static partial Regex KeyPattern();

    [GeneratedRegex(@"^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$")]
    private static partial Regex TagPattern();

    [GeneratedRegex("^vpc-[0-9a-f]{8,17}$")]
    private static partial Regex VpcPattern();

    [GeneratedRegex("^subnet-[0-9a-f]{8,17}$")]
    private static partial Regex SubnetPattern();

    [GeneratedRegex("^sg-[0-9a-f]{8,17}$")]
    private static partial Regex GroupPattern();

    [GeneratedRegex(
        @"^[0-9]{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?/[a-z0-9._/-]+(?::[A-Za-z0-9_][A-Za-z0-9._-]{0,127}|@sha256:[0-9a-f]{64})$"
    )]
    private static partial Regex ImagePattern();
}
