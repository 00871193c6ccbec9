namespace Plumbline.LocalCloud.Services.Iam.Policies;

/// <summary>The caller of a request, as the policies of resources name it.</summary>
/// <param name="Arn">The account's root, a session of a role, or a service such as <c>sagemaker.amazonaws.com</c>.</param>
/// <param name="RoleArn">The role of a session; otherwise null.</param>
/// <param name="HasBoundary">True for a role with a permissions boundary.</param>
internal sealed record Principal(string Arn, string? RoleArn = null, bool HasBoundary = false)
{
    /// <summary>The account as policies name it.</summary>
    public const string Account = $"arn:aws:iam::{LocalCloudIdentity.Account}:root";

    /// <summary>True for one of AWS's services.</summary>
    public bool IsService => !Arn.StartsWith("arn:", StringComparison.Ordinal);
}

/// <summary>How closely a policy names the caller; a closer name has a larger value.</summary>
internal enum Naming
{
    /// <summary>The policy does not name the caller.</summary>
    None,

    /// <summary>By its account, which passes the right on to those whose own policies allow it too.</summary>
    Account,

    /// <summary>By the role of the session, or as everybody.</summary>
    Role,

    /// <summary>By the session, the root user or the service itself.</summary>
    Itself,
}

/// <summary>The <c>Principal</c> of a statement, or its <c>NotPrincipal</c>.</summary>
/// <param name="Everyone">True for <c>*</c>.</param>
/// <param name="Arns">ARNs; an account's number is written as its root's ARN.</param>
/// <param name="Services">Names such as <c>events.amazonaws.com</c>.</param>
/// <param name="Negated">True for <c>NotPrincipal</c>, which only a Deny has.</param>
internal sealed record PrincipalList(
    bool Everyone,
    IReadOnlyList<string> Arns,
    IReadOnlyList<string> Services,
    bool Negated
)
{
    /// <summary>Returns how closely the list names the caller.</summary>
    public Naming Names(Principal who) =>
        !Negated ? NamesPlainly(who)
        : IsExcepted(who) ? Naming.None
        : Naming.Itself;

    private Naming NamesPlainly(Principal who) =>
        who.IsService
            ? Services.Contains(who.Arn) || Everyone
                ? Naming.Itself
                : Naming.None
            : Arns.Contains(who.Arn)
                ? Naming.Itself
                : Everyone || (who.RoleArn is { } role && Arns.Contains(role))
                    ? Naming.Role
                    : Arns.Contains(Principal.Account)
                        ? Naming.Account
                        : Naming.None;

    /// <summary>
    /// AWS looks for the account, then the role, then the session, and never excepts a role with a boundary.
    /// </summary>
    private bool IsExcepted(Principal who) =>
        who.IsService
            ? Services.Contains(who.Arn)
            : !who.HasBoundary
                && Arns.Contains(Principal.Account)
                && (who.RoleArn is not { } role || (Arns.Contains(role) && Arns.Contains(who.Arn)));
}
