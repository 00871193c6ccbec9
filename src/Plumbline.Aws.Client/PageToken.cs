using Plumbline.Aws.Models;

namespace Plumbline.Aws.Client;

/// <summary>The members that lead from one page to the next: what an output ends with and the next input takes.</summary>
internal sealed record PageToken(string Input, string Output)
{
    // logs GetLogEvents turns its pages with nextToken in and nextForwardToken out.
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
