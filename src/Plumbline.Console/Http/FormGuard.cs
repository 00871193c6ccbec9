using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace Plumbline.WebConsole.Http;

/// <summary>Every request that changes something carries the token of a page of ours: checked in one place, for all of them.</summary>
internal sealed class FormGuard(RequestDelegate next, IAntiforgery antiforgery)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var method = context.Request.Method;
        if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method))
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
                    "It did not come from a page of this console, or you have signed in anew since. Go back, reload the page and try again."
                );
            }
        }

        await next(context);
    }
}
