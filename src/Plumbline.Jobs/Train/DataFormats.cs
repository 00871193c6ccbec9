using Plumbline.XGBoost.Inputs;

namespace Plumbline.Jobs.Train;

/// <summary>Maps a channel's content type to its data format.</summary>
internal static class DataFormats
{
    private const string AwsTypes =
        "csv, libsvm, parquet, recordio-protobuf, text/csv, text/libsvm, text/x-libsvm, application/x-parquet, "
        + "application/x-recordio-protobuf";

    /// <param name="contentType">
    /// The channel's content type. If it is missing: CSV, but libsvm for an AWS image, as on AWS.
    /// </param>
    /// <exception cref="InputException">The content type is not supported.</exception>
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
                throw new InputException(
                    place,
                    $"content type {contentType} is supported on AWS only: use CSV or libsvm"
                ),
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
