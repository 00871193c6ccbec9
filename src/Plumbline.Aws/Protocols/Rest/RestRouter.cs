using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Models;

namespace Plumbline.Aws.Protocols.Rest;

/// <summary>
/// Finds the operation of a REST request. Several of S3's share a method and a path: the one that asks for more of
/// what the request has (fixed query, required query members and headers) wins.
/// </summary>
internal sealed class RestRouter
{
    private readonly ILookup<string, Route> byMethod;

    public RestRouter(ServiceModel model) =>
        byMethod = model
            .Operations.Values.Select(Route.Of)
            .OrderByDescending(route => route.FixedQuery.Count)
            .ThenByDescending(route => route.Query.Length + route.Headers.Length)
            .ThenByDescending(route => route.Template.Literals)
            .ThenBy(route => route.Operation.Name, StringComparer.Ordinal)
            .ToLookup(route => route.Operation.HttpMethod);

    public Operation? Find(WireRequest request)
    {
        List<KeyValuePair<string, string>>? query = null;
        foreach (var route in byMethod[request.Method])
        {
            if (
                route.Template.Match(request.Path) is not null
                && route.Fits(query ??= QueryPairs.Parse(request.Query), request.Headers)
            )
            {
                return route.Operation;
            }
        }

        return null;
    }

    private sealed record Route(Operation Operation, UriTemplate Template, string[] Query, string[] Headers)
    {
        public IReadOnlyList<KeyValuePair<string, string>> FixedQuery => Template.FixedQuery;

        public static Route Of(Operation operation) =>
            new(
                operation,
                UriTemplate.Of(operation),
                Required(operation, "querystring"),
                Required(operation, "header")
            );

        public bool Fits(List<KeyValuePair<string, string>> query, IHeaderDictionary headers) =>
            FixedQuery.All(pair =>
                query.Exists(sent => sent.Key == pair.Key && (pair.Value.Length == 0 || sent.Value == pair.Value))
            )
            && Array.TrueForAll(Query, name => query.Exists(sent => sent.Key == name))
            && Array.TrueForAll(Headers, headers.ContainsKey);

        private static string[] Required(Operation operation, string location) =>
            operation.Input is not { } input
                ? []
                :
                [
                    .. input
                        .Required.Where(name => input.Members[name].Location == location)
                        .Select(name => input.Members[name].LocationName ?? name),
                ];
    }
}
