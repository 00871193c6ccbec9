using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.Loop.Approval;
using Plumbline.Loop.Deployment;
using Plumbline.Loop.Home;
using Plumbline.Loop.Registry;
using Plumbline.WebConsole.Components;
using Plumbline.WebConsole.Http;
using Plumbline.WebConsole.People;
using Plumbline.WebConsole.Projects;

namespace Plumbline.WebConsole.Pages.Models;

/// <summary>Shows the versions side by side, and takes decisions about them.</summary>
internal static class ModelPages
{
    public static void MapModels(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/{project}/models", ShowAsync);
        routes.MapPost("/{project}/models/{version:long}", DecideAsync).RequireAuthorization(Roles.Approver);
    }

    private static async Task<IResult> ShowAsync(
        string? a,
        string? b,
        CurrentLoop current,
        PageFrame frame,
        CancellationToken cancellationToken
    )
    {
        var loop = await current.GetAsync(cancellationToken);
        var evaluated = await new ModelRegistry(loop).EvaluatedAsync(cancellationToken);
        var versions = evaluated.Select(one => one.Model).ToList();
        var production = await new ProductionModel(loop).FindAsync(cancellationToken);
        var live = versions.FirstOrDefault(version => version.Arn == production?.PackageArn);
        var left = Chosen(versions, a) ?? Newest(ModelRegistry.Waiting(versions)) ?? Newest(versions);
        var right = Chosen(versions, b) ?? (live != left ? live : null);
        return frame.Render<ModelsPage>(
            new
            {
                Versions = evaluated,
                Left = left is null
                    ? null
                    : await ModelDetail.ReadAsync(loop, left, versions, production?.PackageArn, cancellationToken),
                Right = right is null
                    ? null
                    : await ModelDetail.ReadAsync(loop, right, versions, production?.PackageArn, cancellationToken),
                Loop = loop,
                Production = production,
                Changes = left is null ? [] : await SchemaChange.OfVersionAsync(loop, left, cancellationToken),
            }
        );
    }

    private static ModelVersion? Newest(IReadOnlyList<ModelVersion> versions) =>
        versions is [.., var newest] ? newest : null;

    private static ModelVersion? Chosen(IReadOnlyList<ModelVersion> versions, string? number) =>
        string.IsNullOrEmpty(number) ? null
        : long.TryParse(number, CultureInfo.InvariantCulture, out var wanted)
        && versions.FirstOrDefault(version => version.Version == wanted) is { } found
            ? found
        : throw PageException.NotFound($"Version '{number}'");

    /// <summary>Takes a decision, which is bound to the version's state and evidence on the page.</summary>
    private static async Task<IResult> DecideAsync(
        long version,
        HttpContext context,
        CurrentLoop current,
        PageFrame frame,
        CancellationToken cancellationToken
    )
    {
        var loop = await current.GetAsync(cancellationToken);
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var (decision, reason) = (form["decision"].ToString(), form["reason"].ToString().Trim());
        var now = await new ModelRegistry(loop).GetAsync(version, cancellationToken);
        if (form["seen"] != Seen(now))
        {
            throw new PageException(
                StatusCodes.Status409Conflict,
                "The version has changed",
                $"Version {version} is {now.StatusText($"since {DisplayText.Time(now.Modified)}")} It was decided about after you opened the page. Look at it again."
            );
        }

        var approvals = new Approvals(loop);
        var decided = decision switch
        {
            "approve" => await approvals.ApproveAsync(
                version,
                reason,
                evidence: form["evidence"].ToString(),
                despite: long.TryParse(form["despite"], CultureInfo.InvariantCulture, out var newer) ? newer : null,
                cancellationToken: cancellationToken
            ),
            "reject" => await approvals.RejectAsync(
                version,
                reason,
                evidence: form["evidence"].ToString(),
                cancellationToken: cancellationToken
            ),
            _ => throw new PageException(400, "Unknown decision", "It must be approve or reject."),
        };
        return PageFrame.Done(
            context,
            $"/{frame.Project}/models?a={version}",
            decided.Status == ModelApprovalStatus.Approved
                ? $"Version {version} is approved; its deployment starts."
                : $"Version {version} is rejected."
        );
    }

    /// <summary>A text that changes with every change of a version.</summary>
    public static string Seen(ModelVersion version) => $"{version.Status}@{version.Modified.ToUnixTimeMilliseconds()}";

    /// <summary>A sentence about a newer candidate; null without one.</summary>
    public static string? Superseded(ModelDetail detail) =>
        detail.Newer is { } newer ? $"Version {detail.Model.Version} {ModelRegistry.OlderThan(newer)}." : null;

    /// <summary>The consequence of approving a version, in words, before it is approved.</summary>
    public static string Consequence(LoopContext loop, ModelVersion version, Production? production)
    {
        var endpoint = loop.Project.Endpoint;
        var name = loop.Names.Endpoint;
        var watch =
            $"({endpoint.Routing}, watched for {DisplayText.Duration(endpoint.Bake)}); it is rolled back if requests to the new version fail (5xx) or take more than a second.";
        var how =
            production is null
                ? $"The deploy build creates the endpoint {name} on {endpoint.Count} x {endpoint.Instance}."
            : production.PackageArn == version.Arn
                ? $"Version {version.Version} is in production on the endpoint {name}; the deploy build deploys it again {watch}"
            : $"The deploy build moves the endpoint {name} from {production.VersionText} to version {version.Version} {watch}";
        return $"{how} The decision and the hash of the evidence above are recorded in the history, under your name.";
    }
}
