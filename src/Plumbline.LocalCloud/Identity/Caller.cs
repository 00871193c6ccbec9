using System.Security.Cryptography;
using System.Text;
using Plumbline.Aws.Arns;

namespace Plumbline.LocalCloud.Identity;

/// <summary>The principal that makes a call.</summary>
/// <param name="Arn">The principal, such as <c>arn:aws:sts::000000000000:assumed-role/digits-job/…</c>.</param>
/// <param name="UserId">AWS's unique id of the principal.</param>
public sealed record Caller(string Arn, string UserId)
{
    /// <summary>The name of the role whose session this is; null for the account itself.</summary>
    public string? RoleName { get; } = Aws.Arns.Arn.TryParse(Arn, out var arn) ? arn.RoleOfSession : null;

    /// <summary>
    /// The account itself: the owner of the first key pair, and the caller of what the local cloud does by itself.
    /// </summary>
    public static Caller Root { get; } = new(LocalArn.OfIam("root"), LocalCloudIdentity.Account);

    /// <summary>Returns the caller for a session of a role.</summary>
    /// <param name="roleArn">The role's ARN.</param>
    /// <param name="sessionName">Distinguishes the sessions of a role.</param>
    public static Caller OfRole(string roleArn, string sessionName)
    {
        var role = Aws.Arns.Arn.RoleNameOf(roleArn);
        var session = new Arn("sts", "", LocalCloudIdentity.Account, $"assumed-role/{role}/{sessionName}");
        return new Caller(session.ToString(), $"{RoleId(role)}:{sessionName}");
    }

    /// <summary>AWS's unique id of a role; here it is derived from the name, so that it needs no look-up.</summary>
    public static string RoleId(string role) =>
        "AROA" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(role)))[..17];
}
