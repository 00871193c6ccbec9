using System.Buffers;
using Microsoft.AspNetCore.Http;
using Plumbline.XGBoost;
using Plumbline.XGBoost.Native;

namespace Plumbline.Serving.Aws;

/// <summary><c>POST /invocations</c> as AWS's own XGBoost image answers it. Source: the container's serve.py.</summary>
internal sealed class AwsInvocations(AwsImage image, AwsModel model)
{
    private readonly AwsAnswers answers = new(image, model.Objective, model.Classes);

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            var reader = context.Request.BodyReader;
            var result = await Invocations.ReadAllAsync(reader, context.RequestAborted);
            var body = result.Buffer.ToArray();
            reader.AdvanceTo(result.Buffer.End);
            if (body.Length == 0)
            {
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                return;
            }
            var (type, answer) = Answer(body, context.Request);
            context.Response.ContentType = type == "text/csv" ? "text/csv; charset=utf-8" : type;
            context.Response.ContentLength = answer.Length;
            await context.Response.BodyWriter.WriteAsync(answer, context.RequestAborted);
        }
        catch (RequestError error)
        {
            await Invocations.RefuseAsync(context.Response, error.Status, error.Message);
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            await Invocations.RefuseAsync(context.Response, error.StatusCode, Invocations.TooLarge);
        }
    }

    private (string Type, byte[] Body) Answer(byte[] body, HttpRequest request)
    {
        var (rows, kind) = AwsBody.Read(body, request.ContentType);
        using (rows)
        {
            var predicted = Predict(rows, kind);
            var type = answers.Type(request.Headers.Accept);
            return (type, answers.Write(predicted, rows.Rows, type));
        }
    }

    private float[] Predict(DMatrix rows, string kind)
    {
        try
        {
            var (given, taken) = (rows.Columns, model.Features);
            if (model.IsPickled && kind == "libsvm" && given > taken + 1)
            {
                throw new XGBoostException(
                    $"Feature size of libsvm inference data {given} is larger than feature size of trained model {taken}."
                );
            }
            if (model.IsPickled && kind != "libsvm" && given != taken && given != taken - 1)
            {
                throw new XGBoostException(
                    $"Feature size of {kind} inference data {given} is not consistent with feature size of trained "
                        + $"model {taken}."
                );
            }
            return model.Predict(rows);
        }
        catch (XGBoostException e)
        {
            throw new RequestError(
                StatusCodes.Status400BadRequest,
                $"Unable to evaluate payload provided: {e.Message}"
            );
        }
    }
}
