using System.Globalization;
using System.Text;
using Plumbline.XGBoost;
using Plumbline.XGBoost.Inputs;
using Plumbline.XGBoost.Native;
using Plumbline.XGBoost.Sparse;

namespace Plumbline.Serving.Aws;

/// <summary>
/// Reads the rows of a request as AWS's image does: CSV, libsvm or recordio-protobuf. Without a content type it is
/// libsvm.
/// </summary>
internal static class AwsBody
{
    private const string Types =
        "csv, libsvm, parquet, recordio-protobuf, text/csv, text/libsvm, text/x-libsvm, application/x-parquet, "
        + "application/x-recordio-protobuf";

    /// <exception cref="RequestError">415, which is AWS's answer to everything that it cannot read.</exception>
    public static (DMatrix Rows, string Kind) Read(ReadOnlySpan<byte> body, string? contentType)
    {
        var kind = KindOf(contentType);
        try
        {
            return kind switch
            {
                "csv" => (Csv(Encoding.UTF8.GetString(body)), kind),
                "libsvm" => (DMatrix.FromSparse(LibSvmReader.ReadFeatures(Encoding.UTF8.GetString(body))), kind),
                _ => (DMatrix.FromSparse(RecordIo.Read(body)), kind),
            };
        }
        catch (Exception e) when (e is InputException or XGBoostException)
        {
            throw Refused(
                $"Loading {kind} data failed with Exception, please ensure data is in {kind} format: {e.Message}"
            );
        }
    }

    private static string KindOf(string? contentType)
    {
        var type = (contentType ?? "libsvm").Split(';')[0].Trim().ToLowerInvariant();
        return type switch
        {
            "csv" or "text/csv" => "csv",
            "libsvm" or "text/libsvm" or "text/x-libsvm" => "libsvm",
            "recordio-protobuf" or "application/x-recordio-protobuf" => "recordio-protobuf",
            "parquet" or "application/x-parquet" => throw Refused($"Content-type {contentType} is not supported."),
            _ => throw Refused($"{contentType} is not an accepted ContentType: {Types}."),
        };
    }

    private static DMatrix Csv(string text)
    {
        var lines = text.Trim().Split('\n');
        var separator = Separator(lines[0]);
        var columns = 0;
        var values = new List<float>();
        for (var row = 0; row < lines.Length; row++)
        {
            var cells = lines[row].TrimEnd('\r').Split(separator);
            columns = row == 0 ? cells.Length : columns;
            if (cells.Length != columns)
            {
                throw new InputException($"row {row + 1}", $"{cells.Length} values, the first row has {columns}");
            }
            foreach (var cell in cells)
            {
                values.Add(Number(cell, row));
            }
        }
        return DMatrix.FromRows(values.ToArray(), columns, []);
    }

    private static float Number(string cell, int row) =>
        cell.Length == 0 ? float.NaN
        : double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? (float)value
        : throw new InputException($"row {row + 1}", $"could not convert string to float: '{cell}'");

    // AWS's server guesses the separator from the first line.
    private static char Separator(string line) =>
        new[] { ',', ';', '\t', '|', ' ' }.FirstOrDefault(character => line.Trim().Contains(character), ',');

    private static RequestError Refused(string reason) => new(415, reason);
}
