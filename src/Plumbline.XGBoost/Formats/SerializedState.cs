using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Plumbline.XGBoost.Native;

namespace Plumbline.XGBoost.Formats;

/// <summary>
/// Extracts the model from the state of a pickled Booster. Its format depends on the version of XGBoost: 0.90 writes
/// the old binary format, 1.0 the same with the configuration after it, later versions JSON or universal binary JSON of
/// both.
/// </summary>
internal static class SerializedState
{
    private static ReadOnlySpan<byte> Header => "CONFIG-offset:"u8;

    /// <summary>
    /// Returns the model, or null if the state is universal binary JSON, which libxgboost loads directly. The
    /// configuration is dropped, because libxgboost may not understand that of another version.
    /// </summary>
    /// <exception cref="XGBoostException">The state is damaged.</exception>
    public static byte[]? Model(byte[] state)
    {
        if (state.AsSpan().StartsWith(Header))
        {
            var rest = state.AsSpan(Header.Length);
            var length = rest.Length > 8 ? BinaryPrimitives.ReadInt64LittleEndian(rest) : -1;
            return length > 0 && length <= rest.Length - 8 ? rest.Slice(8, (int)length).ToArray() : throw Damaged();
        }
        switch (ModelBytes.FormatOf(state))
        {
            case ModelFormat.Json:
                return Json(state);
            case ModelFormat.UniversalBinaryJson:
                return UniversalBinaryJson.IsWhole(state) ? null : throw Damaged();
            default:
                return state;
        }
    }

    private static byte[] Json(byte[] state)
    {
        try
        {
            using var document = JsonDocument.Parse(state);
            return document.RootElement.TryGetProperty("Model", out var model)
                ? Encoding.UTF8.GetBytes(model.GetRawText())
                : state;
        }
        catch (JsonException)
        {
            throw Damaged();
        }
    }

    private static XGBoostException Damaged() => new("loading a model: the state of the pickled Booster is damaged");
}
