using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Loop.Approval;
using Plumbline.Loop.Deployment;
using Plumbline.Loop.Home;
using Plumbline.Loop.Registry;
using Plumbline.Records;
using Plumbline.Records.Examples;
using Plumbline.Records.GroundTruth;
using Plumbline.WebConsole.Components;
using Plumbline.WebConsole.People;
using Plumbline.WebConsole.Projects;

namespace Plumbline.WebConsole.Pages.Endpoint;

/// <summary>Shows the model in production and its traffic, goes back, and sends requests by hand.</summary>
internal static class EndpointPages
{
    private static readonly TimeSpan ShownPeriod = TimeSpan.FromHours(24);

    public static void MapEndpoint(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(
            "/{project}/endpoint",
            async (CurrentLoop current, PageFrame frame, CancellationToken cancellationToken) =>
                await PageAsync(await current.GetAsync(cancellationToken), frame, null, cancellationToken)
        );
        routes.MapPost("/{project}/endpoint/try", TryAsync).RequireAuthorization(Roles.Reviewer);
        routes.MapPost("/{project}/endpoint/back", BackAsync).RequireAuthorization(Roles.Approver);
    }

    private static async Task<IResult> PageAsync(
        LoopContext loop,
        PageFrame frame,
        Attempt? attempt,
        CancellationToken cancellationToken
    )
    {
        var production = await new ProductionModel(loop).FindAsync(cancellationToken);
        var ledger = await new Ledger(loop).ReadAsync(cancellationToken);
        var now = await loop.Clock.NowAsync(cancellationToken);
        return frame.Render<EndpointPage>(
            new
            {
                Loop = loop,
                Production = production,
                Pending = production is null ? null : await PendingUpdate.ReadAsync(loop, now, cancellationToken),
                Ledger = ledger.Reverse().ToList(),
                Before = Before(production, ledger),
                Traffic = await EndpointTraffic.ReadAsync(loop, now, ShownPeriod, cancellationToken),
                Attempt = attempt,
            }
        );
    }

    /// <summary>The deployment that a rejection of the live version would go back to.</summary>
    private static LedgerEntry? Before(Production? production, IReadOnlyList<LedgerEntry> ledger) =>
        production is null
            ? null
            : ledger.LastOrDefault(entry => entry.Deployed && entry.PackageArn != production.PackageArn);

    /// <summary>Sends a person's row to the model, as a probe that does not count in any measurement.</summary>
    private static async Task<IResult> TryAsync(
        HttpContext context,
        CurrentLoop current,
        PageFrame frame,
        CancellationToken cancellationToken
    )
    {
        var loop = await current.GetAsync(cancellationToken);
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var features = form["features"].ToString().Trim();
        var (body, type) = loop.Project.Data.IsContent()
            ? await ContentOfAsync(form.Files.GetFile("content"), features, cancellationToken)
            : (Encoding.UTF8.GetBytes(features), "text/csv");
        var request = new InferenceRequest(loop.Names.Endpoint, body, type)
        {
            Accept = "application/json",
            InferenceId = $"{JoinKey.ProbePrefix}{Guid.NewGuid()}",
        };
        Attempt attempt;
        try
        {
            var answer = await loop.Clients.Runtime.InvokeEndpointAsync(request, cancellationToken);
            attempt = new Attempt(features, Encoding.UTF8.GetString(answer.Body.Span), null);
        }
        catch (AwsException refusal)
        {
            attempt = new Attempt(features, null, refusal.Message);
        }

        return await PageAsync(loop, frame, attempt, cancellationToken);
    }

    /// <summary>An uploaded file, or a text.</summary>
    private static async Task<(byte[] Body, string Type)> ContentOfAsync(
        IFormFile? file,
        string text,
        CancellationToken cancellationToken
    )
    {
        if (file is not { Length: > 0 })
        {
            return (Encoding.UTF8.GetBytes(text), ContentTypes.Text);
        }

        var type =
            ContentTypes.Of(file.FileName)
            ?? throw new UserError(
                file.FileName,
                $"has an unknown type: its name must end in {ContentTypes.Extensions}"
            );
        using var body = new MemoryStream();
        await file.CopyToAsync(body, cancellationToken);
        return (body.ToArray(), type);
    }

    /// <summary>Rejects the live version, so that the deploy build goes back to the configuration before it.</summary>
    private static async Task<IResult> BackAsync(
        HttpContext context,
        CurrentLoop current,
        PageFrame frame,
        CancellationToken cancellationToken
    )
    {
        var loop = await current.GetAsync(cancellationToken);
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var production = await new ProductionModel(loop).FindAsync(cancellationToken);
        if (production?.PackageArn is not { } live || form["live"] != live)
        {
            throw new Http.PageException(
                StatusCodes.Status409Conflict,
                "Production has changed",
                "Another version is in production since you opened the page. Look at it again."
            );
        }

        var version = await new ModelRegistry(loop).DescribeAsync(live, cancellationToken);
        await new Approvals(loop).RejectAsync(
            version.Version,
            form["reason"].ToString().Trim(),
            cancellationToken: cancellationToken
        );
        return PageFrame.Done(
            context,
            $"/{frame.Project}/endpoint",
            $"Version {version.Version} is rejected; the previous one comes back."
        );
    }
}

/// <summary>A request by hand.</summary>
/// <param name="Features">The row.</param>
/// <param name="Answer">The model's answer; null if it refused.</param>
/// <param name="Problem">The reason of the refusal.</param>
public sealed record Attempt(string Features, string? Answer, string? Problem);
