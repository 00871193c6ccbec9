using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;
using Plumbline.Serving.Onnx.Signature;

namespace Plumbline.Serving.Onnx;

/// <summary>Turns the body of a request into the examples that the model takes.</summary>
internal sealed class ExampleReader
{
    private const string Npy = "application/x-npy";

    private static readonly string[] Pictures = ["image/jpeg", "image/png", "application/x-image"];

    private readonly OnnxModel model;
    private readonly Preparation? pictures;
    private readonly EncodedRows? table;
    private readonly TextBody? texts;
    private readonly string[] types;

    public ExampleReader(OnnxModel model)
    {
        this.model = model;
        switch (model.Signature.Input)
        {
            case ImageInput image:
                pictures = new Preparation(image);
                types = Pictures;
                break;
            case TextInput:
                texts = new TextBody();
                types = [TextBody.Plain, MediaTypes.Csv, MediaTypes.Json];
                break;
            case NumbersInput { Encoder: { } encoder }:
                table = new EncodedRows(encoder);
                types = [MediaTypes.Csv, MediaTypes.Json];
                break;
            default:
                types = [MediaTypes.Csv, MediaTypes.Json, Npy];
                break;
        }
    }

    /// <summary>Returns the content type in lower case, without its parameters.</summary>
    /// <exception cref="RequestError">415, with the types that the model takes.</exception>
    public string TypeOf(string? contentType)
    {
        var type = MediaTypes.Of(contentType).ToString().ToLowerInvariant();
        return types.Contains(type)
            ? type
            : throw new RequestError(
                StatusCodes.Status415UnsupportedMediaType,
                (type.Length == 0 ? "the request has no content type" : $"the content type {type} is not supported")
                    + $": send {string.Join(", ", types[..^1])} or {types[^1]}"
            );
    }

    /// <param name="body">The body.</param>
    /// <param name="type">The result of <see cref="TypeOf"/>.</param>
    /// <exception cref="RequestError">400: the body is not what the type and the signature say.</exception>
    public Examples Read(ReadOnlySpan<byte> body, string type)
    {
        if (body.IsEmpty)
        {
            throw new RequestError(StatusCodes.Status400BadRequest, $"the body is empty: send {types[0]}");
        }
        if (pictures is null)
        {
            var examples =
                texts is not null ? texts.Read(body, type, model)
                : type == Npy ? NpyBody.Read(body, model)
                : ReadRows(body, type == MediaTypes.Csv);
            return examples.Count > 0
                ? examples
                : throw new RequestError(StatusCodes.Status400BadRequest, "the body has no row");
        }
        var picture = New(1);
        try
        {
            pictures.Read(body, picture.Bytes);
            return picture;
        }
        catch
        {
            picture.Dispose();
            throw;
        }
    }

    private Examples ReadRows(ReadOnlySpan<byte> body, bool isCsv)
    {
        var values = model.Signature.Input.Values;
        using var rows = new FeatureRows(values);
        if (table is not null)
        {
            table.Read(body, isCsv, rows);
        }
        else if (isCsv)
        {
            CsvBody.Read(body, values, rows);
        }
        else
        {
            JsonBody.Read(body, values, rows, [.. model.Signature.Input.Shape]);
        }
        var examples = New(rows.Count);
        MemoryMarshal.AsBytes(rows.Values).CopyTo(examples.Bytes);
        return examples;
    }

    private Examples New(int count) => new(count, model.ExampleBytes, model.AnswerWidth);
}
