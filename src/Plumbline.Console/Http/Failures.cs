using Amazon.Runtime;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;
using Plumbline.Aws.Errors;
using Plumbline.Records;
using Plumbline.WebConsole.Pages.Errors;

namespace Plumbline.WebConsole.Http;

/// <summary>Turns every failure into one clear page, and never into a stack trace.</summary>
internal sealed class Failures(RequestDelegate next, ILogger<Failures> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The browser has closed the connection.
            return;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            var failure = Of(exception);
            if (failure.Status >= 500)
            {
                Log.PageFailed(log, context.Request.Path, exception);
            }

            context.Response.Headers.Remove("Location");
            await WriteAsync(context, failure);
            return;
        }

        if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
        {
            await WriteAsync(context, Plain(context));
        }
    }

    /// <summary>A page for a refusal of the framework's own, which has no body yet.</summary>
    private static PageException Plain(HttpContext context) =>
        context.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => PageException.NotFound(context.Request.Path),
            var status => new PageException(
                status,
                "That request is not valid",
                "Its address or its form is not from this console. Go back and try again."
            ),
        };

    private static PageException Of(Exception exception) =>
        exception switch
        {
            PageException page => page,
            UserError error => new PageException(400, "That did not work", error.Message),
            AwsException { Status: 403 } error => new PageException(
                502,
                "The cloud refused",
                $"{error.Code}: {error.Message}"
            ),
            AwsException error => new PageException(
                502,
                "The cloud could not do that",
                $"{error.Code}: {error.Message}"
            ),
            AmazonServiceException error => new PageException(
                502,
                "The cloud could not do that",
                $"{error.ErrorCode}: {error.Message}"
            ),
            HttpRequestException error => new PageException(503, "The cloud does not answer", error.Message),
            BadHttpRequestException error => new PageException(
                error.StatusCode,
                "That request is not valid",
                error.Message
            ),
            InvalidDataException error => new PageException(400, "That form is not valid", error.Message),
            _ => new PageException(
                500,
                "Something went wrong",
                "The console's log has the error. This page changed nothing."
            ),
        };

    private static Task WriteAsync(HttpContext context, PageException failure)
    {
        context.Response.StatusCode = failure.Status;
        if (context.GetEndpoint()?.Metadata.GetMetadata<ProgramAddress>() is not null)
        {
            return context.Response.WriteAsJsonAsync(new { message = $"{failure.Title}: {failure.Message}" });
        }

        return new RazorComponentResult<ErrorPage>(new { Title = failure.Title, failure.Message })
        {
            StatusCode = failure.Status,
        }.ExecuteAsync(context);
    }
}
