using Plumbline.Aws.Models;

namespace Plumbline.Aws.Client;

/// <summary>The members that lead from one page to the next: the output's token goes into the next input.</summary>
internal sealed record PageToken(string Input, string Output)
{
    // GetLogEvents of CloudWatch Logs takes nextToken and returns nextForwardToken.
    private static readonly PageToken[] Known =
    [
        new("NextToken", "NextToken"),
        new("nextToken", "nextToken"),
        new("Marker", "Marker"),
        new("nextToken", "nextForwardToken"),
    ];

    public static PageToken? Of(Operation operation) =>
        Known.FirstOrDefault(token =>
            operation.Input?.Members.ContainsKey(token.Input) == true
            && operation.Output?.Members.ContainsKey(token.Output) == true
        );
}
