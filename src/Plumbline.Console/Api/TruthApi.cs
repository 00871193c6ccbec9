using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Plumbline.Loop.GroundTruth;
using Plumbline.Records;
using Plumbline.Records.GroundTruth;
using Plumbline.WebConsole.Http;
using Plumbline.WebConsole.People;

namespace Plumbline.WebConsole.Api;

/// <summary><c>POST /api/truth</c>: a program delivers the truths that it knows.</summary>
internal static class TruthApi
{
    /// <summary>The largest body, in bytes: about 300,000 truths.</summary>
    public const long LargestBody = 16L * 1024 * 1024;

    public static void MapTruth(this IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/api/truth", PostAsync)
            .RequireAuthorization(TokenSignIn.Name)
            .WithMetadata(new ProgramAddress())
            .WithName("DeliverTruth")
            .WithSummary("Deliver the truths of predictions")
            .WithDescription(
                "The body is a JSON array of truths, or JSON Lines with one truth per line. One invalid truth delivers nothing. The same truths again change nothing."
            )
            // Not by Accepts(), which would refuse other content types with a page before the token is looked at.
            .AddOpenApiOperationTransformer(ApiDocument.TakesTruths)
            .Produces<TruthReceipt>()
            .Produces<TruthRefusal>(StatusCodes.Status400BadRequest)
            .Produces<TruthRefusal>(StatusCodes.Status401Unauthorized)
            .Produces<TruthRefusal>(StatusCodes.Status404NotFound)
            .Produces<TruthRefusal>(StatusCodes.Status413PayloadTooLarge)
            .Produces<TruthRefusal>(StatusCodes.Status422UnprocessableEntity)
            .Produces<TruthRefusal>(StatusCodes.Status429TooManyRequests);

    private static async Task<IResult> PostAsync(
        HttpContext context,
        [Description("The project; it may be left out if the console has only one")] string? project,
        [Description("The reason for the truths, for the history and each correction")] string? reason,
        Loop.Status.Projects projects,
        TokenLimits limits,
        CancellationToken cancellationToken
    )
    {
        var program = context.User.Identity!.Name!;
        if (limits.Take(program) is { } wait)
        {
            context.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
            return Refuse(429, $"{TokenLimits.Requests} requests a minute are allowed: put more truths into one.");
        }

        var name = project ?? await OnlyAsync(projects, cancellationToken);
        if (name is null)
        {
            return Refuse(400, "The address does not name the project: write /api/truth?project=NAME.");
        }

        if (await projects.FindAsync(name, cancellationToken) is not { } found)
        {
            return Refuse(404, $"The project '{name}' does not exist.");
        }

        var loop = found.As(program);
        using var body = new MemoryStream();
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = LargestBody;
        await context.Request.Body.CopyToAsync(body, cancellationToken);
        var truths = new TruthFile("truths", loop.Project, TruthFile.UsualColumns);
        IReadOnlyList<string> lines;
        try
        {
            lines = Read(truths, body);
        }
        catch (UserError) when (truths.Invalid > 0)
        {
            var errors = truths.Problems.Select(one => new InvalidTruth(one.Line, one.Reason)).ToList();
            return Refuse(
                422,
                $"{Plural.Of(truths.Invalid, "truth is", "truths are")} invalid; nothing was delivered.",
                errors
            );
        }
        catch (UserError error)
        {
            return Refuse(400, error.Reason);
        }

        var (delivery, isNew) = await new TruthImport(loop).DeliverAsync(
            "api",
            program,
            lines,
            reason,
            cancellationToken
        );
        return Results.Json(new TruthReceipt(delivery.Truths, delivery.Key, isNew));
    }

    private static IReadOnlyList<string> Read(TruthFile truths, MemoryStream body)
    {
        var bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
        body.Position = 0;
        var text = bytes.Span.TrimStart(" \t\r\n"u8);
        return text.StartsWith("["u8) ? truths.ReadArray(bytes)
            : text.StartsWith("{"u8) ? truths.Read(body)
            : throw new UserError("truths", "The body is neither a JSON array nor JSON Lines.");
    }

    private static async Task<string?> OnlyAsync(Loop.Status.Projects projects, CancellationToken cancellationToken) =>
        await projects.NamesAsync(cancellationToken) is [var only] ? only : null;

    private static IResult Refuse(int status, string message, IReadOnlyList<InvalidTruth>? errors = null) =>
        Results.Json(new TruthRefusal(message, errors ?? []), statusCode: status);
}
