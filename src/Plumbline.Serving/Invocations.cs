using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;
using Plumbline.XGBoost.Models;

namespace Plumbline.Serving;

/// <summary>
/// <c>POST /invocations</c>: reads the rows, predicts them in place, writes the answer. An invalid request is answered
/// with 4xx and one line of text that names the row.
/// </summary>
internal sealed class Invocations(LoadedModel model)
{
    private const int FirstAnswer = 1024;

    // Some tens of rows.
    private const int SmallBody = 8 * 1024;
    private readonly Answers answers = new(model.Labels);
    private readonly EncodedRows? encoded = model.Encoder is { } encoder ? new EncodedRows(encoder) : null;

    /// <summary>The text of a 413 answer.</summary>
    public static string TooLarge => $"the body is larger than {ServingSettings.LargestBody} bytes";

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            var csvIn = IsCsv(context.Request.ContentType);
            var csvOut = MediaTypes.WantsCsv(context.Request.Headers.Accept);
            var reader = context.Request.BodyReader;
            var result = await ReadAllAsync(reader, context.RequestAborted);
            try
            {
                Answer(context.Response, result.Buffer, csvIn, csvOut);
            }
            finally
            {
                // Also after a refusal: Kestrel closes a connection whose body is not read to its end.
                reader.AdvanceTo(result.Buffer.End);
            }
        }
        catch (RequestError error)
        {
            await RefuseAsync(context.Response, error.Status, error.Message);
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            await RefuseAsync(context.Response, error.StatusCode, TooLarge);
        }
    }

    /// <summary>
    /// Returns the whole body. The caller must advance the reader. It goes on in a pool thread if the body is large, and
    /// otherwise in the thread that reads the sockets.
    /// </summary>
    public static async ValueTask<ReadResult> ReadAllAsync(PipeReader reader, CancellationToken cancel)
    {
        while (true)
        {
            var result = await reader.ReadAsync(cancel);
            if (result.IsCompleted)
            {
                if (result.Buffer.Length > SmallBody)
                {
                    await Task.Yield();
                }
                return result;
            }
            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private void Answer(HttpResponse response, in ReadOnlySequence<byte> body, bool csvIn, bool csvOut)
    {
        using var rows = new FeatureRows(model.Features);
        if (body.IsSingleSegment)
        {
            Parse(body.FirstSpan, csvIn, rows);
        }
        else
        {
            var whole = ArrayPool<byte>.Shared.Rent((int)body.Length);
            body.CopyTo(whole);
            Parse(whole.AsSpan(0, (int)body.Length), csvIn, rows);
            ArrayPool<byte>.Shared.Return(whole);
        }
        if (rows.Count == 0)
        {
            throw new RequestError(StatusCodes.Status400BadRequest, "the body has no row");
        }
        var predicted = ArrayPool<float>.Shared.Rent(rows.Count * model.AnswersPerRow);
        var text = new AnswerText(FirstAnswer);
        try
        {
            var values = predicted.AsSpan(0, rows.Count * model.AnswersPerRow);
            model.Predict(rows.Values, values);
            answers.Write(response, values, csvOut, ref text);
        }
        finally
        {
            text.Dispose();
            ArrayPool<float>.Shared.Return(predicted);
        }
    }

    private void Parse(ReadOnlySpan<byte> body, bool csv, FeatureRows rows)
    {
        if (encoded is not null)
        {
            encoded.Read(body, csv, rows);
        }
        else if (csv)
        {
            rows.Reserve(body.Count((byte)'\n') + 1);
            CsvBody.Read(body, model.Features, rows);
        }
        else
        {
            JsonBody.Read(body, model.Features, rows);
        }
    }

    private static bool IsCsv(string? contentType)
    {
        var type = MediaTypes.Of(contentType);
        if (type.Equals(MediaTypes.Csv, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }
        return type.Equals(MediaTypes.Json, StringComparison.OrdinalIgnoreCase)
            ? false
            : throw new RequestError(
                StatusCodes.Status415UnsupportedMediaType,
                $"the content type is not supported: send {MediaTypes.Csv} or {MediaTypes.Json}"
            );
    }

    /// <summary>Answers with a status and one line of text.</summary>
    public static Task RefuseAsync(HttpResponse response, int status, string message)
    {
        var body = Encoding.UTF8.GetBytes(message);
        response.StatusCode = status;
        response.ContentType = "text/plain; charset=utf-8";
        response.ContentLength = body.Length;
        return response.BodyWriter.WriteAsync(body).AsTask();
    }
}
