using Microsoft.Extensions.DependencyInjection;

namespace Plumbline.LocalCloud.State.Retention;

/// <summary>Rows that are forgotten, as AWS forgets them: else a local cloud that runs for years only grows.</summary>
/// <param name="What">The rows, for the log.</param>
/// <param name="Sql">
/// Removes them; <c>@now</c> is civil and <c>@real</c> real time, Unix milliseconds, and <c>@day</c> a day's milliseconds. It runs between
/// other writes, so that it has to find the rows of a large table by an index.
/// </param>
internal sealed record Expiry(string What, string Sql);

/// <summary>How a service says what it forgets.</summary>
internal static class ExpiryRegistration
{
    public static IServiceCollection AddExpiry(this IServiceCollection services, string what, string sql) =>
        services.AddSingleton(new Expiry(what, sql));
}
