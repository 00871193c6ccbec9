using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Models;
using Plumbline.Aws.Validation;

namespace Plumbline.Aws.Tests.Validation;

public sealed class ValidatorTests
{
    public static TheoryData<string> Services => [.. ServiceModel.Ids];

    [Fact]
    public void A_required_member_that_is_missing_is_named_in_AWSs_words()
    {
        var error = Should.Throw<AwsException>(() => Check("sagemaker", "DescribeEndpoint", "{}"));
        error.Code.ShouldBe("ValidationException");
        error.Status.ShouldBe(400);
        error.Message.ShouldBe(
            "1 validation error detected: Value null at 'endpointName' failed to satisfy constraint: Member must not be null"
        );
    }

    [Fact]
    public void A_pattern_and_a_length_are_both_reported()
    {
        var name = new string('_', 64);
        var error = Should.Throw<AwsException>(() =>
            Check("sagemaker", "DescribeEndpoint", $$"""{"EndpointName":"{{name}}"}""")
        );
        error.Message.ShouldStartWith(
            $"2 validation errors detected: Value '{name}' at 'endpointName' failed to satisfy constraint: "
        );
        error.Message.ShouldContain("Member must have length less than or equal to 63; ");
        error.Message.ShouldContain("Member must satisfy regular expression pattern: ");
    }

    [Fact]
    public void An_enum_is_reported_with_its_values()
    {
        var error = Should.Throw<AwsException>(() =>
            Check("sagemaker", "ListEndpoints", """{"SortOrder":"Sideways","MaxResults":500}""")
        );
        error.Message.ShouldContain(
            "Value 'Sideways' at 'sortOrder' failed to satisfy constraint: Member must satisfy enum value set: [Ascending, Descending]"
        );
        error.Message.ShouldContain(
            "Value '500' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100"
        );
    }

    [Fact]
    public void A_member_of_a_list_is_found_by_its_number()
    {
        var error = Should.Throw<AwsException>(() =>
            Check(
                "sagemaker",
                "AddTags",
                """{"ResourceArn":"arn:aws:sagemaker:us-east-1:000000000000:model/m","Tags":[{"Key":"a","Value":"b"},{"Key":"c"}]}"""
            )
        );
        error.Message.ShouldBe(
            "1 validation error detected: Value null at 'tags.2.member.value' failed to satisfy constraint: Member must not be null"
        );
    }

    [Fact]
    public void Simple_items_are_reported_with_their_list()
    {
        var error = Should.Throw<AwsException>(() =>
            Check("monitoring", "DeleteAlarms", """{"AlarmNames":["good",""]}""")
        );
        error.Code.ShouldBe("ValidationError");
        error.Message.ShouldBe(
            "1 validation error detected: Value '[good, ]' at 'alarmNames' failed to satisfy constraint: Member must satisfy constraint: "
                + "[Member must have length less than or equal to 255, Member must have length greater than or equal to 1]"
        );
    }

    [Theory]
    [InlineData("logs", "CreateLogGroup", "InvalidParameterException")]
    [InlineData("codebuild", "StartBuild", "InvalidInputException")]
    [InlineData("events", "PutRule", "ValidationException")]
    [InlineData("sns", "CreateTopic", "ValidationError")]
    [InlineData("iam", "GetRole", "ValidationError")]
    public void Each_service_has_its_own_code_for_it(string service, string operation, string code) =>
        Should.Throw<AwsException>(() => Check(service, operation, "{}")).Code.ShouldBe(code);

    [Fact]
    public void A_streaming_body_is_not_looked_for_in_the_tree() =>
        Should.NotThrow(() => Check("sagemaker-runtime", "InvokeEndpoint", """{"EndpointName":"digits"}"""));

    [Theory]
    [MemberData(nameof(Services))]
    public void Every_pattern_of_the_models_can_be_matched(string service)
    {
        var seen = new HashSet<string>();
        foreach (var operation in ServiceModel.For(service).Operations.Values)
        {
            Visit(operation.Input);
            Visit(operation.Output);
        }

        void Visit(Shape? shape)
        {
            if (shape is null || !seen.Add(shape.Name))
            {
                return;
            }

            if (shape.Pattern is { } pattern)
            {
                Should.NotThrow(() => Patterns.Matches(pattern, "arn:aws:iam::000000000000:role/a b\u00e9"), pattern);
            }

            foreach (var member in shape.Members.Values)
            {
                Visit(member);
            }

            Visit(shape.Kind == ShapeKind.List ? shape.Member : null);
            Visit(shape.Kind == ShapeKind.Map ? shape.Key : null);
            Visit(shape.Kind == ShapeKind.Map ? shape.Value : null);
        }
    }

    [Theory]
    [InlineData(@"\p{ASCII}*", "plain", true)]
    [InlineData(@"\p{ASCII}*", "\u00e9", false)]
    [InlineData(@"\A\S[\p{Print}]*\z", "id-1", true)]
    [InlineData("^[a-zA-Z0-9](-*[a-zA-Z0-9])*", "a--b", true)]
    [InlineData("^[a-zA-Z0-9](-*[a-zA-Z0-9])*", "a-", false)]
    [InlineData(".*(?:[ \\r\\n\\t].*)*", "{\n \"a\": 1\r\n}", true)]
    [InlineData(@"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*", "\ud83d\ude39 ok", true)]
    [InlineData(@"[A-Za-z0-9\_\-]+", "a_b-c", true)]
    public void Patterns_match_as_in_Java(string pattern, string text, bool matches) =>
        Patterns.Matches(pattern, text).ShouldBe(matches);

    private static void Check(string service, string operation, string input) =>
        Validator.Check(ServiceModel.For(service).Operations[operation], (JsonObject)JsonNode.Parse(input)!);
}
