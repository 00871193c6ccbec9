using Plumbline.Tables;

namespace Plumbline.Serving;

/// <summary>Encodes the cells of a request as the training did.</summary>
internal sealed class EncodedRows(TableEncoder encoder)
{
    private readonly RequestRows requests = new(encoder.Schema);

    public void Read(ReadOnlySpan<byte> body, bool csv, FeatureRows rows)
    {
        try
        {
            requests.Read(body, csv, new Sink(encoder, rows));
        }
        catch (RowError e)
        {
            throw new RequestError(400, e.Message);
        }
    }

    private sealed class Sink(TableEncoder encoder, FeatureRows rows) : IRowSink
    {
        public void Begin() => rows.Next().Fill(float.NaN);

        public string? Take(int column, ReadOnlySpan<byte> cell) =>
            encoder.TryEncode(column, cell, rows.Next()) ? null : encoder.Wrong(column, cell);

        public void End() => rows.Complete();
    }
}
