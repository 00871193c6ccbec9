using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plumbline.Loop.GroundTruth;
using Plumbline.Loop.Home;
using Plumbline.Records;
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
        var query = new ReviewQuery(
            wanted,
            after,
            string.IsNullOrWhiteSpace(key) ? null : key.Trim(),
            last,
            frame.IsReviewer
        )
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
        if (form["newLabel"].ToString().Trim() is { Length: > 0 } added && form["label"].Count == 0)
        {
            loop = await new AddedLabels(loop).AddAsync(added, cancellationToken);
            reviews = new Reviews(loop);
        }

        var label = Given(loop, form);
        var back =
            $"/{frame.Project}/review?{(list is "audit" or "uncertain" ? $"list={list}&" : "")}key={Uri.EscapeDataString(key)}";
        reviews.Require(key, label);
        if (await MeanwhileAsync(loop, index, form, cancellationToken) is { } other)
        {
            var who = DisplayText.Who(other.Reviewer);
            return other.Label == label
                ? PageFrame.Done(
                    context,
                    Next(frame, list, key),
                    $"{who} had already answered '{label}' for {key}: nothing was added."
                )
                : PageFrame.Done(
                    context,
                    back,
                    $"{who} answered '{other.Label}' for {key} while you looked at it. Your answer, '{label}', is not recorded: give it again if you disagree."
                );
        }

        var wasBlind = Reviews.IsBlind(loop.Project, key) && !form.ContainsKey("told");
        try
        {
            var said = await reviews.RecordAsync(
                [new ReviewAnswer(item, label)],
                reason: reason.Length == 0 ? null : reason,
                cancellationToken: cancellationToken
            );
            await index.AddAsync(said, CancellationToken.None);
        }
        catch
        {
            await new ReviewLeases(loop).ReturnAsync(key, CancellationToken.None);
            throw;
        }

        return list is not ("audit" or "uncertain")
                ? PageFrame.Done(context, $"/{frame.Project}/review", "Recorded: it is ground truth now.")
            : wasBlind && list == "audit"
                ? PageFrame.Done(
                    context,
                    Next(frame, list, key),
                    item.Predicted == label
                        ? $"You said '{label}'; the model had said the same."
                        : $"You said '{label}'; the model had said '{item.Predicted}'."
                )
            : PageFrame.Go(Next(frame, list, key));
    }

    /// <summary>The label of the pressed button, or the number that a person wrote.</summary>
    private static string Given(LoopContext loop, IFormCollection form)
    {
        var given =
            form["label"] is [{ Length: > 0 } label, ..] ? label
            : form.ContainsKey("several") ? RecordJson.Write(form["labels"].ToArray())
            : form["json"].ToString() is { Length: > 0 } json ? json
            : form["number"].ToString().Trim() is { Length: > 0 } number ? number
            : form["newLabel"].ToString().Trim();
        return loop.Project.LabelOf(given) ?? given;
    }

    private static string Next(PageFrame frame, string list, string key) =>
        list is "audit" or "uncertain"
            ? $"/{frame.Project}/review?list={list}&last={Uri.EscapeDataString(key)}"
            : $"/{frame.Project}/review";

    /// <summary>Another person's answer about the item since this form's page was rendered, or null.</summary>
    private static async Task<ReviewLease?> MeanwhileAsync(
        LoopContext loop,
        CaptureIndex index,
        IFormCollection form,
        CancellationToken cancellationToken
    )
    {
        var (key, seen) = (form["key"].ToString(), form["seen"].ToString());
        var given = (await index.Verdicts.OfAsync([key], cancellationToken)).GetValueOrDefault(key)?.Given ?? [];
        var newer = given.SkipWhile(one => one.Id.ToString() != seen).Skip(1).ToList();
        var unseen = given.Any(one => one.Id.ToString() == seen) ? newer : given;
        if (unseen.LastOrDefault(one => one.Reviewer != loop.Actor) is { } other)
        {
            return new ReviewLease(key, other.Reviewer, other.Time, other.Label);
        }

        return await new ReviewLeases(loop).AnswerAsync(
            key,
            Given(loop, form),
            knows: form.ContainsKey("told"),
            cancellationToken
        );
    }
}
