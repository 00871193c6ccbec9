using Microsoft.AspNetCore.Authorization;

namespace Plumbline.WebConsole.People;

/// <summary>A person's rights; each role includes the one before it.</summary>
public enum UserRole
{
    /// <summary>May read all pages.</summary>
    Viewer,

    /// <summary>May also answer about predictions, and measure.</summary>
    Reviewer,

    /// <summary>May also approve, reject, start, stop, roll back and upload.</summary>
    Approver,
}

/// <summary>The policies of pages and forms, checked on the server.</summary>
internal static class Roles
{
    public const string Reviewer = nameof(UserRole.Reviewer);

    public const string Approver = nameof(UserRole.Approver);

    public static void Add(AuthorizationOptions options)
    {
        // Pages without a policy of their own need a sign-in.
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
        options.AddPolicy(Reviewer, policy => policy.RequireRole(Reviewer, Approver));
        TokenSignIn.AddPolicy(options);
        options.AddPolicy(Approver, policy => policy.RequireRole(Approver));
    }
}
