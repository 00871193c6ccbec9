namespace Plumbline.Aws.Tests.Protocols;

/// <summary>Golden cases that we do not follow, with the reasons.</summary>
internal static class Refused
{
    private const string NotCompressed = "Our client does not compress requests; the server reads compressed ones.";
    private const string NoEmptyMap = "A map of headers without any is absent from the tree, not empty.";
    private const string ReadOnly = "A way of writing that a client must read; a server of ours writes another.";
    private const string Garbage = "The file's body is not the compressed one that its header promises.";
    private const string SameBytes = "On the wire this is the same as the member's absence.";
    private const string TokenFilled = "The client made the token; a server reads it.";
    private const string QueryAnswersAlways = "A Query answer always has its wrapper and request id.";
    private const string NotBound = "No answer of ours binds a member to the query.";

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
    };

    public static readonly IReadOnlyDictionary<string, string> AnswersRead = new Dictionary<string, string>
    {
        ["HttpPrefixHeadersAreNotPresent"] = NoEmptyMap,
        ["IgnoreQueryParamsInResponse"] = NotBound,
    };

    public static readonly IReadOnlyDictionary<string, string> RequestsRead = new Dictionary<string, string>
    {
        ["SDKAppliedContentEncoding_awsJson1_0"] = Garbage,
        ["SDKAppliedContentEncoding_awsJson1_1"] = Garbage,
        ["SDKAppliedContentEncoding_awsQuery"] = Garbage,
        ["SDKAppliedContentEncoding_restJson1"] = Garbage,
        ["SDKAppliedContentEncoding_restXml"] = Garbage,
        ["SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_0"] = Garbage,
        ["SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_1"] = Garbage,
        ["SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsQuery"] = Garbage,
        ["SDKAppendedGzipAfterProvidedEncoding_restJson1"] = Garbage,
        ["SDKAppendedGzipAfterProvidedEncoding_restXml"] = Garbage,
        ["RestJsonHttpWithEmptyStructurePayload"] = SameBytes,
        ["RestJsonHttpWithHeadersButNoPayload"] = SameBytes,
        ["QueryEmptyQueryMaps"] = SameBytes,
        ["RestJsonNullAndEmptyHeaders"] = SameBytes,
        ["NullAndEmptyHeaders"] = SameBytes,
        ["RestJsonOmitsEmptyListQueryValues"] = SameBytes,
        ["HttpPrefixHeadersAreNotPresent"] = NoEmptyMap,
        ["RestJsonHttpPrefixHeadersAreNotPresent"] = NoEmptyMap,
        ["RestJsonQueryIdempotencyTokenAutoFill"] = TokenFilled,
        ["QueryIdempotencyTokenAutoFill"] = TokenFilled,
        ["QueryProtocolIdempotencyTokenAutoFill"] = TokenFilled,
    };

    public static readonly IReadOnlyDictionary<string, string> Answers = new Dictionary<string, string>
    {
        ["AwsJson11DateTimeWithPositiveOffset"] = ReadOnly,
        ["AwsJson11DateTimeWithNegativeOffset"] = ReadOnly,
        ["RestJsonDateTimeWithPositiveOffset"] = ReadOnly,
        ["RestJsonDateTimeWithNegativeOffset"] = ReadOnly,
        ["RestXmlDateTimeWithPositiveOffset"] = ReadOnly,
        ["RestXmlDateTimeWithNegativeOffset"] = ReadOnly,
        ["AwsQueryDateTimeWithPositiveOffset"] = ReadOnly,
        ["AwsQueryDateTimeWithNegativeOffset"] = ReadOnly,
        ["AwsJson11StructuresDontDeserializeNullValues"] = ReadOnly,
        ["RestJsonDoesntDeserializeNullStructureValues"] = ReadOnly,
        ["RpcV2CborClientDoesntDeserializeNullStructureValues"] = ReadOnly,
        ["RestJsonDeserializesDenseSetMapAndSkipsNull"] = ReadOnly,
        ["RpcV2CborDeserializesDenseSetMapAndSkipsNull"] = ReadOnly,
        ["AwsJson10DeserializeIgnoreType"] = ReadOnly,
        ["AwsJson11DeserializeIgnoreType"] = ReadOnly,
        ["RestJsonDeserializeIgnoreType"] = ReadOnly,
        ["AwsJson10DeserializeAllowNulls"] = ReadOnly,
        ["AwsJson10HandlesUnexpectedJsonOutput"] = ReadOnly,
        ["handles_unexpected_json_output"] = ReadOnly,
        ["RpcV2CborExtraFieldsInTheBodyShouldBeSkippedByClients"] = ReadOnly,
        ["RpcV2CborPayloadWithUnsetUnion"] = ReadOnly,
        ["InvalidGreetingError"] = ReadOnly,
        ["QueryXmlNamespaces"] = ReadOnly,
        ["AwsJson11IntEnums"] = ReadOnly,
        ["QueryNoInputAndNoOutput"] = QueryAnswersAlways,
        ["QueryNoInputAndOutput"] = QueryAnswersAlways,
        ["QueryEmptyInputAndEmptyOutput"] = QueryAnswersAlways,
        ["IgnoreQueryParamsInResponse"] = NotBound,
    };
}
