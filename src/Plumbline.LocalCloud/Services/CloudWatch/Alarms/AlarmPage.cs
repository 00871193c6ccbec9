using System.Globalization;
using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Services.CloudWatch.Alarms;

/// <summary>Pages of alarms and of their history: the token is the number of items before the page.</summary>
internal static class AlarmPage
{
    public static int Skip(JsonObject input) =>
        input.Text("NextToken") is not { } token ? 0
        : int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var skip) ? skip
        : throw CloudWatchErrors.InvalidToken();
}
