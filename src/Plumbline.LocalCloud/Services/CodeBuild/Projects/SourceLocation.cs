using System.Text.RegularExpressions;
using Plumbline.LocalCloud.Services.CodeCommit.Repositories;

namespace Plumbline.LocalCloud.Services.CodeBuild.Projects;

/// <summary>
/// The location of a project's source: a repository of this cloud. Git itself would also clone a folder or a
/// <c>file://</c> of the machine, or use ssh with the server user's keys, outside of any sandbox; so only the
/// repository's name is taken from a location.
/// </summary>
internal static partial class SourceLocation
{
    /// <summary>
    /// Returns the name of the repository that a location means, in the form of GetRepository's cloneUrlHttp here or on
    /// AWS; null if the location has another form.
    /// </summary>
    public static string? RepositoryOf(string location) =>
        Uri.TryCreate(location, UriKind.Absolute, out var url)
        && url is { UserInfo: "", Query: "", Fragment: "" }
        && IsOfRepositories(url)
        && Name().Match(location) is { Success: true } match
            ? match.Groups["name"].Value
            : null;

    /// <summary>
    /// The URL to clone from: this cloud's present one, whatever its port was when the project was created.
    /// </summary>
    /// <exception cref="Aws.Errors.AwsException">The location has another form; in CodeBuild's words.</exception>
    public static string UrlOf(string location, Uri endpoint) =>
        CloneUrl.UrlOf(endpoint, RepositoryOf(location) ?? throw Invalid(location));

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
