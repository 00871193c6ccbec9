using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace Plumbline.WebConsole.Http;

/// <summary>
/// Requires the antiforgery token of a console page in every request that may change something. Only the addresses for
/// programs do not need it: no cookie opens them.
/// </summary>
internal sealed class FormGuard(RequestDelegate next, IAntiforgery antiforgery)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var method = context.Request.Method;
        var isPrograms = context.GetEndpoint()?.Metadata.GetMetadata<ProgramAddress>() is not null;
        if (!isPrograms && !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method))
        {
            try
            {
                await antiforgery.ValidateRequestAsync(context);
            }
            catch (AntiforgeryValidationException)
            {
                throw new PageException(
                    StatusCodes.Status400BadRequest,
                    "This form is no longer valid",
                    "It did not come from a page of this console, or you have signed in again since. Go back, reload the page and try again."
                );
            }
        }

        await next(context);
    }
}
