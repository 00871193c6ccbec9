using System.Text.RegularExpressions;

namespace Plumbline.Records.Project;

/// <summary>A GitHub repository from which AWS builds the project, instead of CodeCommit.</summary>
/// <param name="GitHub"><c>owner/name</c>.</param>
/// <param name="Connection">The ARN of AWS's connection to GitHub, which a person makes in the AWS console.</param>
public sealed partial record SourceDescription(string GitHub, string Connection)
{
    /// <summary>The URL for git push and for CodeBuild's clone.</summary>
    public string CloneUrl() => $"https://github.com/{GitHub}.git";

    /// <summary>Reads <c>source</c>; null if the project does not have it.</summary>
    internal static SourceDescription? Read(YamlSection root)
    {
        if (!root.Has("source"))
            return null;
        var s = root.Section("source", "github", "connection");
        var source = new SourceDescription(s.Required("github"), s.Required("connection"));
        if (!RepositoryPattern().IsMatch(source.GitHub))
            throw s.Error("github", $"must be OWNER/REPOSITORY, not '{source.GitHub}'");
        if (!ConnectionPattern().IsMatch(source.Connection))
            throw s.Error(
                "connection",
                "must be a connection's ARN, arn:aws:codeconnections:REGION:ACCOUNT:connection/ID; "
                    + "the console makes one, under Developer Tools, Settings, Connections"
            );
        return source;
    }

    [GeneratedRegex(@"^[A-Za-z0-9](?:[A-Za-z0-9-]*)/[A-Za-z0-9._-]+$")]
    private static partial Regex RepositoryPattern();

    // Connections from before AWS renamed the service keep their old name.
    [GeneratedRegex(
        "^arn:aws[a-z-]*:(?:codeconnections|codestar-connections):[a-z0-9-]+:[0-9]{12}:connection/[0-9a-f-]+$"
    )]
    private static partial Regex ConnectionPattern();
}
