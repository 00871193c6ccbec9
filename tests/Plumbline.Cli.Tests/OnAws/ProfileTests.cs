using Microsoft.AspNetCore.Http;
using Plumbline.Testing;

namespace Plumbline.Cli.Tests.OnAws;

/// <summary>With each way of configuring access to AWS, the first call must be signed with the right keys.</summary>
public sealed class ProfileTests : IAsyncLifetime
{
    private const string Key = "ASIAIOSFODNN7EXAMPLE";

    private readonly TemporaryFolder folder = new();
    private RecordingProxy aws = null!;

    public async Task InitializeAsync()
    {
        aws = await RecordingProxy.StartAsync();
        Directory.CreateDirectory(folder.At(".aws", "sso", "cache"));
    }

    public async Task DisposeAsync()
    {
        await aws.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Keys_in_the_credentials_file()
    {
        await File.WriteAllTextAsync(
            folder.At(".aws", "credentials"),
            $"[work]\naws_access_key_id = {Key}\naws_secret_access_key = secret\n"
        );

        await ShouldSignAsync("");
    }

    [Fact]
    public async Task A_role_that_another_profile_may_take()
    {
        await File.WriteAllTextAsync(
            folder.At(".aws", "credentials"),
            "[base]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = secret\n"
        );

        await ShouldSignAsync("role_arn = arn:aws:iam::123456789012:role/ml\nsource_profile = base\n", "/");
    }

    [Fact]
    public async Task Single_sign_on_by_a_session()
    {
        await TokenAsync("71b21161ffa1e6516bcc072aaf5ef38cbe85b511");

        await ShouldSignAsync(
            """
            sso_session = company
            sso_account_id = 123456789012
            sso_role_name = ml
            [sso-session company]
            sso_region = us-east-1
            sso_start_url = https://company.awsapps.com/start
            sso_registration_scopes = sso:account:access

            """,
            "/federation/credentials"
        );
    }

    [Fact]
    public async Task Single_sign_on_as_it_was_written_before_sessions()
    {
        await TokenAsync("b7037568a7e4f6fba9450af24427009b78703b33");

        await ShouldSignAsync(
            """
            sso_start_url = https://company.awsapps.com/start
            sso_region = us-east-1
            sso_account_id = 123456789012
            sso_role_name = ml

            """,
            "/federation/credentials"
        );
    }

    [Fact]
    public async Task A_program_that_prints_the_keys()
    {
        await File.WriteAllTextAsync(
            folder.At("keys.json"),
            $$"""{"Version": 1, "AccessKeyId": "{{Key}}", "SecretAccessKey": "secret", "SessionToken": "token"}"""
        );

        await ShouldSignAsync($"credential_process = cat {folder.At("keys.json")}\n");
    }

    [Fact]
    public async Task The_identity_of_a_pod()
    {
        await File.WriteAllTextAsync(folder.At("token"), "eyJhbGciOiJub25lIn0.e30.");

        await ShouldSignAsync(
            $"role_arn = arn:aws:iam::123456789012:role/ml\nweb_identity_token_file = {folder.At("token")}\n",
            "/"
        );
    }

    /// <summary>
    /// Stores the token like <c>aws sso login</c>: the file's name is the SHA-1 of the session's name or of the start
    /// page.
    /// </summary>
    private Task TokenAsync(string hash) =>
        File.WriteAllTextAsync(
            folder.At(".aws", "sso", "cache", $"{hash}.json"),
            """
            {"accessToken": "token", "expiresAt": "2099-01-01T00:00:00Z", "region": "us-east-1",
             "startUrl": "https://company.awsapps.com/start"}
            """
        );

    /// <summary>
    /// Asks for a project's status and gets the answer that the project does not exist. The source of keys must be
    /// called first, and the first call to a service must be signed with its keys.
    /// </summary>
    /// <param name="profile">The lines of the profile in the configuration.</param>
    /// <param name="handsOut">The host that gives out the keys; null if no call is needed.</param>
    private async Task ShouldSignAsync(string profile, string? handsOut = null)
    {
        await File.WriteAllTextAsync(folder.At(".aws", "config"), $"[profile work]\nregion = us-east-1\n{profile}");
        aws.Instead = request =>
            request.Path == "/federation/credentials"
                ? new CannedAnswer(
                    200,
                    "application/json",
                    $$"""{"roleCredentials": {"accessKeyId": "{{Key}}", "secretAccessKey": "secret", "sessionToken": "token", "expiration": 4070908800000 } }"""
                )
            : Asks(request) is { } action ? new CannedAnswer(200, "text/xml", Session(action))
            : RecordedErrors.Sts("AccessDenied", "That far, and no further.");

        (await Plumb.RunAsync(folder.Path, folder.Path, "new", "moons")).Succeeded();
        var run = await Shell.RunAsync(
            Plumb.Program,
            ["status", "--home", "aws"],
            new Dictionary<string, string>
            {
                ["HOME"] = folder.Path,
                ["AWS_PROFILE"] = "work",
                ["AWS_ENDPOINT_URL"] = "http://aws.test",
                ["AWS_REGION"] = "",
                ["AWS_DEFAULT_REGION"] = "",
                ["AWS_ACCESS_KEY_ID"] = "",
                ["AWS_SECRET_ACCESS_KEY"] = "",
                ["AWS_EC2_METADATA_DISABLED"] = "true",
                ["http_proxy"] = aws.Url,
            },
            folder.At("moons")
        );

        run.Error.ShouldContain("That far, and no further.");
        var calls = aws.Calls;
        if (handsOut is not null)
        {
            calls[0].Path.ShouldBe(handsOut);
            calls = [.. calls.Skip(1)];
        }

        calls[0].Authorization.ShouldContain($"Credential={Key}/", customMessage: run.Error);
    }

    private static string? Asks(HttpRequest request)
    {
        request.EnableBuffering();
        using var reader = new StreamReader(request.Body, leaveOpen: true);
        var body = reader.ReadToEndAsync().GetAwaiter().GetResult();
        request.Body.Position = 0;
        return Array.Find(
            ["AssumeRoleWithWebIdentity", "AssumeRole"],
            action => (body + request.QueryString).Contains($"Action={action}", StringComparison.Ordinal)
        );
    }

    private static string Session(string action) =>
        $"""
            <{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{action}Result>
            <Credentials><AccessKeyId>{Key}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
            <SessionToken>token</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>
            <AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/ml/s</Arn><AssumedRoleId>A:s</AssumedRoleId></AssumedRoleUser>
            </{action}Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></{action}Response>
            """;
}
