using System.Net;
using System.Net.Sockets;
using Plumbline.Records;

namespace Plumbline.Cli.Homes;

internal static class Ports
{
    /// <summary>Refuses a port that another program uses, before anything is started.</summary>
    /// <exception cref="UserError">The port is taken; the message names the option that chooses another.</exception>
    public static void RefuseTaken(int port, string option)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
        }
        catch (SocketException exception)
        {
            throw new UserError(
                $"port {port}",
                $"{exception.Message}: choose another with {option}, or 0 for a free one"
            );
        }
    }
}
