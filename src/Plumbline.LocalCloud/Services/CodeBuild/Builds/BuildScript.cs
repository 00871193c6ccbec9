using System.Text;

namespace Plumbline.LocalCloud.Services.CodeBuild.Builds;

/// <summary>
/// Writes a buildspec as one shell script. All commands share a shell, as in version 0.2, and each phase leaves two
/// lines in the file <c>phases</c>: <c>NAME begin TIME</c> and <c>NAME STATUS TIME MESSAGE</c> (Unix seconds).
/// </summary>
internal static class BuildScript
{
    private const string Head = """
        phases=$1
        CODEBUILD_BUILD_SUCCEEDING=1
        export CODEBUILD_BUILD_SUCCEEDING
        phase=
        say() { printf '[Container] %s %s\n' "$(date -u '+%Y/%m/%d %H:%M:%S')" "$*"; }
        begin() { phase=$1; failed=; say "Entering phase $phase"; printf '%s begin %s\n' "$phase" "$(date +%s)" >>"$phases"; }
        end() {
          status=SUCCEEDED
          if [ -n "$failed" ]; then status=FAILED; CODEBUILD_BUILD_SUCCEEDING=0; fi
          say "Phase complete: $phase State: $status"
          printf '%s %s %s %s\n' "$phase" "$status" "$(date +%s)" "$failed" >>"$phases"
          phase=
        }
        check() {
          code=$?
          if [ $code -ne 0 ] && [ -z "$failed" ]; then
            failed="Error while executing command: $1. Reason: exit status $code"
            say "$failed"
          fi
        }
        # A command that exits the shell ends the build; the trap completes its phase.
        trap 'code=$?; if [ -n "$phase" ]; then (exit $code); check "exit"; end; fi; [ "$CODEBUILD_BUILD_SUCCEEDING" = 1 ] || exit 1' EXIT

        """;

    public static string Write(Buildspec buildspec)
    {
        var script = new StringBuilder(Head);
        script.Append("aborted=\n");
        foreach (var phase in buildspec.Phases)
        {
            // After a failed build phase the post_build phase still runs; after a failed install nothing does.
            script.Append("if [ -z \"$aborted\" ]; then\n").Append($"begin {phase.Name}\n");
            foreach (var command in phase.Commands)
            {
                script.Append("if [ -z \"$failed\" ]; then\n");
                Append(script, command);
                script.Append("fi\n");
            }

            foreach (var command in phase.Finally)
            {
                Append(script, command);
            }

            if (phase.Name != "BUILD" && !phase.ContinueOnFailure)
            {
                script.Append("aborted=$failed\n");
            }

            script.Append("end\nfi\n");
        }

        return script.Append("exit 0\n").ToString();
    }

    private static void Append(StringBuilder script, string command)
    {
        var quoted = "'" + command.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
        var shown = "'" + command.Split('\n')[0].Replace("'", "'\\''", StringComparison.Ordinal) + "'";
        script.Append($"say Running command {shown}\neval {quoted}\ncheck {shown}\n");
    }
}
