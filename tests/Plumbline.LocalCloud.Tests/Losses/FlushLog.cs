using System.Globalization;
using System.Text;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Losses;

/// <summary>
/// The record of all flushes below a folder, which <c>flushed.c</c> writes when it is preloaded into a cloud and its
/// git. From it, the folder that a power loss would have left can be made. It is strict: unflushed bytes and names are
/// missing.
/// </summary>
internal sealed class FlushLog
{
    private readonly string work;
    private readonly string root;

    private FlushLog(string work, string root) => (this.work, this.root) = (work, root);

    /// <summary>The length of the record in bytes, used as a position in it.</summary>
    public long Length => File.Exists(LogFile) ? new FileInfo(LogFile).Length : 0;

    /// <summary>The command that starts a cloud with recorded flushes.</summary>
    public string[] Under =>
        [
            "env",
            $"PATH={Bin}:{Environment.GetEnvironmentVariable("PATH")}",
            .. Variables.Select(one => $"{one.Key}={one.Value}"),
        ];

    private string Bin => Path.Combine(work, "bin");

    private string LogFile => Path.Combine(work, "log");

    private Dictionary<string, string> Variables =>
        new()
        {
            ["LD_PRELOAD"] = Path.Combine(work, "flushed.so"),
            ["FLUSHED_ROOT"] = root,
            ["FLUSHED_LOG"] = LogFile,
        };

    /// <param name="work">The folder of the record.</param>
    /// <param name="root">The data folder whose flushes are recorded.</param>
    public static async Task<FlushLog> MakeAsync(string work, string root)
    {
        var log = new FlushLog(work, root);
        Directory.CreateDirectory(log.LogFile + ".last");
        Directory.CreateDirectory(log.Bin);
        Directory.CreateDirectory(root);
        var source = Repository.Path("tests", "Plumbline.LocalCloud.Tests", "Losses", "flushed.c");
        string[] compile = ["-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-o", log.Variables["LD_PRELOAD"], source];
        (await Shell.RunAsync("gcc", compile)).Succeeded();

        // The cloud gives git its own environment, which keeps only PATH.
        var git = Path.Combine(log.Bin, "git");
        var exports = string.Join(' ', log.Variables.Select(one => $"{one.Key}='{one.Value}'"));
        await File.WriteAllTextAsync(git, $"#!/bin/sh\nexport {exports}\nexec '{Programs.Find("git")}' \"$@\"\n");
        File.SetUnixFileMode(git, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return log;
    }

    /// <summary>Makes the folder that a power loss at this position would have left.</summary>
    public void Replay(long position, string target)
    {
        using var log = new FileStream(LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[Math.Min(position, log.Length)];
        log.ReadExactly(bytes);
        var disk = new Disk();
        var reader = new Reader(bytes);
        while (reader.TryRead(disk)) { }

        Directory.CreateDirectory(target);
        disk.Write(disk.Root, target);
    }

    private sealed record Name(bool IsFolder, string Key, string Text);

    private sealed class Disk
    {
        public Dictionary<string, byte[]> Files { get; } = [];

        public Dictionary<string, List<Name>> Folders { get; } = [];

        public string Root { get; set; } = "";

        public void Write(string folder, string target)
        {
            foreach (var name in Folders.GetValueOrDefault(folder, []))
            {
                var path = Path.Combine(target, name.Text);
                if (name.IsFolder)
                {
                    Directory.CreateDirectory(path);
                    Write(name.Key, path);
                }
                else
                {
                    File.WriteAllBytes(path, Files.GetValueOrDefault(name.Key, []));
                }
            }
        }
    }

    private sealed class Reader(byte[] bytes)
    {
        private int at;

        /// <summary>Reads a record; false at the end, or if the last record is incomplete.</summary>
        public bool TryRead(Disk disk)
        {
            try
            {
                var head = Line().Split(' ', 4);
                if (head[0] == "F")
                {
                    ReadFile(disk, head);
                }
                else
                {
                    ReadFolder(disk, head);
                }

                return true;
            }
            catch (EndOfStreamException)
            {
                return false;
            }
        }

        private void ReadFile(Disk disk, string[] head)
        {
            var content = new byte[Number(head[2])];
            var before = disk.Files.GetValueOrDefault(head[1], []);
            Array.Copy(before, content, Math.Min(before.Length, content.Length));
            var pieces = new List<(int Offset, int From, int Length)>();
            for (var count = Number(head[3]); count > 0; count--)
            {
                var words = Line().Split(' ');
                pieces.Add((Number(words[0]), Take(Number(words[1])), Number(words[1])));
            }

            foreach (var (offset, from, length) in pieces)
            {
                Array.Copy(bytes, from, content, offset, Math.Min(length, content.Length - offset));
            }

            disk.Files[head[1]] = content;
        }

        private void ReadFolder(Disk disk, string[] head)
        {
            var names = new List<Name>();
            for (var count = Number(head[2]); count > 0; count--)
            {
                var words = Line().Split(' ', 3);
                names.Add(new Name(words[0] == "d", words[1], words[2]));
            }

            disk.Folders[head[1]] = names;
            if (head[3].Length == 0)
            {
                disk.Root = head[1];
            }
        }

        private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

        private string Line()
        {
            var end = Array.IndexOf(bytes, (byte)'\n', at);
            if (end < 0)
            {
                throw new EndOfStreamException();
            }

            var line = Encoding.UTF8.GetString(bytes, at, end - at);
            at = end + 1;
            return line;
        }

        private int Take(int length)
        {
            var from = at;
            at = from + length <= bytes.Length ? from + length : throw new EndOfStreamException();
            return from;
        }
    }
}
