using Plumbline.Aws.Errors;
using Plumbline.LocalCloud.Services.Iam.Policies;

namespace Plumbline.LocalCloud.Tests.Iam;

/// <summary>Reading policies, and their patterns. <see cref="PolicyCaseTests"/> tests the decisions.</summary>
public sealed class PolicyTests
{
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
    [InlineData(
        """{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":"x"}}""",
        "must be an object"
    )]
    [InlineData(
        """{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Conditon":{}}}""",
        "no element Conditon"
    )]
    [InlineData("""{"Statements":[],"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""", "Statements")]
    [InlineData("""{"Statement":{"Sid":"a b","Effect":"Allow","Action":"*","Resource":"*"}}""", "alpha-numeric")]
    [InlineData(
        """{"Statement":[{"Sid":"a","Effect":"Allow","Action":"*","Resource":"*"},{"Sid":"a","Effect":"Deny","Action":"*","Resource":"*"}]}""",
        "unique"
    )]
    [InlineData(
        """{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"NullIfExists":{"a":"true"}}}}""",
        "NullIfExists"
    )]
    [InlineData(
        """{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"ForSome:Bool":{"a":"true"}}}}""",
        "ForSome:Bool"
    )]
    public void An_invalid_policy_is_refused_with_its_reason(string document, string reason)
    {
        var error = Should.Throw<AwsException>(() => PolicyReader.Read(document));
        (error.Code, error.Status).ShouldBe(("MalformedPolicyDocument", 400));
        error.Message.ShouldContain(reason);
    }

    [Theory]
    [InlineData("""{}""", "Missing required field Statement")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"sts:AssumeRole"}}""", "Missing required field Principal")]
    [InlineData(
        """{"Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Resource":"*"}}""",
        "prohibited field Resource"
    )]
    [InlineData(
        """{"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:GetObject"}}""",
        "may only specify STS AssumeRole actions"
    )]
    [InlineData(
        """{"Statement":{"Effect":"Deny","NotPrincipal":"*","Action":"sts:AssumeRole"}}""",
        "prohibited field NotPrincipal"
    )]
    [InlineData(
        """{"Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::000000000000:role/*"},"Action":"sts:AssumeRole"}}""",
        "Invalid principal"
    )]
    [InlineData(
        """{"Statement":{"Effect":"Allow","Principal":{"Service":"sagemaker"},"Action":"sts:AssumeRole"}}""",
        "Invalid principal"
    )]
    public void An_invalid_trust_policy_is_refused_with_its_reason(string document, string reason)
    {
        var error = Should.Throw<AwsException>(() => PolicyReader.Read(document, PolicyKind.Trust));
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
}
