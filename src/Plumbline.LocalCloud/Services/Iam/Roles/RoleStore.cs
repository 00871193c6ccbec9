using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Views.Iam;
using Plumbline.LocalCloud.Services.Iam.ManagedPolicies;
using Plumbline.LocalCloud.Services.Iam.Policies;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.Iam.Roles;

/// <summary>Roles with their inline and attached policies.</summary>
internal sealed class RoleStore(
    Database database,
    ManagedPolicyStore managed,
    CivilClock clock,
    PolicyCache<RoleRights> read
)
{
    private readonly Documents roles = new("iam/role");
    private readonly Documents policies = new("iam/role-policy");

    /// <exception cref="Aws.Errors.AwsException">409 EntityAlreadyExists.</exception>
    public Task AddAsync(string name, JsonObject role) =>
        WriteAsync(
            name,
            connection =>
            {
                if (!roles.TryAdd(connection, name, role, clock.GetUtcNow()))
                {
                    throw IamErrors.RoleExists(name);
                }
            }
        );

    /// <exception cref="Aws.Errors.AwsException">404 NoSuchEntity.</exception>
    public Role Find(string name) => database.Read(connection => Find(connection, name));

    public IReadOnlyList<Role> List() =>
        database.Read(connection => roles.List(connection).Select(document => new Role(document.Tree)).ToList());

    /// <exception cref="Aws.Errors.AwsException">404 NoSuchEntity.</exception>
    public Task ChangeAsync(string name, Action<JsonObject> change) =>
        WriteAsync(
            name,
            connection =>
            {
                var role = Find(connection, name).Tree;
                change(role);
                roles.TryReplace(connection, name, role, clock.GetUtcNow());
            }
        );

    /// <summary>Removes a role that has no policies.</summary>
    /// <exception cref="Aws.Errors.AwsException">404 NoSuchEntity, 409 DeleteConflict.</exception>
    public Task RemoveAsync(string name) =>
        WriteAsync(
            name,
            connection =>
            {
                Find(connection, name);
                if (policies.List(connection, name).Count > 0)
                {
                    throw IamErrors.DeleteConflict("Cannot delete entity, must delete policies first.");
                }

                if (managed.Attached(connection, name).Count > 0)
                {
                    throw IamErrors.DeleteConflict("Cannot delete entity, must detach all policies first.");
                }

                roles.TryRemove(connection, name);
            }
        );

    /// <summary>Adds an inline policy to a role, or replaces the one with its name.</summary>
    /// <exception cref="Aws.Errors.AwsException">404 NoSuchEntity: the role does not exist.</exception>
    public Task PutPolicyAsync(string role, string policy, string document) =>
        WriteAsync(
            role,
            connection =>
            {
                Find(connection, role);
                var tree = new JsonObject { ["PolicyName"] = policy, ["PolicyDocument"] = document };
                if (!policies.TryReplace(connection, Key(role, policy), tree, clock.GetUtcNow()))
                {
                    policies.TryAdd(connection, Key(role, policy), tree, clock.GetUtcNow(), role);
                }
            }
        );

    /// <summary>Returns the text of an inline policy.</summary>
    /// <exception cref="Aws.Errors.AwsException">404 NoSuchEntity.</exception>
    public string FindPolicy(string role, string policy) =>
        database.Read(connection =>
        {
            Find(connection, role);
            return policies.Find(connection, Key(role, policy))?.Tree is { } tree
                ? new GetRolePolicyResponse(tree).PolicyDocument
                : throw IamErrors.NoSuchPolicy(policy);
        });

    /// <summary>Returns the names of a role's inline policies.</summary>
    /// <exception cref="Aws.Errors.AwsException">404 NoSuchEntity: the role does not exist.</exception>
    public IReadOnlyList<string> ListPolicies(string role) =>
        database.Read(connection =>
        {
            Find(connection, role);
            return policies
                .List(connection, role)
                .Select(document => new GetRolePolicyResponse(document.Tree).PolicyName)
                .ToList();
        });

    /// <summary>Removes an inline policy from a role.</summary>
    /// <exception cref="Aws.Errors.AwsException">404 NoSuchEntity.</exception>
    public Task RemovePolicyAsync(string role, string policy) =>
        WriteAsync(
            role,
            connection =>
            {
                Find(connection, role);
                if (!policies.TryRemove(connection, Key(role, policy)))
                {
                    throw IamErrors.NoSuchPolicy(policy);
                }
            }
        );

    /// <summary>Attaches a managed policy.</summary>
    /// <exception cref="Aws.Errors.AwsException">404 NoSuchEntity, 409 LimitExceeded.</exception>
    public Task AttachAsync(string role, string policyArn) =>
        WriteAsync(
            role,
            connection =>
            {
                Find(connection, role);
                managed.Attach(connection, role, policyArn);
            }
        );

    /// <summary>Detaches a managed policy.</summary>
    /// <exception cref="Aws.Errors.AwsException">404 NoSuchEntity.</exception>
    public Task DetachAsync(string role, string policyArn) =>
        WriteAsync(
            role,
            connection =>
            {
                Find(connection, role);
                managed.Detach(connection, role, policyArn);
            }
        );

    /// <summary>Returns the ARNs of a role's managed policies.</summary>
    /// <exception cref="Aws.Errors.AwsException">404 NoSuchEntity: the role does not exist.</exception>
    public IReadOnlyList<string> ListAttached(string role) =>
        database.Read(connection =>
        {
            Find(connection, role);
            return managed.Attached(connection, role);
        });

    /// <summary>Returns a role with the rights that limit its calls; null if it does not exist.</summary>
    public RoleRights? Rights(string role) => read.Get(role, Load);

    private RoleRights? Load(string name) =>
        database.Read(connection =>
            roles.Find(connection, name) is { Tree: var tree } && new Role(tree) is var role
                ? RoleRights.Read(
                    role,
                    policies
                        .List(connection, name)
                        .Select(document => new GetRolePolicyResponse(document.Tree).PolicyDocument)
                        .Concat(
                            managed
                                .Attached(connection, name)
                                .Select(arn => managed.Document(connection, arn))
                                .OfType<string>()
                        ),
                    role.PermissionsBoundary?.PermissionsBoundaryArn is { } boundary
                        ? managed.Document(connection, boundary)
                        : null
                )
                : null
        );

    /// <summary>Writes, and then forgets the role's policies, so that they are read again.</summary>
    private async Task WriteAsync(string role, Action<SqliteConnection> change)
    {
        await database.WriteAsync(change);
        read.Forget(role);
    }

    private Role Find(SqliteConnection connection, string name) =>
        new(roles.Find(connection, name)?.Tree ?? throw IamErrors.NoSuchRole(name));

    /// <summary>Names cannot contain a slash.</summary>
    private static string Key(string role, string policy) => $"{role}/{policy}";
}
