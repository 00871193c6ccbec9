namespace Plumbline.XGBoost;

/// <summary>A first look at a model's bytes, before they reach C++ code that may end the process over them.</summary>
internal static class ModelBytes
{
    public static void Check(ReadOnlySpan<byte> model)
    {
        if (model.Length < 4 || model[0] != '{')
        {
            throw new XGBoostException("loading a model: not an XGBoost model in JSON or universal binary JSON");
        }

        // A letter is the type of the first key's length; text has a quote or a blank there.
        if (char.IsAsciiLetter((char)model[1]) && !UniversalBinaryJson.IsWhole(model))
        {
            throw new XGBoostException("loading a model: the universal binary JSON is cut short or damaged");
        }
    }
}
