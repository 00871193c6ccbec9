using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plumbline.Bench.Load;

namespace Plumbline.Bench.Serving;

/// <summary>
/// The lower bound of any gateway before a model server of its own process: it forwards each body to a
/// constant server over kept connections, and checks, routes and captures nothing. BEHIND is the constant server's
/// program (<c>const-server</c> or <c>bare-server</c>); with UNIX_SOCKET, a path, the way to it is a Unix socket.
/// </summary>
internal static class ForwardServer
{
    private const int LargestAnswer = 16 * 1024;

    public static async Task RunAsync(CancellationToken cancel)
    {
        var port = int.Parse(
            Environment.GetEnvironmentVariable("SAGEMAKER_BIND_TO_PORT")!,
            CultureInfo.InvariantCulture
        );
        var unix = Environment.GetEnvironmentVariable("UNIX_SOCKET");
        using var model = await ServingBench.OfBenchAsync(
            Environment.GetEnvironmentVariable("BEHIND") ?? "const-server",
            Environment.GetEnvironmentVariable("ANSWER_FILE")!,
            cancel
        );
        EndPoint address = unix is null
            ? new IPEndPoint(IPAddress.Loopback, model.Port)
            : new UnixDomainSocketEndPoint(unix);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Listen(IPAddress.Loopback, port);
        });
        await using var server = builder.Build();
        var idle = new ConcurrentBag<Forwarding>();
        server.Run(context => AnswerAsync(context, idle, address));
        await server.StartAsync(cancel);
        await server.WaitForShutdownAsync(cancel);
    }

    private static async Task AnswerAsync(HttpContext context, ConcurrentBag<Forwarding> idle, EndPoint model)
    {
        if (!idle.TryTake(out var forwarding))
        {
            forwarding = new Forwarding(model);
            await forwarding.Socket.ConnectAsync(model, context.RequestAborted);
        }

        var body = forwarding.Outgoing.AsMemory(forwarding.HeadLength(context.Request.ContentLength ?? 0));
        var length = 0;
        int read;
        while ((read = await context.Request.Body.ReadAsync(body[length..], context.RequestAborted)) > 0)
        {
            length += read;
        }

        var request = forwarding.Outgoing.AsMemory(0, forwarding.Outgoing.Length - body.Length + length);
        await forwarding.Socket.SendAsync(request, context.RequestAborted);
        var answer = await forwarding.ReceiveAsync(context.RequestAborted);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.Length;
        await context.Response.BodyWriter.WriteAsync(answer, context.RequestAborted);
        idle.Add(forwarding);
    }

    private sealed class Forwarding(EndPoint model)
    {
        private readonly byte[] incoming = new byte[LargestAnswer];

        public Socket Socket { get; } =
            model is UnixDomainSocketEndPoint
                ? new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
                : new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

        public byte[] Outgoing { get; } = new byte[LargestAnswer];

        /// <summary>Writes the head of a request into <see cref="Outgoing"/> and returns its length.</summary>
        public int HeadLength(long contentLength) =>
            Encoding.ASCII.GetBytes(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"POST /invocations HTTP/1.1\r\nHost: model\r\nContent-Type: text/csv\r\nContent-Length: {contentLength}\r\n\r\n"
                ),
                Outgoing
            );

        /// <summary>Returns the body of the next answer; it stays valid until the next call.</summary>
        public async Task<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancel)
        {
            var have = 0;
            while (true)
            {
                var read = await Socket.ReceiveAsync(incoming.AsMemory(have), cancel);
                have += read > 0 ? read : throw new IOException("the constant server closed the connection");
                if (HttpMessage.Body(incoming.AsSpan(0, have)) is var (start, length) && have >= start + length)
                {
                    return incoming.AsMemory(start, length);
                }
            }
        }
    }
}
