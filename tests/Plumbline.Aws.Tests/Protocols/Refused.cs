namespace Plumbline.Aws.Tests.Protocols;

/// <summary>Golden cases that are not followed, and why.</summary>
internal static class Refused
{
    private const string NotCompressed = "Our client does not compress requests; the server reads compressed ones.";
    private const string NoEmptyMap = "A map of headers without any is absent from the tree, not empty.";
    private const string NotBound = "No answer of ours binds a member to the query.";

    /// <summary>Requests as a client writes them.</summary>
    public static readonly IReadOnlyDictionary<string, string> Requests = new Dictionary<string, string>
    {
        ["SDKAppliedContentEncoding_awsJson1_0"] = NotCompressed,
        ["SDKAppliedContentEncoding_awsJson1_1"] = NotCompressed,
        ["SDKAppliedContentEncoding_awsQuery"] = NotCompressed,
        ["SDKAppliedContentEncoding_restJson1"] = NotCompressed,
        ["SDKAppliedContentEncoding_restXml"] = NotCompressed,
        ["SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_0"] = NotCompressed,
        ["SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_1"] = NotCompressed,
        ["SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsQuery"] = NotCompressed,
        ["SDKAppendedGzipAfterProvidedEncoding_restJson1"] = NotCompressed,
        ["SDKAppendedGzipAfterProvidedEncoding_restXml"] = NotCompressed,
        ["RestJsonHttpChecksumRequired"] = "Only S3 has such operations, and its client is AWSSDK.S3.",
        ["RestJsonHttpPayloadWithUnsetUnion"] = "No payload of ours is a union; an unset structure is {}.",
    };

    /// <summary>Answers as a client reads them.</summary>
    public static readonly IReadOnlyDictionary<string, string> AnswersRead = new Dictionary<string, string>
    {
        ["HttpPrefixHeadersAreNotPresent"] = NoEmptyMap,
        ["IgnoreQueryParamsInResponse"] = NotBound,
    };
}
