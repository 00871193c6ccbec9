using Microsoft.Extensions.DependencyInjection;

namespace Plumbline.LocalCloud.State.Retention;

/// <summary>
/// Rows that are deleted after a time, as on AWS; otherwise a local cloud that runs for years only grows.
/// </summary>
/// <param name="What">The name of the rows in the log.</param>
/// <param name="Sql">
/// Deletes the rows; <c>@now</c> is civil and <c>@real</c> real time, Unix milliseconds, and <c>@day</c> a day's
/// milliseconds. It runs between other writes, so it must find the rows of a large table by an index.
/// </param>
internal sealed record Expiry(string What, string Sql);

internal static class ExpiryRegistration
{
    public static IServiceCollection AddExpiry(this IServiceCollection services, string what, string sql) =>
        services.AddSingleton(new Expiry(what, sql));
}
