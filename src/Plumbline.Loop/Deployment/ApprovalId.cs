using System.Security.Cryptography;
using System.Text;
using Plumbline.Loop.Registry;

namespace Plumbline.Loop.Deployment;

/// <summary>
/// Which approval of a version a deployment carries out: the act that the package names (<see cref="Records.ModelMetadata.Decision"/>)
/// and what was said with it, as somebody may decide in SageMaker Studio, where no act is written. When the package was last
/// changed does not matter: people annotate packages that were deployed long ago.
/// </summary>
internal static class ApprovalId
{
    /// <summary>Begins an act that goes back to a version.</summary>
    public const string GoesBack = "rollback:";

    /// <summary>A further approval of the same version has another.</summary>
    public static string Of(ModelVersion version)
    {
        var said = SHA256.HashData(Encoding.UTF8.GetBytes(version.StatusReason ?? ""));
        return $"{version.Arn}@{version.Decision}#{Convert.ToHexStringLower(said)[..8]}";
    }

    /// <summary>Whether one version was decided about after another; false where that is not known of both.</summary>
    public static bool IsLater(ModelVersion one, ModelVersion other) =>
        // UUIDv7: acts sort by their time.
        IdOf(one) is { } id
        && IdOf(other) is { } earlier
        && id.CompareTo(earlier) > 0;

    private static Guid? IdOf(ModelVersion version) =>
        Guid.TryParse(version.Decision[(version.Decision.IndexOf(':', StringComparison.Ordinal) + 1)..], out var id)
            ? id
            : null;
}
