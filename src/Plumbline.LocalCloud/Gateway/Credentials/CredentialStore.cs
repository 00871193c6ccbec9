using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Gateway.Credentials;

/// <summary>A job's right to fetch temporary keys of its role.</summary>
/// <param name="Id">The last part of the address that it fetches them from.</param>
/// <param name="Token">The secret that it sends there.</param>
internal sealed record CredentialGrant(string Id, string Token);

/// <summary>
/// The local cloud's key pairs: the account's own, made on first start, and temporary ones of roles. They survive a
/// restart, because jobs that survive it still use theirs.
/// </summary>
internal sealed class CredentialStore
{
    private static readonly TimeSpan GrantLifetime = TimeSpan.FromHours(1);

    private readonly Documents<KeyPair> keyDocuments = new("iam/key-pair");
    private readonly Documents<GrantedRole> grantDocuments = new("iam/credential-grant");
    private readonly Database database;
    private readonly ConcurrentDictionary<string, KeyPair> keys = new();

    public CredentialStore(Database database)
    {
        this.database = database;
        foreach (var document in database.Read(connection => keyDocuments.List(connection)))
        {
            keys[document.Key] = document.State;
        }
    }

    /// <summary>
    /// Returns the key pair with this id, even an expired one: the error for that is a different one.
    /// </summary>
    public KeyPair? Find(string accessKeyId) => keys.GetValueOrDefault(accessKeyId);

    /// <summary>Returns the account's own key pair; makes it on first start.</summary>
    public async Task<KeyPair> RootAsync()
    {
        var pair = keys.Values.FirstOrDefault(key => key.Caller == Caller.Root);
        if (pair is null)
        {
            pair = new KeyPair(NewKeyId("AKIA"), NewSecret(30), null, null, Caller.Root);
            await KeepAsync(pair);
        }

        return pair;
    }

    /// <summary>Makes temporary keys of a role.</summary>
    /// <param name="roleArn">The role's ARN.</param>
    /// <param name="sessionName">The end of the caller's ARN; it tells sessions apart.</param>
    /// <param name="lifetime">Real time until they expire.</param>
    public async Task<KeyPair> IssueAsync(string roleArn, string sessionName, TimeSpan lifetime)
    {
        var expires = ProcessTime.Clock.GetUtcNow() + lifetime;
        var pair = new KeyPair(
            NewKeyId("ASIA"),
            NewSecret(30),
            NewSecret(48),
            expires,
            Caller.OfRole(roleArn, sessionName)
        );
        await ForgetExpiredAsync();
        await KeepAsync(pair);
        return pair;
    }

    /// <summary>Lets a process fetch keys of a role, again and again, until <see cref="RevokeAsync"/>.</summary>
    public async Task<CredentialGrant> GrantAsync(string roleArn, string sessionName)
    {
        var grant = new CredentialGrant(Guid.NewGuid().ToString("N"), NewSecret(30));
        var granted = new GrantedRole(grant.Token, roleArn, sessionName);
        await database.WriteAsync(connection =>
            grantDocuments.TryAdd(connection, grant.Id, [], granted, ProcessTime.Clock.GetUtcNow())
        );
        return grant;
    }

    /// <summary>Returns fresh keys for the holder of a grant; null if the id or the token is wrong.</summary>
    public async Task<(KeyPair Keys, string RoleArn)?> RedeemAsync(CredentialGrant grant)
    {
        var granted = database.Read(connection => grantDocuments.Find(connection, grant.Id))?.State;
        return
            granted is not null
            && CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(granted.Token),
                Encoding.UTF8.GetBytes(grant.Token)
            )
            ? (await IssueAsync(granted.RoleArn, granted.SessionName, GrantLifetime), granted.RoleArn)
            : null;
    }

    /// <summary>Ends a grant; keys that were already fetched stay valid for their hour.</summary>
    public Task RevokeAsync(string grantId) =>
        database.WriteAsync(connection => grantDocuments.TryRemove(connection, grantId));

    private static string NewSecret(int bytes) => Convert.ToBase64String(RandomNumberGenerator.GetBytes(bytes));

    private static string NewKeyId(string prefix) =>
        prefix + RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16);

    private async Task KeepAsync(KeyPair pair)
    {
        await database.WriteAsync(connection =>
            keyDocuments.TryAdd(connection, pair.AccessKeyId, [], pair, ProcessTime.Clock.GetUtcNow())
        );
        keys[pair.AccessKeyId] = pair;
    }

    private async Task ForgetExpiredAsync()
    {
        var now = ProcessTime.Clock.GetUtcNow();
        var expired = keys.Values.Where(pair => pair.Expiration <= now).Select(pair => pair.AccessKeyId).ToList();
        if (expired.Count > 0)
        {
            await database.WriteAsync(connection => expired.ForEach(id => keyDocuments.TryRemove(connection, id)));
            expired.ForEach(id => keys.TryRemove(id, out _));
        }
    }

    /// <summary>The stored form of a grant.</summary>
    private sealed record GrantedRole(string Token, string RoleArn, string SessionName);
}
