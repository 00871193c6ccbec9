using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.Iam;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Services.Iam.Policies;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.Iam.ManagedPolicies;

/// <summary>Managed policies: the account's own, and AWS's, which are read-only.</summary>
internal sealed class ManagedPolicyApi(ManagedPolicyStore policies, CivilClock clock)
{
    private const int Longest = 6144;

    public async Task<JsonObject> CreatePolicy(AwsCall call)
    {
        var request = new CreatePolicyRequest(call.Input);
        var (name, path) = (request.PolicyName, request.Path ?? "/");
        var document = Checked(request.PolicyDocument);
        var arn = LocalArn.OfIam($"policy{path}{name}");
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var policy = Policy(arn, name, path, now);
        foreach (var kept in new[] { "Description", "Tags" })
        {
            if (call.Input[kept] is { } value)
            {
                policy[kept] = value.DeepClone();
            }
        }

        var state = new ManagedPolicyState();
        state.Add(document, now);
        await policies.AddAsync(arn, policy, state);
        return new JsonObject { ["Policy"] = Answered(policy, attachments: 0) };
    }

    public Task<JsonObject> GetPolicy(AwsCall call)
    {
        var arn = new GetPolicyRequest(call.Input).PolicyArn;
        return Task.FromResult(
            new JsonObject { ["Policy"] = Answered(Find(arn).Tree, policies.Attachments().GetValueOrDefault(arn)) }
        );
    }

    public Task<JsonObject> ListPolicies(AwsCall call)
    {
        var attachments = policies.Attachments();
        var request = new ListPoliciesRequest(call.Input);
        var prefix = request.PathPrefix ?? "/";
        var found = (request.Scope == PolicyScopeType.Aws ? [] : policies.List())
            .Concat(request.Scope == PolicyScopeType.Local ? [] : AwsPolicies.Arns.Select(Find))
            .Where(policy => policy.Tree.Text("Path")!.StartsWith(prefix, StringComparison.Ordinal))
            .Where(policy => request.OnlyAttached != true || attachments.ContainsKey(policy.Key));
        return Task.FromResult(
            IamPage.Write(
                [],
                "Policies",
                call.Input,
                found.Select(policy =>
                    (policy.Key, (JsonNode)Listed(policy.Tree, attachments.GetValueOrDefault(policy.Key)))
                )
            )
        );
    }

    public async Task<JsonObject> DeletePolicy(AwsCall call)
    {
        await policies.RemoveAsync(new DeletePolicyRequest(call.Input).PolicyArn);
        return [];
    }

    public async Task<JsonObject> CreatePolicyVersion(AwsCall call)
    {
        var request = new CreatePolicyVersionRequest(call.Input);
        var isDefault = request.SetAsDefault == true;
        var version = await policies.AddVersionAsync(request.PolicyArn, Checked(request.PolicyDocument), isDefault);
        return new JsonObject { ["PolicyVersion"] = version.Describe(isDefault ? version.VersionId : null) };
    }

    public Task<JsonObject> GetPolicyVersion(AwsCall call)
    {
        var request = new GetPolicyVersionRequest(call.Input);
        var policy = Find(request.PolicyArn);
        var version = ManagedPolicyStore.Version(policy, request.VersionId);
        var answered = version.Describe(DefaultOf(policy));
        answered["Document"] = PercentEncoding.Encode(version.Document);
        return Task.FromResult(new JsonObject { ["PolicyVersion"] = answered });
    }

    public Task<JsonObject> ListPolicyVersions(AwsCall call)
    {
        var policy = Find(new ListPolicyVersionsRequest(call.Input).PolicyArn);
        return Task.FromResult(
            IamPage.Write(
                [],
                "Versions",
                call.Input,
                policy.State.Versions.Select(version =>
                    (version.VersionId, (JsonNode)version.Describe(DefaultOf(policy)))
                )
            )
        );
    }

    public async Task<JsonObject> SetDefaultPolicyVersion(AwsCall call)
    {
        var request = new SetDefaultPolicyVersionRequest(call.Input);
        await policies.ChangeAsync(
            request.PolicyArn,
            policy =>
            {
                ManagedPolicyStore.Version(policy, request.VersionId);
                policy.Tree["DefaultVersionId"] = request.VersionId;
            }
        );
        return [];
    }

    public async Task<JsonObject> DeletePolicyVersion(AwsCall call)
    {
        var request = new DeletePolicyVersionRequest(call.Input);
        await policies.ChangeAsync(
            request.PolicyArn,
            policy =>
            {
                if (DefaultOf(policy) == request.VersionId)
                {
                    throw IamErrors.DeleteConflict("Cannot delete the default version of a policy.");
                }

                policy.State.Versions.Remove(ManagedPolicyStore.Version(policy, request.VersionId));
            }
        );
        return [];
    }

    /// <summary>Returns a policy of the account, or one of AWS's, dated 1970.</summary>
    private Document<ManagedPolicyState> Find(string arn)
    {
        if (AwsPolicies.Document(arn) is not { } document)
        {
            return policies.Find(arn);
        }

        var state = new ManagedPolicyState();
        state.Add(document, created: 0);
        return new(arn, "", 0, 0, Policy(arn, Aws.Arns.Arn.NameOf(arn), "/", created: 0), state);
    }

    private static JsonObject Policy(string arn, string name, string path, long created) =>
        new()
        {
            ["PolicyName"] = name,
            ["PolicyId"] = Id(arn),
            ["Arn"] = arn,
            ["Path"] = path,
            ["DefaultVersionId"] = "v1",
            ["IsAttachable"] = true,
            ["CreateDate"] = created,
            ["UpdateDate"] = created,
        };

    private static string? DefaultOf(Document policy) => policy.Tree.Text("DefaultVersionId");

    private static string Checked(string document)
    {
        PolicyReader.Read(document);
        return document.Count(one => !char.IsWhiteSpace(one)) <= Longest
            ? document
            : throw IamErrors.LimitExceeded($"Cannot exceed quota for PolicySize: {Longest}");
    }

    private static JsonObject Answered(JsonObject policy, int attachments)
    {
        var answered = policy.DeepClone().AsObject();
        answered["AttachmentCount"] = attachments;
        return answered;
    }

    /// <summary>Lists leave out tags and descriptions.</summary>
    private static JsonObject Listed(JsonObject policy, int attachments)
    {
        var listed = Answered(policy, attachments);
        listed.Remove("Tags");
        listed.Remove("Description");
        return listed;
    }

    private static string Id(string arn) =>
        "ANPA" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(arn)))[..17];
}
