using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plumbline.Loop.Data;
using Plumbline.Loop.Home;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.WebConsole.Components;
using Plumbline.WebConsole.Http;
using Plumbline.WebConsole.People;
using Plumbline.WebConsole.Projects;

namespace Plumbline.WebConsole.Pages.Data;

/// <summary>Shows data set versions and their rows, and uploads new base data.</summary>
internal static class DataPages
{
    private const int ShownRows = 50;

    public static void MapData(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/{project}/data", ShowAsync);
        routes.MapPost("/{project}/data", UploadAsync).RequireAuthorization(Roles.Approver);
    }

    private static async Task<IResult> ShowAsync(
        string? version,
        string? file,
        int? from,
        CurrentLoop current,
        ClassBalance balance,
        PageFrame frame,
        CancellationToken cancellationToken
    )
    {
        var loop = await current.GetAsync(cancellationToken);
        var all = await new DataSets(loop).ListAsync(cancellationToken);
        var chosen = version is null
            ? all is [.., var newest]
                ? newest
                : null
            : all.FirstOrDefault(one => one.Version == version)
                ?? throw PageException.NotFound($"The data set version '{version}'");
        // Only known file names: the address must not lead to another path.
        var names = chosen?.Names ?? DataSetFiles.OfTable;
        var name = names.All.Contains(file) ? file! : names.Train;
        var first = Math.Max(0, from ?? 0);
        return frame.Render<DataPage>(
            new
            {
                Project = loop.Project,
                Versions = all,
                Chosen = chosen,
                Balance = chosen is null ? [] : await balance.OfAsync(loop, chosen, cancellationToken),
                Files = names.All,
                File = name,
                From = first,
                RowsShown = chosen is null ? [] : await RowsAsync(loop, chosen, name, first, cancellationToken),
            }
        );
    }

    private static async Task<IReadOnlyList<string>> RowsAsync(
        LoopContext loop,
        DataSetManifest manifest,
        string file,
        int from,
        CancellationToken cancellationToken
    ) =>
        await loop
            .Bucket.LinesAsync(Layout.DataSet(manifest.Version) + file, cancellationToken)
            .Skip(from)
            .Take(ShownRows)
            .ToListAsync(cancellationToken);

    private static async Task<IResult> UploadAsync(
        HttpContext context,
        CurrentLoop current,
        PageFrame frame,
        CancellationToken cancellationToken
    )
    {
        var loop = await current.GetAsync(cancellationToken);
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var why = form["why"].ToString().Trim();
        if (form.Files.GetFile("data") is not { Length: > 0 } upload || why.Length == 0)
        {
            throw new UserError("upload", "choose a CSV file, and write the reason");
        }

        var path = Path.GetTempFileName();
        try
        {
            await using (var target = File.Create(path))
            {
                await upload.CopyToAsync(target, cancellationToken);
            }

            var commit = await new BaseDataUpload(loop).CommitAsync(path, why, cancellationToken);
            return PageFrame.Done(
                context,
                $"/{frame.Project}/runs",
                $"Commit {DisplayText.Short(commit)} has the new base data; its build is below."
            );
        }
        finally
        {
            File.Delete(path);
        }
    }
}
