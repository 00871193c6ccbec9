using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Plumbline.WebConsole.Tests;

/// <summary>A small OpenID Connect provider with one user, who never has to sign in.</summary>
internal sealed class Provider : IAsyncDisposable
{
    private readonly RSA rsa = RSA.Create(2048);
    private readonly WebApplication app;
    private string nonce = "";
    private string challenge = "";

    private Provider(WebApplication app) => this.app = app;

    /// <summary>The claims about the user.</summary>
    public Dictionary<string, object> Claims { get; } = new() { ["sub"] = "1", ["email"] = "ann@example.org" };

    public Uri Url => new(app.Urls.Single());

    public static async Task<Provider> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        var provider = new Provider(builder.Build());
        provider.Map();
        await provider.app.StartAsync();
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        rsa.Dispose();
    }

    private void Map()
    {
        var key = new RsaSecurityKey(rsa) { KeyId = "one" };
        app.UseRouting();
        app.MapGet(
            "/.well-known/openid-configuration",
            () =>
                Results.Json(
                    new
                    {
                        issuer = Url.ToString().TrimEnd('/'),
                        authorization_endpoint = new Uri(Url, "/authorize"),
                        token_endpoint = new Uri(Url, "/token"),
                        jwks_uri = new Uri(Url, "/keys"),
                    }
                )
        );
        app.MapGet(
            "/keys",
            () =>
            {
                var shown = rsa.ExportParameters(false);
                var (n, e) = (Base64UrlEncoder.Encode(shown.Modulus), Base64UrlEncoder.Encode(shown.Exponent));
                return Results.Json(
                    new
                    {
                        keys = new[]
                        {
                            new
                            {
                                kty = "RSA",
                                kid = "one",
                                use = "sig",
                                alg = "RS256",
                                n,
                                e,
                            },
                        },
                    }
                );
            }
        );
        app.MapGet(
            "/authorize",
            (HttpRequest request) =>
            {
                nonce = request.Query["nonce"].ToString();
                challenge = request.Query["code_challenge"].ToString();
                var state = Uri.EscapeDataString(request.Query["state"].ToString());
                return Results.Redirect($"{request.Query["redirect_uri"]}?code=abc&state={state}");
            }
        );
        app.MapPost(
            "/token",
            async (HttpRequest request) =>
            {
                var form = await request.ReadFormAsync();
                var verifier = SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(form["code_verifier"].ToString()));
                if (form["client_secret"] != "secret" || Base64UrlEncoder.Encode(verifier) != challenge)
                {
                    return Results.BadRequest(new { error = "invalid_grant" });
                }

                var token = new JsonWebTokenHandler().CreateToken(
                    new SecurityTokenDescriptor
                    {
                        Issuer = Url.ToString().TrimEnd('/'),
                        Audience = "console",
                        Claims = new Dictionary<string, object>(Claims) { ["nonce"] = nonce },
                        Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(5),
                        SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256),
                    }
                );
                return Results.Json(
                    new
                    {
                        id_token = token,
                        access_token = "x",
                        token_type = "Bearer",
                        expires_in = 300,
                    }
                );
            }
        );
    }
}
