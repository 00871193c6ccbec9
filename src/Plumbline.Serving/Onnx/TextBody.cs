using System.Text;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Plumbline.Tables;

namespace Plumbline.Serving.Onnx;

/// <summary>
/// Reads texts: <c>text/plain</c> is one of them; CSV and JSON are rows of a table with the only column <c>text</c>.
/// </summary>
internal sealed class TextBody
{
    public const string Plain = "text/plain";

    private readonly RequestRows rows = new(new TableSchema { Columns = [new Column("text", ColumnKind.Text)] });

    /// <exception cref="RequestError">400: the body is not UTF-8, or not such rows.</exception>
    public Examples Read(ReadOnlySpan<byte> body, string type, OnnxModel model)
    {
        if (!Utf8.IsValid(body))
        {
            throw new RequestError(StatusCodes.Status400BadRequest, "the body is not UTF-8");
        }
        var texts = new Sink();
        try
        {
            if (type == Plain)
            {
                texts.Take(0, body);
                texts.End();
            }
            else
            {
                rows.Read(body, type == MediaTypes.Csv, texts);
            }
        }
        catch (RowError e)
        {
            throw new RequestError(StatusCodes.Status400BadRequest, e.Message);
        }
        return new Examples(texts.All.Count, model.ExampleBytes, model.AnswerWidth) { Texts = [.. texts.All] };
    }

    private sealed class Sink : IRowSink
    {
        private string text = "";

        public List<string> All { get; } = [];

        public void Begin() => text = "";

        public string? Take(int column, ReadOnlySpan<byte> cell)
        {
            text = Encoding.UTF8.GetString(cell);
            return null;
        }

        public void End() => All.Add(text);
    }
}
