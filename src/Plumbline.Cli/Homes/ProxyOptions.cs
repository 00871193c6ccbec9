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
        Description = "Another proxy, as an address or a network, whose X-Forwarded-* headers are trusted; repeatable",
        HelpName = "ADDRESS",
    };

    private readonly Option<string[]> hosts = new("--public-host")
    {
        Description = "A host name under which a proxy on this machine serves the console; repeatable",
        HelpName = "NAME",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(trusted);
        command.Options.Add(hosts);
    }

    /// <exception cref="UserError">A given address or network is invalid.</exception>
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
