using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Processes;

/// <summary>The files of this machine that a program in a sandbox can see.</summary>
[Collection("processes")]
public sealed class VisibleFilesTests : IDisposable
{
    private readonly SandboxedFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_is_in_opt_stays_visible_and_read_only()
    {
        var expected = Directory
            .EnumerateFileSystemEntries("/opt")
            .Select(Path.GetFileName)
            .Where(name => name != "ml");

        var (_, log) = await folder.RunAsync(
            folder.Shell(
                "a",
                "ls /opt; for f in /opt/*; do [ $f = /opt/ml ] || ! touch $f/x 2>/dev/null || echo $f writable; done"
            )
        );

        expected.ShouldBeSubsetOf(log.Split('\n'));
        log.ShouldNotContain("writable");
    }

    [Fact]
    public async Task A_program_below_tmp_is_shown_with_what_it_was_installed_into_and_nothing_beside_it()
    {
        var home = Directory.CreateDirectory($"/tmp/plumbline-test-{Guid.NewGuid():N}").FullName;
        using var beside = new SandboxedFolder(home);
        Write("venv/bin/tool", "cat \"$(dirname \"$0\")/../lib/answer\" && on-the-path", executable: true);
        Write("venv/lib/answer", "installed\n");
        Write(
            "tools/on-the-path",
            "echo found; ls -d /tmp/*/* /tmp/*/data/*; touch $(echo /tmp/*/venv)/mine",
            executable: true
        );
        Write("secret", "");
        var spec = beside.Shell("a", "") with
        {
            Command = [$"{home}/venv/bin/tool"],
            Programs = [$"{home}/venv/bin/tool", $"{home}/tools/on-the-path"],
        };
        spec = spec with
        {
            Environment = new Dictionary<string, string>(spec.Environment)
            {
                ["PATH"] = $"{spec.Environment["PATH"]}:{home}/tools",
            },
        };

        var (status, log) = await beside.RunAsync(spec);

        log.ShouldStartWith("installed\nfound\n");
        log.ShouldContain($"{home}/venv\n");
        log.ShouldContain("Read-only file system");
        log.ShouldNotContain("secret");
        log.ShouldNotContain("plumbline.db");
        status.Code.ShouldBe(1, log);

        void Write(string name, string text, bool executable = false)
        {
            var file = Path.Combine(home, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, executable ? $"#!/bin/sh\n{text}\n" : text);
            if (executable)
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
    }

    [Fact]
    public async Task The_data_folder_stays_hidden_from_a_program_beside_it()
    {
        var program = Path.Combine(folder.Root, "look.sh");
        File.WriteAllText(program, $"ls -A {folder.Root}/data; echo looked");

        var (_, log) = await folder.RunAsync(
            folder.Shell("a", "") with
            {
                Command = ["sh", program],
                Programs = [program],
            }
        );

        log.ShouldEndWith("looked\n");
        log.ShouldNotContain("plumbline.db");
    }

    [Fact]
    public async Task A_request_shows_a_program_nothing_below_tmp_by_its_command_or_its_environment()
    {
        using var secrets = new TemporaryFolder();
        await File.WriteAllTextAsync(secrets.At("secret"), "stolen");
        var spec = folder.Shell("a", $"cat {secrets.At("secret")} || echo hidden");
        string[] variables = ["PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "DOTNET_ROOT", "SSL_CERT_FILE"];
        spec = spec with
        {
            Command = [.. spec.Command, secrets.At("secret")],
            Environment = variables
                .Select(name => KeyValuePair.Create(name, $"{spec.Environment.GetValueOrDefault(name)}:{secrets.Path}"))
                .ToDictionary(),
        };

        var (_, log) = await folder.RunAsync(spec);

        log.ShouldEndWith("hidden\n");
        log.ShouldNotContain("stolen");
    }

    [Fact]
    public async Task Nothing_of_this_machine_is_there_but_its_system_folders()
    {
        var (_, log) = await folder.RunAsync(
            folder.Shell(
                "a",
                "ls -A / /etc /etc/ssl/private /run /srv /mnt /var/tmp /tmp; echo in var; ls -A /var; echo end; touch /here /etc/here /usr/here"
            )
        );

        string[] foreign = ["boot", "media", "shadow", "sudoers", "machine-id", "cron.d", "log"];
        log.Split('\n').Intersect(foreign).ShouldBeEmpty(log);
        log.ShouldContain("in var\ntmp\nend\n");
        log.Split("Read-only file system").Length.ShouldBe(4, log);
    }

    [Fact]
    public async Task A_home_is_empty_but_for_what_the_server_runs_programs_from()
    {
        var home = Environment.GetEnvironmentVariable("HOME")!;
        var project = Directory.CreateDirectory(Path.Combine(home, $"plumbline-test-{Guid.NewGuid():N}")).FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(project, "venv", "bin"));
            var program = Path.Combine(project, "venv", "bin", "tool");
            await File.WriteAllTextAsync(
                program,
                "echo ran; ls -A \"$HOME\" \"$1\"; echo kept > \"$HOME/note\" && cat \"$HOME/note\""
            );
            await File.WriteAllTextAsync(Path.Combine(project, "secret.txt"), "");

            var (_, log) = await folder.RunAsync(
                folder.Shell("a", "") with
                {
                    Command = ["sh", program, project],
                    Programs = [program],
                }
            );

            log.ShouldStartWith("ran\n");
            log.ShouldContain("venv");
            log.ShouldNotContain("secret.txt");
            log.ShouldNotContain(".bashrc");
            log.ShouldEndWith("kept\n");
            File.Exists(Path.Combine(home, "note")).ShouldBeFalse();
        }
        finally
        {
            Directory.Delete(project, recursive: true);
        }
    }
}
