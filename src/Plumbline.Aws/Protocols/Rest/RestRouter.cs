using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Models;

namespace Plumbline.Aws.Protocols.Rest;

/// <summary>
/// Finds the operation of a REST request. Several S3 operations share a method and a path; the one that requires more
/// of the request (fixed query, required query members and headers) is chosen.
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

    /// <summary>
    /// Returns the operation's name, even if it is not served, or null if the service does not have the operation.
    /// </summary>
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
        /// Required headers count only for operations without a fixed query, such as a copy. For the others a missing
        /// header makes the request invalid, instead of selecting another operation.
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
