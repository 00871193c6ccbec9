namespace Plumbline.LocalCloud.Services.CodeCommit.Repositories;

/// <summary>The URLs from which git clones a repository.</summary>
internal static class CloneUrl
{
    /// <summary>The part of CodeCommit's git URLs before the repository's name.</summary>
    public const string Prefix = "/v1/repos/";

    /// <summary>The URL to clone from.</summary>
    public static string UrlOf(Uri endpoint, string repository) =>
        $"{endpoint.GetLeftPart(UriPartial.Authority)}{Prefix}{repository}";
}
