using Plumbline.XGBoost.Native;

namespace Plumbline.XGBoost.Formats;

/// <summary>Validates a model's bytes before libxgboost reads them, because its C++ code may crash.</summary>
internal static class ModelBytes
{
    /// <exception cref="XGBoostException">The bytes are not a complete model in a known format.</exception>
    public static void Check(ReadOnlySpan<byte> model)
    {
        var fault = FormatOf(model) switch
        {
            ModelFormat.UniversalBinaryJson => UniversalBinaryJson.IsWhole(model) ? null : "truncated or damaged",
            ModelFormat.Binary => BinaryModel.FaultOf(model),
            ModelFormat.Json => null,
            _ => throw new XGBoostException(
                $"loading a model: not an XGBoost model: it is {Shown(model)}, not JSON, universal binary JSON, XGBoost's "
                    + "old binary format or a pickled Booster"
            ),
        };
        if (fault is not null)
        {
            throw new XGBoostException($"loading a model: the {FormatOf(model).Name()} is {fault}");
        }
    }

    /// <summary>Guesses the format from the first bytes.</summary>
    public static ModelFormat FormatOf(ReadOnlySpan<byte> model)
    {
        if (model.Length < 4)
        {
            return ModelFormat.Unknown;
        }
        if (model[0] == '{' && (model[1] == '"' || char.IsWhiteSpace((char)model[1])))
        {
            return ModelFormat.Json;
        }
        // In universal binary JSON, a letter gives the type of the first key's length.
        if (model[0] == '{' && char.IsAsciiLetter((char)model[1]))
        {
            return ModelFormat.UniversalBinaryJson;
        }
        if (BoosterPickle.IsPickle(model))
        {
            return ModelFormat.Pickle;
        }
        return BinaryModel.IsOne(model) ? ModelFormat.Binary : ModelFormat.Unknown;
    }

    private static string Shown(ReadOnlySpan<byte> model) =>
        model.StartsWith((byte[])[0x1f, 0x8b]) ? "gzip"
        : model.StartsWith("PK"u8) ? "a zip archive"
        : model.Length < 4 ? $"{model.Length} bytes"
        : $"something that begins with the bytes {Convert.ToHexString(model[..4])}";
}
