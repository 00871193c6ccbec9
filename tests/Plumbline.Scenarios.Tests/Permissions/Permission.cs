using System.IO.Enumeration;
using System.Text.RegularExpressions;

namespace Plumbline.Scenarios.Tests.Permissions;

/// <summary>An action on a resource, or on a pattern of resources, by one actor of the loop.</summary>
/// <param name="Actor">What the role's name has after the project's.</param>
/// <param name="Action">As in a policy; for <c>iam:PassRole</c> with the service that a condition names.</param>
/// <param name="Resource">An ARN from where it says what it names, with NAME and ACCOUNT for the project and account.</param>
internal sealed partial record Permission(string Actor, string Action, string Resource)
{
    /// <summary>The project of the demo, and its account as the local cloud and a template have it.</summary>
    public const string Project = "digits";

    public const string Account = "000000000000";

    /// <summary>Whether it names more than one resource.</summary>
    public bool IsWide => Resource.Contains('*', StringComparison.Ordinal);

    /// <summary>Whether it names all resources of a kind, or all there are.</summary>
    public bool IsAccountWide => OfAKind().IsMatch(Resource);

    public bool Allows(Permission asked) =>
        Actor == asked.Actor
        && Action == asked.Action
        && FileSystemName.MatchesSimpleExpression(Resource, asked.Resource, ignoreCase: false);

    /// <summary>What an ARN names.</summary>
    /// <param name="arn">The ARN.</param>
    /// <param name="project">The project whose resource it may be.</param>
    public static string Named(string arn, string project = Project) =>
        BeforeTheName()
            .Replace(arn, "")
            .Replace(project, "NAME", StringComparison.Ordinal)
            .Replace(Account, "ACCOUNT", StringComparison.Ordinal);

    public override string ToString() => $"{Actor}: {Action} on {Resource}";

    [GeneratedRegex("^arn:aws:[a-z0-9-]+:[^:]*:[^:]*:")]
    private static partial Regex BeforeTheName();

    [GeneratedRegex(@"^([a-z-]+[/:])?\*$")]
    private static partial Regex OfAKind();
}
