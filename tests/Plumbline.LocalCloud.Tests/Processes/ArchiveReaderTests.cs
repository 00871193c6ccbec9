using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Plumbline.LocalCloud.Processes.Jobs;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Processes;

public sealed class ArchiveReaderTests : IDisposable
{
    private readonly TemporaryFolder root = new();

    private string Folder => root.At("model");

    public void Dispose() => root.Dispose();

    [Fact]
    public async Task Files_folders_and_links_inside_are_unpacked()
    {
        await UnpackAsync(
            new PaxTarEntry(TarEntryType.Directory, "./"),
            new PaxTarEntry(TarEntryType.SymbolicLink, "./newest") { LinkName = "code/run.sh" },
            File("./code/run.sh", "echo hi", UnixFileMode.UserRead | UnixFileMode.UserExecute),
            new PaxTarEntry(TarEntryType.HardLink, "copy.sh") { LinkName = "code/run.sh" },
            File("empty", "")
        );

        (await Read("newest")).ShouldBe("echo hi");
        (await Read("copy.sh")).ShouldBe("echo hi");
        (await Read("empty")).ShouldBe("");
        System
            .IO.File.GetUnixFileMode(Path.Combine(Folder, "code/run.sh"))
            .HasFlag(UnixFileMode.UserExecute)
            .ShouldBeTrue();
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("a/../../evil")]
    [InlineData("/tmp/evil")]
    public async Task A_file_that_would_leave_the_folder_is_refused(string name)
    {
        (await Refusal(File(name, "x"))).ShouldContain("would leave the folder");
        System.IO.File.Exists(root.At("evil")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("..")]
    [InlineData("/etc")]
    public async Task A_link_that_leads_out_of_the_folder_is_refused(string target)
    {
        var refusal = await Refusal(
            new PaxTarEntry(TarEntryType.SymbolicLink, "out") { LinkName = target },
            File("out/evil", "x")
        );

        refusal.ShouldContain("would leave the folder");
        System.IO.File.Exists(root.At("evil")).ShouldBeFalse();
    }

    [Fact]
    public async Task Nothing_is_written_through_a_link()
    {
        // When the link is to be made, "a/b" already exists as a folder.
        await Should.ThrowAsync<IOException>(() =>
            UnpackAsync(new PaxTarEntry(TarEntryType.SymbolicLink, "a/b") { LinkName = "../c" }, File("a/b/file", "x"))
        );
    }

    [Theory]
    [InlineData("/")]
    [InlineData("./")]
    [InlineData(".")]
    public async Task The_folder_itself_may_be_an_entry(string root)
    {
        await UnpackAsync(new PaxTarEntry(TarEntryType.Directory, root), File("./code/inference.py", "x"));

        (await Read("code/inference.py")).ShouldBe("x");
    }

    [Fact]
    public async Task No_link_is_made_through_another()
    {
        // Each target is inside as written; through the first two links, the third would be made outside.
        var entries = (TarEntry[])
            [
                new PaxTarEntry(TarEntryType.SymbolicLink, "a/up") { LinkName = ".." },
                new PaxTarEntry(TarEntryType.SymbolicLink, "out") { LinkName = "a/up/.." },
                new PaxTarEntry(TarEntryType.SymbolicLink, "out/evil") { LinkName = "../a" },
            ];

        await Should.ThrowAsync<IOException>(() => UnpackAsync(entries));

        new FileInfo(root.At("evil")).LinkTarget.ShouldBeNull();
    }

    [Fact]
    public async Task A_chain_of_links_that_climbs_out_where_it_is_made_is_refused()
    {
        // As text, the second link stays inside; the first link moves it eighteen folders up.
        var deep = string.Join('/', (string[])["x", .. Enumerable.Range(0, 20).Select(number => $"{number}")]);
        var up = string.Concat(Enumerable.Repeat("/..", 18));
        var entries = (TarEntry[])
            [
                File("x.sh", "echo ran"),
                new PaxTarEntry(TarEntryType.Directory, deep),
                new PaxTarEntry(TarEntryType.SymbolicLink, $"{deep}/up")
                {
                    LinkName = string.Join('/', Enumerable.Repeat("..", 20)),
                },
                new PaxTarEntry(TarEntryType.SymbolicLink, "c") { LinkName = $"{deep}/up{up}" },
                File($"c{root.Path}/evil", "x"),
            ];

        await Should.ThrowAsync<IOException>(() => UnpackAsync(entries));

        System.IO.File.Exists(root.At("evil")).ShouldBeFalse();
    }

    [Theory]
    [InlineData(TarEntryType.Fifo)]
    [InlineData(TarEntryType.CharacterDevice)]
    [InlineData(TarEntryType.BlockDevice)]
    public async Task Pipes_and_devices_are_refused(TarEntryType type)
    {
        (await Refusal(new PaxTarEntry(type, "it"))).ShouldContain("neither a file nor a folder");
        System.IO.File.Exists(Path.Combine(Folder, "it")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_bomb_is_refused_before_it_fills_the_disk()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            await using var tar = new TarWriter(gzip);
            await using var zeros = new Zeros(700L * 1024 * 1024);
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, "bomb") { DataStream = zeros });
        }

