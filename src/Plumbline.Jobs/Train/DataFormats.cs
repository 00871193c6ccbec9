using Plumbline.XGBoost;

namespace Plumbline.Jobs.Train;

/// <summary>Which content types are read.</summary>
internal static class DataFormats
{
    private const string AwsTypes =
        "csv, libsvm, parquet, recordio-protobuf, text/csv, text/libsvm, text/x-libsvm, application/x-parquet, "
        + "application/x-recordio-protobuf";

    /// <param name="contentType">As the channel has it. Without one it is CSV; for AWS's image libsvm, as on AWS.</param>
    /// <exception cref="InputException">It is another.</exception>
    public static DataFormat Of(string? contentType, Version? image, string place)
    {
        var parts = (contentType ?? "").ToLowerInvariant().Split(';', StringSplitOptions.TrimEntries);
        return parts[0] switch
        {
            "" => image is null ? DataFormat.Csv : DataFormat.LibSvm,
            "csv" or "text/csv" => parts.Skip(1).Any(IsOtherLabelSize)
                ? throw new InputException(
                    $"{contentType} is not an accepted csv ContentType. Optional parameter label_size must be equal to 1"
                )
                : DataFormat.Csv,
            "libsvm" or "text/libsvm" or "text/x-libsvm" => DataFormat.LibSvm,
            "parquet" or "application/x-parquet" or "recordio-protobuf" or "application/x-recordio-protobuf" =>
                throw new InputException(place, $"content type {contentType} is read on AWS only; give CSV or libsvm"),
            _ when image is null => throw new InputException(
                place,
                $"content type {contentType} is not text/csv or text/libsvm"
            ),
            _ => throw new InputException($"{contentType} is not an accepted ContentType: {AwsTypes}."),
        };
    }

    private static bool IsOtherLabelSize(string parameter) =>
        parameter.StartsWith("label_size", StringComparison.Ordinal) && parameter.Split('=')[^1].Trim(' ', '"') != "1";
}
