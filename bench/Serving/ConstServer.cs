using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Plumbline.Bench.Serving;

/// <summary>
/// The lower bound: reads the body and answers a constant, with the same setup as the model server. It also listens at
/// UNIX_SOCKET, if that is set.
/// </summary>
internal static class ConstServer
{
    public static async Task RunAsync(CancellationToken cancel)
    {
        var port = int.Parse(
            Environment.GetEnvironmentVariable("SAGEMAKER_BIND_TO_PORT")!,
            CultureInfo.InvariantCulture
        );
        var answer = await File.ReadAllBytesAsync(Environment.GetEnvironmentVariable("ANSWER_FILE")!, cancel);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Listen(IPAddress.Loopback, port);
            if (Environment.GetEnvironmentVariable("UNIX_SOCKET") is { } unix)
            {
                options.ListenUnixSocket(unix);
            }
        });
        await using var server = builder.Build();
        server.Run(context => AnswerAsync(context, answer));
        await server.StartAsync(cancel);
        await server.WaitForShutdownAsync(cancel);
    }

    private static async Task AnswerAsync(HttpContext context, byte[] answer)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(context.RequestAborted);
            reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                break;
            }
        }
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.Length;
        await context.Response.BodyWriter.WriteAsync(answer, context.RequestAborted);
    }
}
