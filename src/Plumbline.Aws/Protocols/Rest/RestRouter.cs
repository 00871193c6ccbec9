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
            .Concat(model.Unserved.Select(Route.Of))
            .OrderByDescending(route => route.FixedQuery.Count)
            .ThenByDescending(route => route.Needs.Count)
            .ThenByDescending(route => route.Template.Literals)
            .ThenByDescending(route => route.IsServed)
            .ThenBy(route => route.Name, StringComparer.Ordinal)
            .ToLookup(route => route.Method);

    /// <summary>The name of the operation, whether or not it is served; null where the service has none such.</summary>
    public string? Find(WireRequest request)
    {
        var query = QueryPairs.Parse(request.Query);
        foreach (var route in byMethod[request.Method])
        {
            if (route.Fits(query, request.Headers) && route.Template.Match(request.Path) is not null)
            {
                return route.Name;
            }
        }

        return null;
    }

    private sealed record Route(
        string Name,
        string Method,
        UriTemplate Template,
        IReadOnlyList<string> Needs,
        bool IsServed
    )
    {
        public IReadOnlyList<KeyValuePair<string, string>> FixedQuery => Template.FixedQuery;

        public static Route Of(Operation operation) =>
            new(operation.Name, operation.HttpMethod, UriTemplate.Of(operation), NeedsOf(operation), IsServed: true);

        public static Route Of(UnservedOperation operation) =>
            new(operation.Name, operation.HttpMethod, UriTemplate.Of(operation), operation.Needs, IsServed: false);

        public bool Fits(List<KeyValuePair<string, string>> query, IHeaderDictionary headers) =>
            FixedQuery.All(pair =>
                query.Exists(sent => sent.Key == pair.Key && (pair.Value.Length == 0 || sent.Value == pair.Value))
            ) && Needs.All(name => headers.ContainsKey(name) || query.Exists(sent => sent.Key == name));

        /// <summary>
        /// A header that is missing makes a request invalid, and no other operation's: only where nothing in the query
        /// names the operation does the header do so, as in a copy.
        /// </summary>
        private static string[] NeedsOf(Operation operation)
        {
            var named = UriTemplate.Of(operation).FixedQuery.Count > 0;
            return operation.Input is not { } input
                ? []
                :
                [
                    .. input
                        .Required.Where(name =>
                            input.Members[name].Location == "querystring"
                            || (input.Members[name].Location == "header" && !named)
                        )
                        .Select(name => input.Members[name].LocationName ?? name),
                ];
        }
    }
}
