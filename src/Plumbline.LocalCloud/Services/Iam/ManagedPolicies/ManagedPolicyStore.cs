using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.Iam;
using Plumbline.LocalCloud.Services.Iam.Policies;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.Iam.ManagedPolicies;

/// <summary>The account's managed policies with their versions, and their attachments to roles.</summary>
internal sealed class ManagedPolicyStore(Database database, CivilClock clock, PolicyCache<RoleRights> read)
{
    private const int MostVersions = 5;
    private const int MostAttached = 10;

    private readonly Documents<ManagedPolicyState> policies = new("iam/policy");
    private readonly Documents attached = new("iam/attached-policy");

    /// <exception cref="Aws.Errors.AwsException">409 EntityAlreadyExists.</exception>
    public Task AddAsync(string arn, JsonObject policy, ManagedPolicyState state) =>
        database.WriteAsync(connection =>
        {
            if (!policies.TryAdd(connection, arn, policy, state, clock.GetUtcNow()))
            {
                throw IamErrors.PolicyExists(policy.Text("PolicyName")!);
            }
        });

    /// <exception cref="Aws.Errors.AwsException">404 NoSuchEntity.</exception>
    public Document<ManagedPolicyState> Find(string arn) => database.Read(connection => Find(connection, arn));

    /// <summary>All policies of the account.</summary>
    public IReadOnlyList<Document> List() => database.Read(connection => policies.List(connection));

    /// <summary>The number of attachments of each policy, by its ARN.</summary>
    public IReadOnlyDictionary<string, int> Attachments() =>
        database.Read(connection =>
            attached
                .List(connection)
                .GroupBy(document => new AttachedPolicy(document.Tree).PolicyArn)
                .ToDictionary(group => group.Key, group => group.Count())
        );

    /// <summary>Changes a policy, and with it the rights of its roles.</summary>
    /// <exception cref="Aws.Errors.AwsException">404 NoSuchEntity, or an error of the change.</exception>
    public async Task ChangeAsync(string arn, Action<Document<ManagedPolicyState>> change)
    {
        await database.WriteAsync(connection =>
        {
            var policy = Find(connection, arn);
            change(policy);
            policy.Tree["UpdateDate"] = clock.GetUtcNow().ToUnixTimeSeconds();
            policies.TryReplace(connection, arn, policy.Tree, policy.State, clock.GetUtcNow());
        });
        read.ForgetAll();
    }

    /// <summary>Adds a version to a policy, and makes it the default if requested.</summary>
    /// <exception cref="Aws.Errors.AwsException">404 NoSuchEntity, 409 LimitExceeded.</exception>
    public async Task<StoredPolicyVersion> AddVersionAsync(string arn, string document, bool isDefault)
    {
        StoredPolicyVersion? version = null;
        await ChangeAsync(
            arn,
            policy =>
            {
                if (policy.State.Versions.Count >= MostVersions)
                {
                    throw IamErrors.LimitExceeded(
                        $"A managed policy can have up to {MostVersions} versions. Before you create a new version, you must delete an existing version."
                    );
                }

                version = policy.State.Add(document, clock.GetUtcNow().ToUnixTimeSeconds());
                if (isDefault)
                {
                    policy.Tree["DefaultVersionId"] = version.VersionId;
                }
            }
        );
        return version!;
    }

    /// <summary>Removes a policy that has only one version and no attachments.</summary>
    /// <exception cref="Aws.Errors.AwsException">404 NoSuchEntity, 409 DeleteConflict.</exception>
    public async Task RemoveAsync(string arn)
    {
        await database.WriteAsync(connection =>
        {
            var policy = Find(connection, arn);
            if (attached.List(connection).Any(one => new AttachedPolicy(one.Tree).PolicyArn == arn))
            {
                throw IamErrors.DeleteConflict("Cannot delete a policy attached to entities.");
            }

            if (policy.State.Versions.Count > 1)
            {
                throw IamErrors.DeleteConflict(
                    "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy."
                );
            }

            policies.TryRemove(connection, arn);
        });
        // It may be the boundary of a role.
        read.ForgetAll();
    }

    /// <summary>Attaches a policy to an existing role; a second time changes nothing.</summary>
    /// <exception cref="Aws.Errors.AwsException">404 NoSuchEntity, 409 LimitExceeded.</exception>
    public void Attach(SqliteConnection connection, string role, string arn)
    {
        if (!AwsPolicies.IsOne(arn) && policies.Find(connection, arn) is null)
        {
            throw IamErrors.NotAttachable(arn);
        }

        var others = Attached(connection, role).Where(other => other != arn).ToList();
        if (others.Count >= MostAttached)
        {
            throw IamErrors.LimitExceeded($"Cannot exceed quota for PoliciesPerRole: {MostAttached}");
        }

        attached.TryAdd(
            connection,
            Key(role, arn),
            new JsonObject { ["PolicyArn"] = arn },
            clock.GetUtcNow(),
            parent: role
        );
    }

    /// <summary>Detaches a policy from a role.</summary>
    /// <exception cref="Aws.Errors.AwsException">404 NoSuchEntity: the role does not have it.</exception>
    public void Detach(SqliteConnection connection, string role, string arn)
    {
        if (!attached.TryRemove(connection, Key(role, arn)))
        {
            throw IamErrors.NoSuchManagedPolicy(arn);
        }
    }

    /// <summary>The ARNs of a role's policies.</summary>
    public IReadOnlyList<string> Attached(SqliteConnection connection, string role) =>
        [.. attached.List(connection, role).Select(document => new AttachedPolicy(document.Tree).PolicyArn)];

    /// <summary>
    /// Returns the text of the default version, of a policy of the account or of AWS; null if it is unknown.
    /// </summary>
    public string? Document(SqliteConnection connection, string arn) =>
        AwsPolicies.Document(arn)
        ?? (
            policies.Find(connection, arn) is { } policy
                ? Version(policy, policy.Tree.Text("DefaultVersionId")!).Document
                : null
        );

    /// <summary>Returns a version of a policy.</summary>
    /// <exception cref="Aws.Errors.AwsException">404 NoSuchEntity.</exception>
    public static StoredPolicyVersion Version(Document<ManagedPolicyState> policy, string id) =>
        policy.State.Versions.Find(version => version.VersionId == id) ?? throw IamErrors.NoSuchVersion(policy.Key, id);

    private Document<ManagedPolicyState> Find(SqliteConnection connection, string arn) =>
        policies.Find(connection, arn) ?? throw IamErrors.NoSuchManagedPolicy(arn);

    /// <summary>The name of a role cannot contain a slash.</summary>
    private static string Key(string role, string arn) => $"{role}/{arn}";
}
