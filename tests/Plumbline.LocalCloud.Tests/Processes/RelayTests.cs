using System.Net.Sockets;
using Plumbline.LocalCloud.Processes.Networking;
using Plumbline.LocalCloud.Processes.Specs;
using Plumbline.LocalCloud.Processes.Supervision;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Processes;

[Collection("processes")]
public sealed class RelayTests : IDisposable
{
    /// <summary>A port in the sandbox's own network, which is always free there.</summary>
    private const int Port = 8080;

    private const string Server = """
        use Socket;
        socket(S, PF_INET, SOCK_STREAM, 6); setsockopt(S, SOL_SOCKET, SO_REUSEADDR, 1);
        bind(S, sockaddr_in(8080, INADDR_ANY)) and listen(S, 8) or die; $| = 1; print "up\n";
        while (accept(C, S)) { my $n = 0; while (<C>) { last if /^\r/; $n = $1 if /length: (\d+)/i } read(C, my $b, $n);
          syswrite(C, "HTTP/1.1 200 OK\r\nContent-Length: " . length($b) . "\r\nConnection: close\r\n\r\n$b"); close C }
        """;

    /// <summary>Sends a million bytes to the gateway's port, and checks that the same bytes return.</summary>
    private const string Client = """
        use Socket; $| = 1;
        socket(S, PF_INET, SOCK_STREAM, 6) and connect(S, sockaddr_in(8080, INADDR_LOOPBACK)) or die "cannot connect: $!\n";
        print "connected\n"; my $sent = "0123456789" x 100_000; select(S); $| = 1; print $sent; shutdown(S, 1);
        local $/; select(STDOUT); print <S> eq $sent ? "the same\n" : "something else\n";
        """;

    private readonly SandboxedFolder folder = new();

    private string Gateway => Path.Combine(folder.Root, "data", "gateway");

    private ProcessSpec ClientSpec =>
        folder.Shell("a", "") with
        {
            Command = ["perl", "-e", Client],
            Network = ProcessNetwork.ToGateway(Port),
        };

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_server_without_a_network_is_reached_through_its_folder()
    {
        var spec = folder.Shell("a", "") with { Command = ["perl", "-e", Server], Door = new ProcessDoor(Port) };
        var process = await folder.StartAsync(spec);
        await Eventually.Async(() => File.ReadAllText(process.LogFile) == "up\n");

        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, token) =>
                new NetworkStream(await Relay.ConnectAsync(spec.Folder, token), ownsSocket: true),
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

    [Fact]
    public async Task A_program_reaches_the_gateway_as_soon_as_it_begins()
    {
        using var gateway = Listen();
        var process = await folder.StartAsync(ClientSpec);

        await EchoAsync(gateway);

        (await process.WaitAsync().InTimeAsync()).Code.ShouldBe(0);
        File.ReadAllText(process.LogFile).ShouldBe("connected\nthe same\n");
    }

    [Fact]
    public async Task A_connection_waits_for_a_gateway_that_starts_again()
    {
        var process = await folder.StartAsync(ClientSpec);
        await Eventually.Async(() => File.ReadAllText(process.LogFile) == "connected\n");

        using var gateway = Listen();
        await EchoAsync(gateway);

        (await process.WaitAsync().InTimeAsync()).Code.ShouldBe(0);
        File.ReadAllText(process.LogFile).ShouldBe("connected\nthe same\n");
    }

    [Fact]
    public async Task A_program_with_a_gateway_has_no_child_of_ours_and_ends_as_without()
    {
        var spec = folder.Shell(
            "a",
            "wait; ps -o comm= --ppid $$ > /tmp/children; grep -v '^ps$' /tmp/children; echo on its own; exit 7"
        );

        var (status, log) = await folder.RunAsync(spec with { Network = ProcessNetwork.ToGateway(Port) });

        (status.Code, log).ShouldBe((7, "on its own\n"));
    }

    [Theory]
    [InlineData("no-such-program", 127)]
    [InlineData("/etc/passwd", 126)]
    public async Task A_program_that_cannot_be_started_is_named(string program, int code)
    {
        var spec = folder.Shell("a", "") with { Command = [program], Network = ProcessNetwork.ToGateway(Port) };

        var (status, log) = await folder.RunAsync(spec);

        status.Code.ShouldBe(code);
        log.ShouldStartWith($"{program}: ");
    }

    private static async Task EchoAsync(Socket gateway)
    {
        using var connection = await gateway.AcceptAsync().InTimeAsync();
        await using var stream = new NetworkStream(connection);
        using var received = new MemoryStream();
        await stream.CopyToAsync(received).InTimeAsync();
        await stream.WriteAsync(received.ToArray()).AsTask().InTimeAsync();
    }

    private Socket Listen()
    {
        Directory.CreateDirectory(Gateway);
        using var path = new SocketPath(Gateway);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path.Text));
        socket.Listen();
        return socket;
    }
}
