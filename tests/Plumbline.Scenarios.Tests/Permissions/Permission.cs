using System.IO.Enumeration;
using System.Text.RegularExpressions;

namespace Plumbline.Scenarios.Tests.Permissions;

/// <summary>An action of one of the loop's actors on a resource, or on a pattern of resources.</summary>
/// <param name="Actor">The part of the role's name behind the project's name.</param>
/// <param name="Action">The action as in a policy; for <c>iam:PassRole</c> with the service in its condition.</param>
/// <param name="Resource">The ARN's resource part, with NAME and ACCOUNT instead of project and account.</param>
internal sealed partial record Permission(string Actor, string Action, string Resource)
{
    /// <summary>The demo's project; its account is the same in the local cloud and in a template.</summary>
    public const string Project = "digits";

    public const string Account = "000000000000";

    /// <summary>True if it covers more than one resource.</summary>
    public bool IsWide => Resource.Contains('*', StringComparison.Ordinal);

    /// <summary>True if it covers all resources of a kind, or all resources.</summary>
    public bool IsAccountWide => OfAKind().IsMatch(Resource);

    public bool Allows(Permission asked) =>
        Actor == asked.Actor
        && Action == asked.Action
        && FileSystemName.MatchesSimpleExpression(Resource, asked.Resource, ignoreCase: false);

    /// <summary>The resource part of an ARN.</summary>
    /// <param name="project">The project that is replaced by NAME.</param>
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
