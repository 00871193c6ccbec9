using Microsoft.AspNetCore.Authorization;

namespace Plumbline.WebConsole.People;

/// <summary>A person's rights; each role has all those of the one before it.</summary>
public enum Role
{
    /// <summary>Looks.</summary>
    Viewer,

    /// <summary>Says what is true of predictions.</summary>
    Reviewer,

    /// <summary>Decides: approves, rejects, starts, stops, rolls back, uploads.</summary>
    Approver,
}

/// <summary>The policies of pages and forms, checked on the server.</summary>
internal static class Roles
{
    public const string Reviewer = nameof(Role.Reviewer);

    public const string Approver = nameof(Role.Approver);

    public static void Add(AuthorizationOptions options)
    {
        // What says nothing else needs a sign-in.
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
        options.AddPolicy(Reviewer, policy => policy.RequireRole(Reviewer, Approver));
        options.AddPolicy(Approver, policy => policy.RequireRole(Approver));
    }
}
