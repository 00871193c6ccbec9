using System.Text;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Signing;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Gateway.Credentials;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Services.CodeCommit.Repositories;
using Plumbline.LocalCloud.Services.Iam.Authorization;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Services.CodeCommit.GitHttp;

/// <summary>
/// Git over HTTP at CodeCommit's path, <c>/v1/repos/NAME</c>, with CodeCommit's credential scheme. Git's
/// <c>http-backend</c> does the work.
/// </summary>
internal sealed class GitHttpPath(RepositoryStore repositories, CredentialStore credentials, Authorizer authorizer)
{
    /// <summary>Answers one request from git.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        var (path, query) = Identification.Target(context);
        var parts = path[CloneUrl.Prefix.Length..].Split('/', 2);
        var name = parts[0].EndsWith(".git", StringComparison.Ordinal) ? parts[0][..^4] : parts[0];
        var caller = Authenticate(context, CloneUrl.Prefix + parts[0]);
        if (caller is null)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"CodeCommit\"";
            return;
        }

        // Git asks for the references first, and names in that request what it is going to do.
        var pushes =
            parts.Length > 1
            && (parts[1] == "git-receive-pack" || query.Contains("git-receive-pack", StringComparison.Ordinal));
        if (!authorizer.Allows(caller, pushes ? "codecommit:GitPush" : "codecommit:GitPull", name))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        if (parts.Length < 2 || repositories.Find(name) is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsync($"repository '{name}' not found\n", context.RequestAborted);
            return;
        }

        var record =
            parts[1] == "git-receive-pack"
                ? () => repositories.RecordReferencesAsync(name, caller.Arn)
                : (Func<Task>?)null;
        await HttpBackend.AnswerAsync(context, repositories.Open(name), "/" + parts[1], query, record);
    }

    private Caller? Authenticate(HttpContext context, string path)
    {
        if (BasicCredentials(context.Request.Headers.Authorization.ToString()) is not var (user, password))
        {
            return null;
        }

        var key = credentials.Find(user.Split('%', 2)[0]);
        if (key is null)
        {
            return null;
        }

        var signing = new SigningCredentials(key.AccessKeyId, key.SecretAccessKey, key.SessionToken);
        var host = context.Request.Host.Host;
        var now = ProcessTime.Clock.GetUtcNow();
        return
            user == GitCredential.UserName(signing)
            && GitCredential.Verify(signing, password, host, path, LocalCloudIdentity.Region, now)
            ? key.Caller
            : null;
    }

    private static (string User, string Password)? BasicCredentials(string header)
    {
        var buffer = new byte[header.Length];
        return
            header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)
            && Convert.TryFromBase64String(header[6..], buffer, out var length)
            && Encoding.UTF8.GetString(buffer, 0, length).Split(':', 2) is [var user, var password]
            ? (user, password)
            : null;
    }
}
