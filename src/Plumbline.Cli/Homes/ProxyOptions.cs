using System.CommandLine;
using System.Net;
using Plumbline.Records;
using Plumbline.WebConsole;

namespace Plumbline.Cli.Homes;

/// <summary>The options of a console that people reach through a proxy.</summary>
internal sealed class ProxyOptions
{
    private readonly Option<string[]> trusted = new("--trusted-proxy")
    {
        Description =
            "A further proxy, as an address or network, whose X-Forwarded-* headers count; may be given several times",
        HelpName = "ADDRESS",
    };

    private readonly Option<string[]> hosts = new("--public-host")
    {
        Description = "A name under which a proxy on this machine serves the console; may be given several times",
        HelpName = "NAME",
    };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(trusted);
        command.Options.Add(hosts);
    }

    /// <summary>As they were given.</summary>
    /// <exception cref="UserError">An address is not one.</exception>
    public ProxyTrust Read(ParseResult parsed) =>
        ProxyTrust.Of([.. (parsed.GetValue(trusted) ?? []).Select(Network)], parsed.GetValue(hosts) ?? []);

    private static IPNetwork Network(string text)
    {
        if (IPNetwork.TryParse(text, out var network))
        {
            return network;
        }

        return IPAddress.TryParse(text, out var address)
            ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : throw new UserError("--trusted-proxy", $"'{text}' is not an address or a network such as 10.0.0.0/8");
    }
}
