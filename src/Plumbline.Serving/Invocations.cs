using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Plumbline.XGBoost.Models;

namespace Plumbline.Serving;

/// <summary>
/// <c>POST /invocations</c>: reads the rows, predicts them in place, writes the answer. An invalid request is answered
/// with 4xx and one line of text that names the row.
/// </summary>
internal sealed class Invocations(LoadedModel model)
{
    private const string Csv = "text/csv";
    private const string Json = "application/json";
    private const int FirstAnswer = 1024;

    // Some tens of rows.
    private const int SmallBody = 8 * 1024;
    private readonly Answers answers = new(model);
    private readonly EncodedRows? encoded = model.Encoder is { } encoder ? new EncodedRows(encoder) : null;

    /// <summary>The text of a 413 answer.</summary>
    public static string TooLarge => $"the body is larger than {ServingSettings.LargestBody} bytes";

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            var csvIn = IsCsv(context.Request.ContentType);
            var csvOut = WantsCsv(context.Request.Headers.Accept);
            var reader = context.Request.BodyReader;
            var result = await ReadAllAsync(reader, context.RequestAborted);
            Answer(context.Response, result.Buffer, csvIn, csvOut);
            reader.AdvanceTo(result.Buffer.End);
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
            Write(response, values, csvOut, ref text);
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

    private void Write(HttpResponse response, ReadOnlySpan<float> predicted, bool csv, ref AnswerText text)
    {
        if (csv)
        {
            answers.WriteCsv(predicted, ref text);
        }
        else
        {
            answers.WriteJson(predicted, ref text);
        }
        response.ContentType = csv ? Csv : Json;
        response.ContentLength = text.Written.Length;
        // No flush here: Kestrel flushes the pipe at the end of the request.
        response.BodyWriter.Write(text.Written);
    }

    private static bool IsCsv(string? contentType)
    {
        var type = MediaType(contentType);
        if (type.Equals(Csv, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }
        return type.Equals(Json, StringComparison.OrdinalIgnoreCase)
            ? false
            : throw new RequestError(
                StatusCodes.Status415UnsupportedMediaType,
                $"the content type is not supported: send {Csv} or {Json}"
            );
    }

    // The first type of the list that this server can write; AWS's clients send only one type.
    private static bool WantsCsv(StringValues accept)
    {
        if (accept.Count == 0)
        {
            return false;
        }
        foreach (var range in accept.ToString().AsSpan().Split(','))
        {
            var type = MediaType(accept.ToString()[range]);
            if (type.Equals(Csv, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
            if (type is "" or "*/*" or "application/*" || type.Equals(Json, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }
        throw new RequestError(
            StatusCodes.Status406NotAcceptable,
            $"the Accept type is not supported: ask for {Json} or {Csv}"
        );
    }

    private static ReadOnlySpan<char> MediaType(string? header)
    {
        var text = header.AsSpan();
        var end = text.IndexOf(';');
        return (end < 0 ? text : text[..end]).Trim();
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
