using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plumbline.XGBoost.Models;

namespace Plumbline.Serving;

/// <summary>
/// SageMaker's inference contract for one model. <c>GET /ping</c> always answers 200, because the model is loaded
/// before the server listens; <c>POST /invocations</c> predicts. After SIGTERM, requests in progress are still
/// answered.
/// </summary>
public static class ModelServer
{
    // SageMaker kills a container 30 s after SIGTERM.
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(25);

    /// <summary>Creates the server of Plumbline's own image.</summary>
    public static WebApplication Create(ServingSettings settings, LoadedModel model) =>
        Create(settings, new Invocations(model).HandleAsync);

    /// <summary>Creates a server that passes its invocations to a delegate.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="invocations">Answers <c>POST /invocations</c>.</param>
    /// <param name="isQuick">True if an answer takes microseconds, so that the thread that reads its socket gives it.</param>
    internal static WebApplication Create(ServingSettings settings, RequestDelegate invocations, bool isQuick = true)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // Keep the line "Now listening on": with port 0, a caller reads the port from it.
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        builder
            .WebHost.UseSockets(transport => transport.UnsafePreferInlineScheduling = isQuick)
            .ConfigureKestrel(options => Listen(options, settings));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = Drain);
        var server = builder.Build();
        server.Run(context => Route(context, invocations));
        return server;
    }

    private static void Listen(KestrelServerOptions options, ServingSettings settings)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = ServingSettings.LargestBody;
        if (settings.UnixSocket is { } path)
        {
            File.Delete(path);
            options.ListenUnixSocket(path);
        }
        else
        {
            options.Listen(settings.Address, settings.Port);
        }
    }

    private static Task Route(HttpContext context, RequestDelegate invocations)
    {
        var path = context.Request.Path.Value;
        var method = context.Request.Method;
        if (path == "/invocations" && HttpMethods.IsPost(method))
        {
            return invocations(context);
        }
        context.Response.StatusCode = path switch
        {
            "/ping" when HttpMethods.IsGet(method) => StatusCodes.Status200OK,
            "/ping" or "/invocations" => StatusCodes.Status405MethodNotAllowed,
            _ => StatusCodes.Status404NotFound,
        };
        return Task.CompletedTask;
    }
}
