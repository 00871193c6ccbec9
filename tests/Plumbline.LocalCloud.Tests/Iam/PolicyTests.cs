using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.LocalCloud.Services.Iam.Policies;

namespace Plumbline.LocalCloud.Tests.Iam;

/// <summary>Policies, held against requests as IAM does. Statements are written as in a policy.</summary>
public sealed class PolicyTests
{
    private const string Job = "arn:aws:sagemaker:us-east-1:000000000000:training-job/a-1";

    [Theory]
    [InlineData("Allow", """{"Effect":"Allow","Action":"sagemaker:CreateTrainingJob","Resource":"*"}""")]
    [InlineData("Allow", """{"Effect":"Allow","Action":"SageMaker:createtrainingjob","Resource":"*"}""")]
    [InlineData(
        "Allow",
        """{"Effect":"Allow","Action":["s3:*","sagemaker:Create*"],"Resource":["arn:aws:s3:::*","arn:aws:sagemaker:*:*:training-job/a-?"]}"""
    )]
    [InlineData("Allow", """{"Effect":"Allow","NotAction":"s3:*","NotResource":"arn:aws:s3:::*"}""")]
    [InlineData("ImplicitDeny", """{"Effect":"Allow","NotAction":"sagemaker:*","Resource":"*"}""")]
    [InlineData(
        "ImplicitDeny",
        """{"Effect":"Allow","Action":"sagemaker:CreateTrainingJob","Resource":"arn:aws:sagemaker:us-east-1:000000000000:training-job/A-1"}"""
    )]
    [InlineData("ImplicitDeny", """{"Effect":"Allow","Action":"sagemaker:DescribeTrainingJob","Resource":"*"}""")]
    [InlineData("ExplicitDeny", """{"Effect":"Deny","Action":"*","Resource":"*"}""")]
    [InlineData(
        "ExplicitDeny",
        """{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","NotAction":"sagemaker:DescribeTrainingJob","Resource":"*"}"""
    )]
    [InlineData(
        "Allow",
        """{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"sagemaker:CreateTrainingJob","NotResource":"arn:aws:sagemaker:*:*:training-job/a-*"}"""
    )]
    public void A_request_is_decided_by_the_statements_that_speak_of_it(string decision, string statements) =>
        Decide(statements).ShouldBe(decision);

    [Theory]
    [InlineData(true, "StringEquals", "k:one", """["b","a"]""")]
    [InlineData(false, "StringEquals", "k:one", "\"A\"")]
    [InlineData(true, "StringEqualsIgnoreCase", "k:one", "\"A\"")]
    [InlineData(false, "StringNotEquals", "k:one", """["b","a"]""")]
    [InlineData(true, "StringNotEquals", "k:none", "\"a\"")]
    [InlineData(false, "StringEquals", "k:none", "\"a\"")]
    [InlineData(true, "StringEqualsIfExists", "k:none", "\"a\"")]
    [InlineData(false, "StringEqualsIfExists", "k:one", "\"b\"")]
    [InlineData(true, "StringLike", "K:ONE", "\"?\"")]
    [InlineData(false, "StringNotLike", "k:one", "\"*\"")]
    [InlineData(true, "StringEquals", "k:user", "\"${aws:userid}\"")]
    [InlineData(false, "StringEquals", "k:one", "\"${k:none}\"")]
    [InlineData(true, "StringEquals", "k:one", "\"${k:none, 'a'}\"")]
    [InlineData(false, "StringLike", "k:one", "\"${*}\"")]
    [InlineData(true, "Bool", "k:yes", "true")]
    [InlineData(false, "Bool", "k:yes", "\"false\"")]
    [InlineData(true, "Null", "k:none", "true")]
    [InlineData(false, "Null", "k:one", "\"true\"")]
    [InlineData(true, "Null", "k:one", "\"false\"")]
    [InlineData(true, "NumericLessThan", "k:ten", "11")]
    [InlineData(false, "NumericLessThan", "k:ten", "\"10\"")]
    [InlineData(true, "NumericGreaterThanEquals", "k:ten", "\"10.0\"")]
    [InlineData(false, "NumericNotEquals", "k:ten", "\"10\"")]
    [InlineData(false, "NumericEquals", "k:one", "\"1\"")]
    [InlineData(true, "DateGreaterThan", "k:time", "\"2026-01-01T00:00:00Z\"")]
    [InlineData(false, "DateLessThan", "k:time", "\"2026-01-01\"")]
    [InlineData(true, "DateLessThanEquals", "k:time", "1790000000")]
    [InlineData(true, "IpAddress", "k:ip", "\"127.0.0.0/8\"")]
    [InlineData(true, "IpAddress", "k:ip", "\"127.0.0.1\"")]
    [InlineData(false, "NotIpAddress", "k:ip", """["10.0.0.0/8","127.0.0.1/32"]""")]
    [InlineData(true, "ArnLike", "k:arn", "\"arn:aws:s3:*:*:bucket/*\"")]
    [InlineData(false, "ArnLike", "k:arn", "\"arn:*:bucket/x\"")]
    [InlineData(true, "ForAnyValue:StringEquals", "k:two", "\"b\"")]
    [InlineData(false, "ForAllValues:StringEquals", "k:two", "\"b\"")]
    [InlineData(true, "ForAllValues:StringEquals", "k:two", """["a","b","c"]""")]
    [InlineData(true, "ForAllValues:StringEquals", "k:none", "\"b\"")]
    [InlineData(false, "ForAnyValue:StringEquals", "k:none", "\"b\"")]
    public void A_condition_holds_as_IAM_has_it(bool holds, string operation, string key, string values) =>
        Decide(
                """{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"OPERATION":{"KEY":VALUES}}}"""
                    .Replace("OPERATION", operation, StringComparison.Ordinal)
                    .Replace("KEY", key, StringComparison.Ordinal)
                    .Replace("VALUES", values, StringComparison.Ordinal)
            )
            .ShouldBe(holds ? "Allow" : "ImplicitDeny");

