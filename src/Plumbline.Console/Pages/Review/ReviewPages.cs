using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plumbline.Console.Components;
using Plumbline.Console.People;
using Plumbline.Console.Projects;
using Plumbline.Loop.GroundTruth;

namespace Plumbline.Console.Pages.Review;

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
        CurrentLoop current,
        CorrectionHistories histories,
        PageFrame frame,
        CancellationToken cancellationToken
    )
    {
        var loop = await current.GetAsync(cancellationToken);
        var wanted = list is "uncertain" ? "uncertain" : "audit";
        var query = new ReviewQuery(wanted, after, string.IsNullOrWhiteSpace(key) ? null : key.Trim(), last);
        var said = await histories.ReadAsync(loop, cancellationToken);
        return frame.Render<ReviewPage>(
            new { Model = await ReviewModel.ReadAsync(loop, said, query, cancellationToken), Project = loop.Project }
        );
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext context,
        CurrentLoop current,
        PageFrame frame,
        CancellationToken cancellationToken
    )
    {
        var loop = await current.GetAsync(cancellationToken);
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var (list, key) = (form["list"].ToString(), form["key"].ToString());
        var reason = form["reason"].ToString().Trim();
        await new Reviews(loop).CorrectAsync(
            key,
            form["label"].ToString(),
            list is "audit" or "uncertain" ? list : null,
            reason.Length == 0 ? null : reason,
            cancellationToken
        );
        return list is "audit" or "uncertain"
            ? PageFrame.Go($"/{frame.Project}/review?list={list}&last={Uri.EscapeDataString(key)}")
            : PageFrame.Done(context, $"/{frame.Project}/review", "Recorded: it is ground truth now.");
    }
}
