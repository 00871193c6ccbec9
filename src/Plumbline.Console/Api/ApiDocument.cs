using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Plumbline.WebConsole.Components;
using Plumbline.WebConsole.People;

namespace Plumbline.WebConsole.Api;

/// <summary>The description of the API: for tools <c>/openapi/v1.json</c>, for people the page <c>/api</c>.</summary>
internal static class ApiDocument
{
    private const string Path = "/openapi/v1.json";

    public static void AddApi(this IServiceCollection services) =>
        services
            .AddSingleton<TokenLimits>()
            .AddOpenApi(
                "v1",
                options =>
                {
                    // Pages and forms are for browsers.
                    options.ShouldInclude = address =>
                        address.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
                    options.AddDocumentTransformer(
                        (document, _, _) =>
                        {
                            document.Info.Title = "Plumbline";
                            document.Info.Description = "Deliver the truths of predictions.";
                            document.Components ??= new OpenApiComponents();
                            document.AddComponent(
                                TokenSignIn.Name,
                                new OpenApiSecurityScheme
                                {
                                    Type = SecuritySchemeType.Http,
                                    Scheme = "bearer",
                                    Description = "A token of `plumb token add NAME`",
                                }
                            );
                            document.Security =
                            [
                                new() { [new OpenApiSecuritySchemeReference(TokenSignIn.Name, document)] = [] },
                            ];
                            return Task.CompletedTask;
                        }
                    );
                }
            );

    /// <summary>Describes the body of truths.</summary>
    public static async Task TakesTruths(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var array = await context.GetOrCreateSchemaAsync(typeof(SentTruth[]), null, cancellationToken);
        var line = await context.GetOrCreateSchemaAsync(typeof(SentTruth), null, cancellationToken);
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new() { Schema = array },
                ["application/jsonl"] = new() { Schema = line },
            },
        };
    }

    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        routes.MapTruth();
        // Generators of clients cannot sign in, and the document tells nothing about the projects.
        routes.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        routes
            .MapGet("/api", (PageFrame frame) => frame.Render<ApiPage>(new { Document = Path }))
            .ExcludeFromDescription();
    }
}