    [Theory]
    [InlineData("""{}""", "Missing required field Statement")]
    [InlineData("""nothing""", "Syntax errors in policy.")]
    [InlineData("""{"Statement":[],"Statement":[]}""", "Syntax errors in policy.")]
    [InlineData("""{"Version":"2020-01-01","Statement":{}}""", "Version must be")]
    [InlineData("""{"Statement":[7]}""", "must be an object")]
    [InlineData("""{"Statement":{"Effect":"Maybe","Action":"*","Resource":"*"}}""", "Allow or Deny")]
    [InlineData("""{"Statement":{"Effect":"Allow","Resource":"*"}}""", "must contain actions")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"*"}}""", "must contain resources")]
    [InlineData(
        """{"Statement":{"Effect":"Allow","Action":"*","NotAction":"*","Resource":"*"}}""",
        "either Action or NotAction"
    )]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"everything","Resource":"*"}}""", "\"everything\"")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"*","Resource":"bucket"}}""", "\"bucket\"")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Principal":"*"}}""", "principal")]
    [InlineData(
        """{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringIs":{"a":"b"}}}}""",
        "StringIs"
    )]
    [InlineData(
        """{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"a":{}}}}}""",
        "text"
    )]
    public void An_invalid_policy_is_refused_with_its_reason(string document, string reason)
    {
        var error = Should.Throw<AwsException>(() => PolicyReader.Read(document));
        (error.Code, error.Status).ShouldBe(("MalformedPolicyDocument", 400));
        error.Message.ShouldContain(reason);
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData("*", "", true)]
    [InlineData("?", "", false)]
    [InlineData("a*b?c*", "axxbyc", true)]
    [InlineData("a*b?c", "abbcbxc", true)]
    [InlineData("a*b", "a", false)]
    [InlineData(@"a\*", @"a\b", true)]
    [InlineData("a[b]", "ab", false)]
    public void A_star_takes_in_any_text_and_a_question_mark_one_character(string pattern, string text, bool matches) =>
        Wildcard.Matches(pattern, text).ShouldBe(matches);

    [Fact]
    public void A_pattern_of_many_stars_is_not_dear() =>
        Wildcard.Matches(string.Concat(Enumerable.Repeat("*a", 500)) + "b", new string('a', 20_000)).ShouldBeFalse();

    private static string Decide(string statements)
    {
        var policy = PolicyReader.Read($$"""{"Version":"2012-10-17","Statement":[{{statements}}]}""");
        var context = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase)
        {
            ["aws:userid"] = ["AROA:me"],
            ["k:user"] = ["AROA:me"],
            ["k:one"] = ["a"],
            ["k:two"] = ["a", "b"],
            ["k:ten"] = ["10"],
            ["k:yes"] = ["true"],
            ["k:time"] = ["2026-06-01T12:00:00Z"],
            ["k:ip"] = ["127.0.0.1"],
            ["k:arn"] = ["arn:aws:s3:::bucket/x"],
        };
        return Policy.Decide([policy], new AccessRequest("sagemaker:CreateTrainingJob", Job, context)).ToString();
    }
}
