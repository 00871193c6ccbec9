using System.CommandLine;
using Plumbline.Aws.Signing;
using Plumbline.Cli.Homes;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb git-credential</c>: git's credential helper for the loop's repository.</summary>
internal static class GitCredentialCommand
{
    public static Command Create()
    {
        var action = new Argument<string>("ACTION") { Description = "get, store or erase; git passes it" };
        var home = new HomeOptions();
        var command = new Command(
            "git-credential",
            "Give git the credentials of the loop's repository (git calls this as a credential helper)"
        )
        {
            action,
        };
        home.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                if (parsed.GetValue(action) != "get")
                {
                    return;
                }

                var asked = await ReadAsync(cancellationToken);
                using var connection = home.Connect(parsed);
                var keys = await connection.Credentials.GetCredentialsAsync();
                var signing = new SigningCredentials(keys.AccessKey, keys.SecretKey, keys.UseToken ? keys.Token : null);
                var host = asked.GetValueOrDefault("host", "").Split(':')[0];
                var path = "/" + asked.GetValueOrDefault("path", "").TrimStart('/');
                var now = TimeProvider.System.GetUtcNow();
                Console.WriteLine($"username={GitCredential.UserName(signing)}");
                Console.WriteLine($"password={GitCredential.Password(signing, host, path, connection.Region, now)}");
            }
        );
        return command;
    }

    private static async Task<Dictionary<string, string>> ReadAsync(CancellationToken cancellationToken)
    {
        var asked = new Dictionary<string, string>();
        while (await Console.In.ReadLineAsync(cancellationToken) is { Length: > 0 } line)
        {
            var parts = line.Split('=', 2);
            asked[parts[0]] = parts[^1];
        }

        return asked;
    }
}
