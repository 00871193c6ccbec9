using System.Globalization;
using System.Text;

namespace Plumbline.Records.Backtests;

/// <summary>A backtest with pictures: a page of its own, or the sections of such a page for the console.</summary>
public static class ReportHtml
{
    private const string Style = """
        body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:70rem;padding:1rem;color:#17202b;background:#f6f7f9}
        .card{background:#fff;border:1px solid #d5dae1;border-radius:.5rem;padding:1rem;margin:1rem 0}.scroll{overflow-x:auto}
        table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #d5dae1;vertical-align:top}
        .number{text-align:right;font-variant-numeric:tabular-nums}.row{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center}
        .chart{width:100%;height:auto;display:block}.chart.legend{width:1.8rem}.chart text{fill:#56616e;font-size:11px}
        .chart .axis{stroke:#d5dae1}.chart .line{fill:none;stroke-width:2}
        .l0{stroke:#0f5cad}.l1{stroke:#b3261e;stroke-dasharray:6 3}.l2{stroke:#8a5300;stroke-dasharray:2 3}.l3{stroke:#146c3a;stroke-dasharray:9 3 2 3}.l4{stroke:#6b3fa0}
        .chart .trained{stroke:#56616e;stroke-width:3}
        """;

    /// <summary>A whole page, which needs no other file.</summary>
    public static string Page(BacktestReport report) =>
        $"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Backtest of {Text(report.Source)}</title><style>{Style}</style></head>\n<body><h1>Backtest of {Text(report.Source)}</h1>\n{Sections(report)}</body></html>\n";

