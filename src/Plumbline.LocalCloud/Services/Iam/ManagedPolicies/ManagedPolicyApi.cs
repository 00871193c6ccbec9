using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.Iam.Policies;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.Iam.ManagedPolicies;

/// <summary>Managed policies: the account's own, and AWS's, which are read-only.</summary>
internal sealed class ManagedPolicyApi(ManagedPolicyStore policies, CivilClock clock)
{
    private const int Longest = 6144;

    public async Task<JsonObject> CreatePolicy(AwsCall call)
    {
        var (name, path) = (call.Input.Text("PolicyName")!, call.Input.Text("Path") ?? "/");
        var document = Checked(call);
        var arn = $"arn:aws:iam::{LocalCloudIdentity.Account}:policy{path}{name}";
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var policy = new JsonObject
        {
            ["PolicyName"] = name,
            ["PolicyId"] = Id(arn),
            ["Arn"] = arn,
            ["Path"] = path,
            ["DefaultVersionId"] = "v1",
            ["IsAttachable"] = true,
            ["CreateDate"] = now,
            ["UpdateDate"] = now,
            ["NextVersion"] = 2,
            ["Versions"] = new JsonArray(
                new JsonObject
                {
                    ["VersionId"] = "v1",
                    ["Document"] = document,
                    ["CreateDate"] = now,
                }
            ),
        };
        foreach (var kept in new[] { "Description", "Tags" })
        {
            if (call.Input[kept] is { } value)
            {
                policy[kept] = value.DeepClone();
            }
        }

        await policies.AddAsync(arn, policy);
        return new JsonObject { ["Policy"] = Answered(policy, attachments: 0) };
    }

    public Task<JsonObject> GetPolicy(AwsCall call)
    {
        var policy = Find(Arn(call));
        return Task.FromResult(
            new JsonObject { ["Policy"] = Answered(policy, policies.Attachments().GetValueOrDefault(Arn(call))) }
        );
    }

    public Task<JsonObject> ListPolicies(AwsCall call)
    {
        var attachments = policies.Attachments();
        var scope = call.Input.Text("Scope") ?? "All";
        var prefix = call.Input.Text("PathPrefix") ?? "/";
        var found = (scope == "AWS" ? [] : policies.List())
            .Concat(scope == "Local" ? [] : AwsPolicies.Arns.Select(Find))
            .Where(policy => policy.Text("Path")!.StartsWith(prefix, StringComparison.Ordinal))
            .Select(policy => (Arn: policy.Text("Arn")!, Policy: policy))
            .Where(one => call.Input.Bool("OnlyAttached") != true || attachments.ContainsKey(one.Arn));
        return Task.FromResult(
            IamPage.Write(
                [],
                "Policies",
                call.Input,
                found.Select(one => (one.Arn, (JsonNode)Listed(one.Policy, attachments.GetValueOrDefault(one.Arn))))
            )
        );
    }

    public async Task<JsonObject> DeletePolicy(AwsCall call)
    {
        await policies.RemoveAsync(Arn(call));
        return [];
    }

    public async Task<JsonObject> CreatePolicyVersion(AwsCall call)
    {
        var document = Checked(call);
        var isDefault = call.Input.Bool("SetAsDefault") == true;
        var version = await policies.AddVersionAsync(Arn(call), document, isDefault);
        version.Remove("Document");
        version["IsDefaultVersion"] = isDefault;
        return new JsonObject { ["PolicyVersion"] = version };
    }

    public Task<JsonObject> GetPolicyVersion(AwsCall call)
    {
        var policy = Find(Arn(call));
        var version = OfVersion(policy, ManagedPolicyStore.Version(policy, call.Input.Text("VersionId")!));
        version["Document"] = PercentEncoding.Encode(version.Text("Document")!);
        return Task.FromResult(new JsonObject { ["PolicyVersion"] = version });
    }

    public Task<JsonObject> ListPolicyVersions(AwsCall call)
    {
        var policy = Find(Arn(call));
        return Task.FromResult(
            IamPage.Write(
                [],
                "Versions",
                call.Input,
                policy
                    .Objects("Versions")
                    .Select(version =>
                    {
                        var listed = OfVersion(policy, version);
                        listed.Remove("Document");
                        return (version.Text("VersionId")!, (JsonNode)listed);
                    })
            )
        );
    }

    public async Task<JsonObject> SetDefaultPolicyVersion(AwsCall call)
    {
        var id = call.Input.Text("VersionId")!;
        await policies.ChangeAsync(
            Arn(call),
            policy =>
            {
                ManagedPolicyStore.Version(policy, id);
                policy["DefaultVersionId"] = id;
            }
        );
        return [];
    }

    public async Task<JsonObject> DeletePolicyVersion(AwsCall call)
    {
        var id = call.Input.Text("VersionId")!;
        await policies.ChangeAsync(
            Arn(call),
            policy =>
            {
                if (policy.Text("DefaultVersionId") == id)
                {
                    throw IamErrors.DeleteConflict("Cannot delete the default version of a policy.");
                }

                policy.Array("Versions")!.Remove(ManagedPolicyStore.Version(policy, id));
            }
        );
        return [];
    }

    private static string Arn(AwsCall call) => call.Input.Text("PolicyArn")!;

    /// <summary>Returns a policy of the account, or one of AWS's, dated 1970.</summary>
    private JsonObject Find(string arn) =>
        AwsPolicies.Document(arn) is { } document
            ? new JsonObject
            {
                ["PolicyName"] = Aws.Arns.Arn.NameOf(arn),
                ["PolicyId"] = Id(arn),
                ["Arn"] = arn,
                ["Path"] = "/",
                ["DefaultVersionId"] = "v1",
                ["IsAttachable"] = true,
                ["CreateDate"] = 0,
                ["UpdateDate"] = 0,
                ["Versions"] = new JsonArray(
                    new JsonObject
                    {
                        ["VersionId"] = "v1",
                        ["Document"] = document,
                        ["CreateDate"] = 0,
                    }
                ),
            }
            : policies.Find(arn);

    private static string Checked(AwsCall call)
    {
        var document = call.Input.Text("PolicyDocument")!;
        PolicyReader.Read(document);
        return document.Count(one => !char.IsWhiteSpace(one)) <= Longest
            ? document
            : throw IamErrors.LimitExceeded($"Cannot exceed quota for PolicySize: {Longest}");
    }

    private static JsonObject OfVersion(JsonObject policy, JsonObject version)
    {
        var answered = version.DeepClone().AsObject();
        answered["IsDefaultVersion"] = policy.Text("DefaultVersionId") == version.Text("VersionId");
        return answered;
    }

    private static JsonObject Answered(JsonObject policy, int attachments)
    {
        var answered = policy.DeepClone().AsObject();
        answered.Remove("Versions");
        answered.Remove("NextVersion");
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