        packed.Length.ShouldBeLessThan(5 * 1024 * 1024);
        var refusal = await Should.ThrowAsync<InvalidDataException>(() => UnpackAsync(packed.ToArray()));

        refusal.Message.ShouldContain("holds more than 512 MiB");
        Directory
            .EnumerateFiles(Folder)
            .Sum(file => new FileInfo(file).Length)
            .ShouldBeLessThanOrEqualTo(512L * 1024 * 1024);
    }

    [Fact]
    public async Task A_bomb_of_empty_entries_is_refused()
    {
        var packed = Pack(
            CompressionLevel.Fastest,
            Enumerable.Repeat(new PaxTarEntry(TarEntryType.Directory, "folder"), 140_000)
        );

        (await Should.ThrowAsync<InvalidDataException>(() => UnpackAsync(packed))).Message.ShouldContain(
            "out of all proportion"
        );
    }

    [Fact]
    public async Task A_broken_archive_is_told_from_a_whole_one()
    {
        var whole = Pack(File("model", new string('x', 100_000)));
        foreach (var broken in (byte[][])["no gzip"u8.ToArray(), [], whole[..(whole.Length / 2)], Garbled(whole)])
        {
            await Should.ThrowAsync<InvalidDataException>(() => UnpackAsync(broken));
        }
    }

    private static byte[] Garbled(byte[] whole)
    {
        var garbled = whole.ToArray();
        // The checksum is the first half of gzip's last eight bytes.
        garbled[^6] ^= 0xFF;
        return garbled;
    }

    private static PaxTarEntry File(string name, string text, UnixFileMode mode = UnixFileMode.UserRead) =>
        new(TarEntryType.RegularFile, name)
        {
            DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
            Mode = mode,
        };

    private static byte[] Pack(params IEnumerable<TarEntry> entries) => Pack(CompressionLevel.NoCompression, entries);

    private static byte[] Pack(CompressionLevel level, IEnumerable<TarEntry> entries)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, level))
        using (var tar = new TarWriter(gzip))
        {
            foreach (var entry in entries)
            {
                tar.WriteEntry(entry);
            }
        }

        return bytes.ToArray();
    }

    private Task UnpackAsync(params IEnumerable<TarEntry> entries) => UnpackAsync(Pack(entries));

    private async Task UnpackAsync(byte[] archive)
    {
        var path = root.At("model.tar.gz");
        await System.IO.File.WriteAllBytesAsync(path, archive);
        Directory.CreateDirectory(Folder);
        await new ArchiveReader(Folder).UnpackAsync(path, CancellationToken.None);
    }

    private async Task<string> Refusal(params IEnumerable<TarEntry> entries) =>
        (await Should.ThrowAsync<InvalidDataException>(() => UnpackAsync(entries))).Message;

    private Task<string> Read(string name) => System.IO.File.ReadAllTextAsync(Path.Combine(Folder, name));

    private sealed class Zeros(long length) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var given = (int)Math.Min(count, length - Position);
            Array.Clear(buffer, offset, given);
            Position += given;
            return given;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => Position = offset;

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
