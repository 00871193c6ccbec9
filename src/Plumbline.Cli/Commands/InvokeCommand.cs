using System.CommandLine;
using System.Text;
using Plumbline.Aws.Client.Services;
using Plumbline.Records;
using Plumbline.Records.Examples;
using Plumbline.Records.Project;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb invoke</c>: asks the model in production.</summary>
internal static class InvokeCommand
{
    public static Command Create()
    {
        var input = new Argument<string>("INPUT")
        {
            Description =
                "CSV rows without the label, or JSON such as an object with a member for each column, or a text, or @FILE (rows, JSON, an image or a text), or - for standard input",
        };
        var id = new Option<string?>("--inference-id")
        {
            Description = "Your key for this prediction, for `plumb correct`",
            HelpName = "ID",
        };
        return LoopCommand.Create(
            "invoke",
            "Send an input to the model in production and print its answer",
            async (loop, parsed, cancellationToken) =>
            {
                var given = parsed.GetValue(input)!;
                var body = await ReadAsync(given, cancellationToken);
                var answer = await loop.Clients.Runtime.InvokeEndpointAsync(
                    new InferenceRequest(loop.Names.Endpoint, body, TypeOf(given, body, loop.Project))
                    {
                        Accept = "application/json",
                        InferenceId = parsed.GetValue(id),
                    },
                    cancellationToken
                );
                Console.WriteLine(Encoding.UTF8.GetString(answer.Body.Span));
                return CommandLine.Ok;
            },
            input,
            id
        );
    }

    private static string TypeOf(string given, ReadOnlySpan<byte> body, ProjectDescription project) =>
        !project.Data.IsContent()
            ? IsJson(body)
                ? "application/json"
                : "text/csv"
            : given.StartsWith('@')
                ? ContentTypes.Of(given)
                    ?? throw new UserError(
                        given[1..],
                        $"has an unknown type: its name must end in {ContentTypes.Extensions}"
                    )
                : ContentTypes.Text;

    /// <summary>True if rows begin as JSON does. A cell of CSV with such a beginning needs quotes.</summary>
    internal static bool IsJson(ReadOnlySpan<byte> body) => body.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];

    private static async Task<byte[]> ReadAsync(string given, CancellationToken cancellationToken)
    {
        if (given == "-")
        {
            return Encoding.UTF8.GetBytes(await Console.In.ReadToEndAsync(cancellationToken));
        }

        if (!given.StartsWith('@'))
        {
            return Encoding.UTF8.GetBytes(given);
        }

        var file = given[1..];
        return File.Exists(file)
            ? await File.ReadAllBytesAsync(file, cancellationToken)
            : throw new UserError(file, "the file does not exist");
    }
}
