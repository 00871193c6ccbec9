using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Plumbline.LocalCloud.Processes.Specs;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Processes.Sandboxing;

/// <summary>
/// The boundary around the programs that this server starts, made by bubblewrap. If it fails, nothing runs.
/// </summary>
internal sealed class Sandbox(DataFolder data, LocalCloudOptions options, ILogger<Sandbox> log)
{
    /// <summary>
    /// Checks for the programs that each start needs inside, and leaves a file as the sign of success.
    /// </summary>
    private const string Try = """
        for program in timeout prlimit perl; do
            command -v $program >/dev/null || { echo "$program is missing" >&2; exit 1; }
        done
        : >/opt/ml/probed
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly SandboxView view = new(data, options.Bubblewrap);
    private readonly Lock gate = new();
    private Task? probe;

    /// <summary>False if the user chose to run programs without a sandbox.</summary>
    public bool IsOn => !options.WithoutSandbox;

    internal string Program => options.Bubblewrap;

    /// <summary>
    /// Returns if a sandbox can be made, or if none is wanted. The presence of bubblewrap says nothing, because a
    /// kernel or a container may forbid sandboxes, so one is made as a test. A success is remembered; a failure may
    /// pass, so the next call tests again.
    /// </summary>
    /// <exception cref="SandboxFailure">A sandbox cannot be made now.</exception>
    public Task RequireAsync(CancellationToken cancellationToken = default)
    {
        if (!IsOn)
        {
            return Task.CompletedTask;
        }

        lock (gate)
        {
            if (probe is null or { IsFaulted: true })
            {
                probe = Task.Run(ProbeAsync, CancellationToken.None);
            }

            return probe.WaitAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Returns bubblewrap's options for a program, in the order in which bubblewrap carries them out.
    /// </summary>
    public IReadOnlyList<string> Arguments(ProcessSpec spec) => view.Arguments(spec);

    private async Task ProbeAsync()
    {
        if (await TryAsync() is { } reason)
        {
            Log.NoSandbox(log, reason);
            throw new SandboxFailure(reason);
        }
    }

    private async Task<string?> TryAsync()
    {
        var scratch = Path.Combine(data.Folder("probe"), $"{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(scratch);
            var spec = new ProcessSpec
            {
                Folder = scratch,
                Command = [],
                Environment = HostEnvironment.Variables(),
                Binds = [new Bind(scratch, "/opt/ml", Writable: true)],
            };
            // Without --die-with-parent: its signal comes when the thread that started the program ends, and a pool's
            // thread may end.
            var info = new ProcessStartInfo(Program) { RedirectStandardError = true, RedirectStandardOutput = true };
            string[] command = ["--", "sh", "-c", Try];
            foreach (var argument in Arguments(spec).Concat(command))
            {
                info.ArgumentList.Add(argument);
            }

            using var process = Process.Start(info)!;
            return await EndAsync(process) ?? (File.Exists(Path.Combine(scratch, "probed")) ? null : "it did nothing");
        }
        catch (Exception exception)
            when (exception
                    is System.ComponentModel.Win32Exception
                        or IOException
                        or UnauthorizedAccessException
                        or ExternalException
            )
        {
            return exception.Message;
        }
        finally
        {
            Remove(scratch);
        }
    }

    private static async Task<string?> EndAsync(Process process)
    {
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience, ProcessTime.Clock);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            return $"it did not end within {Patience.TotalSeconds} s";
        }

        await output;
        return process.ExitCode == 0 ? null : $"exit code {process.ExitCode}: {(await error).Trim()}";
    }

    private static void Remove(string scratch)
    {
        try
        {
            Directory.Delete(scratch, recursive: true);
        }
        catch (IOException)
        {
            // This error must not hide the reason why the test failed.
        }
    }
}
