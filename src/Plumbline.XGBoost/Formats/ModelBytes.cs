namespace Plumbline.XGBoost.Formats;

/// <summary>A first look at a model's bytes, before they reach C++ code that may end the process over them.</summary>
internal static class ModelBytes
{
    /// <exception cref="XGBoostException">They are not a whole model in one of the forms.</exception>
    public static void Check(ReadOnlySpan<byte> model)
    {
        var fault = FormatOf(model) switch
        {
            ModelFormat.UniversalBinaryJson => UniversalBinaryJson.IsWhole(model) ? null : "cut short or damaged",
            ModelFormat.Binary => BinaryModel.FaultOf(model),
            ModelFormat.Json => null,
            _ => throw new XGBoostException(
                $"loading a model: not an XGBoost model: it is {Shown(model)}, not JSON, universal binary JSON, XGBoost's "
                    + "old binary form or a pickled Booster"
            ),
        };
        if (fault is not null)
        {
            throw new XGBoostException($"loading a model: the {FormatOf(model).Name()} is {fault}");
        }
    }

    /// <summary>The form that the first bytes speak of.</summary>
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
        // A letter is the type of the first key's length.
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
