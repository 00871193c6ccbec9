using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plumbline.Loop.GroundTruth;
using Plumbline.WebConsole.Captures;
using Plumbline.WebConsole.Components;
using Plumbline.WebConsole.Http;
using Plumbline.WebConsole.People;
using Plumbline.WebConsole.Projects;

namespace Plumbline.WebConsole.Pages.Review;

/// <summary>The correction queue: one prediction after the other, confirmed or corrected with one key.</summary>
internal static class ReviewPages
{
    public static void MapReview(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/{project}/review", ShowAsync);
        routes.MapPost("/{project}/review", AnswerAsync).RequireAuthorization(Roles.Reviewer);
    }

    private static async Task<IResult> ShowAsync(
        string? list,
        string? after,
        string? key,
        string? last,
        string? label,
        double? below,
        long? older,
        CurrentLoop current,
        CaptureIndexes indexes,
        PageFrame frame,
        CancellationToken cancellationToken
    )
    {
        var loop = await current.GetAsync(cancellationToken);
        var wanted = list is "uncertain" or ReviewQuery.Newest ? list : "audit";
        var query = new ReviewQuery(wanted, after, string.IsNullOrWhiteSpace(key) ? null : key.Trim(), last)
        {
            Filter = new CaptureFilter { Label = string.IsNullOrEmpty(label) ? null : label, ScoreBelow = below },
            Older = older,
        };
        var index = await indexes.OfAsync(loop, cancellationToken);
        return frame.Render<ReviewPage>(
            new { Model = await ReviewModel.ReadAsync(loop, index, query, cancellationToken), Project = loop.Project }
        );
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext context,
        CurrentLoop current,
        CaptureIndexes indexes,
        PageFrame frame,
        CancellationToken cancellationToken
    )
    {
        var loop = await current.GetAsync(cancellationToken);
        var index = await indexes.OfAsync(loop, cancellationToken);
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var (list, key) = (form["list"].ToString(), form["key"].ToString());
        var reason = form["reason"].ToString().Trim();
        var reviews = new Reviews(loop);
        var listed = list switch
        {
            "audit" => await reviews.AuditListAsync(cancellationToken),
            "uncertain" => await reviews.UncertainListAsync(cancellationToken),
            _ => [],
        };
        var item =
            await ReviewModel.FindAsync(loop, index, listed, key, cancellationToken)
            ?? throw PageException.NotFound($"A prediction with the key '{key}'");
        var said = await reviews.RecordAsync(
            [new ReviewAnswer(item, form["label"].ToString())],
            reason: reason.Length == 0 ? null : reason,
            cancellationToken: cancellationToken
        );
        await index.AddAsync(said, CancellationToken.None);
        return list is "audit" or "uncertain"
            ? PageFrame.Go($"/{frame.Project}/review?list={list}&last={Uri.EscapeDataString(key)}")
            : PageFrame.Done(context, $"/{frame.Project}/review", "Recorded: it is ground truth now.");
    }
}