    /// <summary>The sections, for a page with the console's style.</summary>
    public static string Sections(BacktestReport report)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<p>{Text(Summary(report))}</p>\n");
        if (report.Recommendation.Count > 0)
        {
            // Not a table: on a phone, a column of sentences would be narrow.
            Card(html, "recommendation", "Recommendation", string.Concat(report.Recommendation.Select(Paragraph)));
        }
        Card(html, "over-time", $"{report.Kind().Words} over time", OverTime(report));
        Section(
            html,
            "policies",
            "Policies",
            $"Policy,#{report.Kind().Words},#Worst window,#Trainings,#Deployments,#Trained rows,#Labels,#US dollars",
            report.Policies.Select(one => Row(report, one.Policy, one))
        );
        var blend = report.Of(BacktestReport.Blend);
        Card(html, "weights", "Weights of the blend", Weights(blend));
        Card(html, "trainings", "Trainings of the blend", Trainings(blend));
        if (report.Grid.Count > 0)
        {
            Section(
                html,
                "grid",
                "Settings that were tried",
                $"Setting,#{report.Kind().Words},#Worst window,#Trainings,#Deployments,#Trained rows,#Labels,#US dollars",
                report.Grid.Select(one => Row(report, one.Setting.Words(), one.Result))
            );
        }
        return html.ToString();
    }

    /// <summary>The rows, the windows and the labels in a sentence.</summary>
    public static string Summary(BacktestReport report) =>
        FormattableString.Invariant(
            $"{report.Rows} rows; the first {report.InitialRows} trained the first model, {Plural.Of(report.Policies[0].Rows.Count, "window was", "windows were")} served. {report.LabelShare * 100:0.##} % of the served rows got a label, {Plural.Of(report.LabelDelay, "window", "windows")} later. Dollars: trainings on {report.Instance} on AWS."
        );

    private static string OverTime(BacktestReport report)
    {
        var best = report.Best();
        List<(string, PolicyResult)> lines =
        [
            ("blend", report.Of(BacktestReport.Blend)),
            ("never retraining", report.Of(BacktestReport.Never)),
            ("retraining always", report.Of(report.Singles[0])),
        ];
        if (lines.TrueForAll(line => line.Item2 != best))
        {
            lines.Add(($"best in hindsight ({best.Policy})", best));
        }
        var words = lines.Select(line => $"{line.Item1} {report.Kind().Text(line.Item2.Figure)} in all");
        return LineSvg.Of(
            $"{report.Kind().Words} by window: {string.Join(", ", words)}",
            [.. lines.Select(line => (line.Item1, line.Item2.FigureByWindow))]
        );
    }

    private static string Weights(PolicyResult blend) =>
        LineSvg.Of(
            "The weight of each recipe by window",
            [
                .. blend.Recipes.Select(
                    (name, recipe) => (name, (IReadOnlyList<double>)[.. blend.Weights.Select(one => one[recipe])])
                ),
            ]
        );

    /// <summary>A line for each recipe, with a mark after each window that trained it.</summary>
    private static string Trainings(PolicyResult blend)
    {
        const double left = 80;
        const double step = 22;
        var (count, height) = (blend.Trained.Count, blend.Recipes.Count * step + 20);
        var svg = new StringBuilder();
        var total = blend.Recipes.Select(name => $"{name} {blend.Trained.Count(names => names.Contains(name))} times");
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg class=\"chart\" viewBox=\"0 0 900 {height}\" role=\"img\" aria-label=\"Trainings by window: {Text(string.Join(", ", total))}\">"
        );
        for (var recipe = 0; recipe < blend.Recipes.Count; recipe++)
        {
            var y = recipe * step + 16;
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"{left - 8}\" y=\"{y + 4}\" text-anchor=\"end\">{Text(blend.Recipes[recipe])}</text><line class=\"axis\" x1=\"{left}\" x2=\"892\" y1=\"{y}\" y2=\"{y}\"/>"
            );
            for (var window = 0; window < count; window++)
            {
                if (blend.Trained[window].Contains(blend.Recipes[recipe]))
                {
                    var x = left + (892 - left) * (window + 1) / count;
                    svg.Append(
                        CultureInfo.InvariantCulture,
                        $"<line class=\"trained\" x1=\"{x:0.#}\" x2=\"{x:0.#}\" y1=\"{y - 7}\" y2=\"{y + 7}\"/>"
                    );
                }
            }
        }
        return svg.Append("</svg>").ToString();
    }

    private static string Paragraph(Advice advice) =>
        $"<p><strong>{Text(advice.Setting)}: {Text(advice.Value)}</strong><br/>{Text(advice.Why)}</p>";

    private static string[] Row(BacktestReport report, string name, PolicyResult result) =>
        [
            name,
            Figure(report, result.Figure),
            Figure(report, result.Worst()),
            $"{result.Trainings}",
            $"{result.Deployments}",
            $"{result.TrainedRows}",
            $"{result.Labels}",
            result.Dollars?.ToString("0.00", CultureInfo.InvariantCulture) ?? "",
        ];

    private static string Figure(BacktestReport report, double value) =>
        report.Kind().IsShare ? value.ToString("0.0000", CultureInfo.InvariantCulture) : report.Kind().Text(value);

    /// <param name="columns">The names of the columns; those with # have numbers.</param>
    private static void Section(StringBuilder html, string id, string title, string columns, IEnumerable<string[]> rows)
    {
        var heads = columns.Split(',');
        string Class(int column) => heads[column].StartsWith('#') ? " class=\"number\"" : "";
        var table = new StringBuilder("<table><thead><tr>");
        for (var column = 0; column < heads.Length; column++)
        {
            table.Append(
                CultureInfo.InvariantCulture,
                $"<th scope=\"col\"{Class(column)}>{Text(heads[column].TrimStart('#'))}</th>"
            );
        }
        table.Append("</tr></thead><tbody>");
        foreach (var row in rows)
        {
            table.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Text(row[0])}</th>");
            for (var column = 1; column < row.Length; column++)
            {
                table.Append(CultureInfo.InvariantCulture, $"<td{Class(column)}>{Text(row[column])}</td>");
            }
            table.Append("</tr>");
        }
        Card(html, id, title, table.Append("</tbody></table>").ToString());
    }

    private static void Card(StringBuilder html, string id, string title, string content) =>
        html.Append(
            CultureInfo.InvariantCulture,
            $"<section class=\"card scroll\" tabindex=\"0\" aria-labelledby=\"{id}\"><h2 id=\"{id}\">{Text(title)}</h2>{content}</section>\n"
        );

    private static string Text(string text) => LineSvg.Encoded(text);
}
