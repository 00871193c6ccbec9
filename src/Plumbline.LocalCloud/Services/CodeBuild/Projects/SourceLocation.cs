using System.Text.RegularExpressions;
using Plumbline.LocalCloud.Services.CodeCommit.GitHttp;

namespace Plumbline.LocalCloud.Services.CodeBuild.Projects;

/// <summary>
/// Where a project's source lies: in a repository of this cloud. Git itself would also clone a folder or <c>file://</c> of the machine,
/// and over ssh with the keys of whoever runs the server, outside of any sandbox; so only the repository's name is taken from a location.
/// </summary>
internal static partial class SourceLocation
{
    /// <summary>
    /// The name of the repository that a location means, in the form that GetRepository gives as cloneUrlHttp here or on AWS; null where
    /// it has another form.
    /// </summary>
    public static string? RepositoryOf(string location) =>
        Uri.TryCreate(location, UriKind.Absolute, out var url)
        && url is { UserInfo: "", Query: "", Fragment: "" }
        && IsOfRepositories(url)
        && Name().Match(location) is { Success: true } match
            ? match.Groups["name"].Value
            : null;

    /// <summary>The URL to clone from: this cloud's own, whatever its port was when the project was made.</summary>
    /// <exception cref="Aws.Errors.AwsException">The location has another form, in CodeBuild's words.</exception>
    public static string UrlOf(string location, Uri endpoint) =>
        GitHttpPath.UrlOf(endpoint, RepositoryOf(location) ?? throw Invalid(location));

    /// <summary>Refuses a location of another form.</summary>
    public static void Check(string? location)
    {
        if (RepositoryOf(location ?? "") is null)
        {
            throw Invalid(location ?? "");
        }
    }

    private static bool IsOfRepositories(Uri url) =>
        url.Scheme == Uri.UriSchemeHttp
            ? url.IsLoopback
            : url.Scheme == Uri.UriSchemeHttps && AwsHost().IsMatch(url.Host);

    private static Aws.Errors.AwsException Invalid(string location) =>
        CodeBuildErrors.Invalid(
            $"Invalid project source: location must be a valid CodeCommit repository URL, the cloneUrlHttp of GetRepository, not '{location}'"
        );

    [GeneratedRegex(@"\Ahttps?://[^/\\]+/v1/repos/(?<name>[\w.-]{1,100})/?\z", RegexOptions.ECMAScript)]
    private static partial Regex Name();

    [GeneratedRegex(@"\Agit-codecommit\.[a-z0-9-]+\.amazonaws\.com\z")]
    private static partial Regex AwsHost();
}
