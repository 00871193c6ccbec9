using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Services.Iam.Policies;

namespace Plumbline.LocalCloud.Tests.Iam;

/// <summary>
/// The cases of <c>policy-cases.json</c>: policies, a request, IAM's decision, and the AWS page that documents it. A
/// case without a principal uses a session of the role <c>ann</c>.
/// </summary>
public sealed class PolicyCaseTests
{
    private const int Least = 150;
    private const string Session = "arn:aws:sts::000000000000:assumed-role/ann/session";
    private const string Role = "arn:aws:iam::000000000000:role/ann";

    private static readonly JsonObject[] Cases = Read();

    public static TheoryData<string> Names => [.. Cases.Select(one => one.Text("name")!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void IAM_decides(string name)
    {
        var one = Cases.Single(found => found.Text("name") == name);
        var boundary = Document(one, "boundary", PolicyKind.Identity);
        var trust = Document(one, "trustPolicy", PolicyKind.Trust);
        var principal = one.Text("principal") switch
        {
            null => new Principal(Session, Role, boundary is not null),
            var other => new Principal(other),
        };
        var policies = one.Objects("policies").Select(tree => PolicyReader.Read(tree.ToJsonString())).ToList();
        var set = new PolicySet(
            principal.Arn == Principal.Account ? null : policies,
            boundary,
            trust ?? Document(one, "resourcePolicy", PolicyKind.Bucket)
        )
        {
            IsTrust = trust is not null,
        };

        var (decision, _) = set.Decide(
            new AccessRequest(one.Text("action")!, one.Text("resource")!, Context(one), principal)
        );

        decision.ToString().ShouldBe(one.Text("expected"), one.ToJsonString());
    }

    [Fact]
    public void There_are_enough_cases_and_each_says_where_AWS_says_so()
    {
        Cases.Length.ShouldBeGreaterThanOrEqualTo(Least);
        Cases
            .Where(one =>
                one.Text("source")?.StartsWith("https://docs.aws.amazon.com/", StringComparison.Ordinal) != true
            )
            .ShouldBeEmpty();
        Cases.Select(one => one.Text("name")).ShouldBeUnique();
    }

    private static Policy? Document(JsonObject one, string member, PolicyKind kind) =>
        one.Object(member) is { } tree ? PolicyReader.Read(tree.ToJsonString(), kind) : null;

    private static ConditionKeys Context(JsonObject one) => new(() => KeysOf(one));

    private static Dictionary<string, IReadOnlyList<string>> KeysOf(JsonObject one)
    {
        var context = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in one.Object("context") ?? [])
        {
            context[key] = value is JsonArray list ? [.. list.Select(entry => (string)entry!)] : [(string)value!];
        }

        return context;
    }

    private static JsonObject[] Read()
    {
        using var stream = typeof(PolicyCaseTests).Assembly.GetManifestResourceStream("policy-cases.json")!;
        return [.. JsonNode.Parse(stream)!.AsArray().Select(one => one!.AsObject())];
    }
}
