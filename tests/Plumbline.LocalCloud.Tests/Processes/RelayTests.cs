using Plumbline.LocalCloud.Processes.Supervision;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Processes;

[Collection("processes")]
public sealed class RelayTests : IDisposable
{
    private const string Server = """
        use Socket;
        socket(S, PF_INET, SOCK_STREAM, 6); setsockopt(S, SOL_SOCKET, SO_REUSEADDR, 1);
        bind(S, sockaddr_in(8080, INADDR_ANY)) and listen(S, 8) or die; $| = 1; print "up\n";
        while (accept(C, S)) { my $n = 0; while (<C>) { last if /^\r/; $n = $1 if /length: (\d+)/i } read(C, my $b, $n);
          syswrite(C, "HTTP/1.1 200 OK\r\nContent-Length: " . length($b) . "\r\nConnection: close\r\n\r\n$b"); close C }
        """;

    private readonly SandboxedFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_server_without_a_network_is_reached_through_its_folder()
    {
        var spec = folder.Shell("a", "") with { Command = ["perl", "-e", Server], Network = false, RelayPort = 8080 };
        var process = await folder.StartAsync(spec);
        await Eventually.Async(() => File.ReadAllText(process.LogFile) == "up\n");
        await Eventually.Async(() => File.Exists(Path.Combine(process.Folder, "relay", "socket")));

        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = (_, token) => Relay.ConnectAsync(spec.Folder, token),
        };
        using var client = new HttpClient(handler);
        var sent = new byte[1_000_000];
        Seeds.Random(1).NextBytes(sent);
        using var content = new ByteArrayContent(sent);
        using var answer = await client.PostAsync(new Uri("http://model/invocations"), content);

        (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(sent);
        await Supervisor.StopAsync(process);
        (await process.WaitAsync().InTimeAsync()).Code.ShouldBe(143);
    }
}
