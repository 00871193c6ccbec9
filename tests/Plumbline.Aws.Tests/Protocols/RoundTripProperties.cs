using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Plumbline.Aws.Codecs;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;
using Plumbline.Testing;

namespace Plumbline.Aws.Tests.Protocols;

/// <summary>One side reads everything that the other writes, for every operation, protocol and tree.</summary>
public sealed class RoundTripProperties
{
    private static readonly (Codec Codec, Operation Operation)[] All =
    [
        .. from id in ServiceModel.Ids
        let model = ServiceModel.For(id)
        from protocol in model.Protocols
        from operation in model.Operations.Values
        select (CodecTable.For(model, protocol), operation),
    ];

    [Fact]
    public void A_server_reads_the_input_that_a_client_wrote() =>
        Prop.ForAll(
                Cases(),
                item =>
                {
                    var (codec, operation) = All[item.Index];
                    var input = new TreeMaker(new Random(item.Seed)).Input(operation);
                    var request = codec.WriteRequest(operation, input);
                    codec.OperationName(request).ShouldBe(operation.Name);
                    Trees.Canonical(codec.ReadRequest(operation, request)).ShouldBe(Trees.Canonical(input));
                }
            )
            .Check();

    [Fact]
    public void A_client_reads_the_output_that_a_server_wrote() =>
        Prop.ForAll(
                Cases(),
                item =>
                {
                    var (codec, operation) = All[item.Index];
                    var output = new TreeMaker(new Random(item.Seed)).Output(operation);
                    var response = codec.WriteResponse(operation, output, "request-1");
                    Trees.Canonical(codec.ReadResponse(operation, response)).ShouldBe(Trees.Canonical(output));
                }
            )
            .Check();

    [Fact]
    public void Bytes_that_are_not_a_message_are_an_error_of_the_client() =>
        Prop.ForAll(
                Cases(),
                item =>
                {
                    var (codec, operation) = All[item.Index];
                    var random = new Random(item.Seed);
                    var request = codec.WriteRequest(operation, new TreeMaker(random).Input(operation));
                    var body = request.Body.ToArray();
                    for (var i = 0; i < 3 && body.Length > 0; i++)
                    {
                        body[random.Next(body.Length)] = (byte)random.Next(256);
                    }

                    try
                    {
                        codec.ReadRequest(operation, request with { Body = body });
                    }
                    catch (Errors.AwsException error)
                    {
                        error.Status.ShouldBe(400);
                    }
                }
            )
            .Check();

    [Fact]
    public void A_tree_that_was_stored_as_text_is_written_the_same() =>
        Prop.ForAll(
                Cases(),
                item =>
                {
                    var (codec, operation) = All[item.Index];
                    var output = new TreeMaker(new Random(item.Seed)).Output(operation);
                    var stored = (System.Text.Json.Nodes.JsonObject)
                        JsonSerializer.Deserialize<System.Text.Json.Nodes.JsonNode>(output.ToJsonString())!;
                    var expected = codec.WriteResponse(operation, output, "request-1").Body.ToArray();
                    codec.WriteResponse(operation, stored, "request-1").Body.ToArray().ShouldBe(expected);
                }
            )
            .Check();

    private static Arbitrary<(int Index, int Seed)> Cases() =>
        Gen.Choose(0, All.Length - 1)
            .SelectMany(index => Gen.Choose(0, int.MaxValue - 1).Select(seed => (index, seed)))
            .ToArbitrary();
}
