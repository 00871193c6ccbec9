namespace Plumbline.LocalCloud.Tests.Poison;

/// <summary>
/// Every kind of file that a program may leave in an unexpected place, as a shell line that makes it at <c>$P</c>.
/// </summary>
internal static class Leavings
{
    public static readonly IReadOnlyDictionary<string, string> Kinds = new Dictionary<string, string>
    {
        ["a pipe"] = "mkfifo \"$P\"",
        ["a socket"] =
            "(cd \"${P%/*}\" && python3 -S -c 'import socket,sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])' \"${P##*/}\")",
        ["a link to an endless device"] = "ln -s /dev/zero \"$P\"",
        ["a link to a file of the host"] = "ln -s /etc/passwd \"$P\"",
        ["a folder"] = "mkdir \"$P\"",
        ["a closed folder"] = "mkdir \"$P\"; echo x > \"$P/x\"; chmod 0 \"$P\"",
        ["an unreadable file"] = "echo x > \"$P\"; chmod 0 \"$P\"",
        ["a file without content that is large"] = "truncate -s 5G \"$P\"",
        ["a path that is too long"] =
            "python3 -S -c 'import os,sys; os.mkdir(sys.argv[1]); os.chdir(sys.argv[1]); n=\"d\"*200; [(os.mkdir(n), os.chdir(n)) for i in range(40)]' \"$P\"",
        ["names that are not text"] =
            "mkdir \"$P\"; python3 -S -c 'import os,sys; p=os.fsencode(sys.argv[1]); [open(p+b\"/\"+n,\"w\").close() for n in (b\"\\xff\\xfe\", b\"a\\nb\")]; os.mkdir(p+b\"/\\xfd\"); open(p+b\"/\\xfd/x\",\"w\").close()' \"$P\"",
        ["thousands of files"] =
            "mkdir \"$P\"; python3 -S -c 'import sys; [open(sys.argv[1]+\"/\"+str(i),\"w\").close() for i in range(1100)]' \"$P\"",
        ["half a document"] = "printf '{\"half\":' > \"$P\"",
        ["a document that is nested too deep"] =
            "python3 -S -c 'import sys; open(sys.argv[1],\"w\").write(\"[\"*100000)' \"$P\"",
    };

    public static TheoryData<string> Names => [.. Kinds.Keys];

    /// <summary>Replaces the file at a path.</summary>
    public static string At(string path, string kind) => $"P={path}; rm -rf \"$P\"; {Kinds[kind]}";
}
