using System.Net;

namespace Plumbline.Client;

/// <summary>The console refused a request of truths and took none of them.</summary>
/// <param name="status">422 for invalid truths, 401 for the token, 404 for the project.</param>
/// <param name="message">The reason in the console's words.</param>
/// <param name="errors">The first invalid truths, at most ten.</param>
public sealed class TruthRefusedException(HttpStatusCode status, string message, IReadOnlyList<TruthProblem> errors)
    : Exception(errors.Count == 0 ? message : $"{message} Truth {errors[0].Line}: {errors[0].Message}")
{
    public HttpStatusCode Status { get; } = status;

    public IReadOnlyList<TruthProblem> Errors { get; } = errors;
}

/// <summary>An invalid truth of a refused request.</summary>
/// <param name="Line">Its number among the delivered truths, from 1.</param>
/// <param name="Message">The problem with it.</param>
public sealed record TruthProblem(long Line, string Message);
