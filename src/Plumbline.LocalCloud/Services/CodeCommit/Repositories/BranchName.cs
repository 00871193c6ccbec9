using System.Text;

namespace Plumbline.LocalCloud.Services.CodeCommit.Repositories;

/// <summary>
/// Checks the names of branches by git's rules (git-check-ref-format). A name that breaks them would mean something
/// else to git, such as <c>main~1</c>, or could not be a file's name.
/// </summary>
internal static class BranchName
{
    // A file's name takes 255 bytes, and git adds ".lock".
    private const int LongestPart = 250;

    /// <exception cref="Aws.Errors.AwsException">The name breaks git's rules.</exception>
    public static string Check(string name) => IsValid(name) ? name : throw CodeCommitErrors.InvalidBranch(name);

    private static bool IsValid(string name) =>
        !name.Contains("..", StringComparison.Ordinal)
        && !name.Contains("@{", StringComparison.Ordinal)
        && !name.EndsWith('.')
        && !name.Any(character =>
            char.IsControl(character) || " ~^:?*[\\".Contains(character, StringComparison.Ordinal)
        )
        && name.Split('/').All(IsValidPart);

    private static bool IsValidPart(string part) =>
        part.Length > 0
        && part[0] != '.'
        && !part.EndsWith(".lock", StringComparison.Ordinal)
        && Encoding.UTF8.GetByteCount(part) <= LongestPart;
}
