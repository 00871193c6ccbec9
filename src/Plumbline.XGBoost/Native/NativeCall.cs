using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Plumbline.XGBoost.Native;

/// <summary>Turns libxgboost's return codes into exceptions, and its C++ error texts into one plain line.</summary>
internal static unsafe partial class NativeCall
{
    private const int LongestMessage = 300;

    /// <summary>Must run on the thread of the call, because libxgboost keeps its last error per thread.</summary>
    public static void Check(int code, string what)
    {
        if (code != 0)
        {
            throw new XGBoostException($"{what}: {Sanitize(Text(LibXGBoost.XGBGetLastError()))}");
        }
    }

    public static string Text(byte* utf8) => Marshal.PtrToStringUTF8((nint)utf8) ?? "";

    /// <summary>Removes the stack trace, the time, the source file and the C++ expression that was checked.</summary>
    internal static string Sanitize(string message)
    {
        var end = message.IndexOf("Stack trace", StringComparison.Ordinal);
        var text = end >= 0 ? message[..end] : message;
        text = SourcePlace().Replace(text, "");
        text = CheckedExpression().Replace(text, "");
        text = Blank().Replace(text, " ").Trim().TrimEnd(':').Trim();
        if (text.Length > LongestMessage)
        {
            text = text[..LongestMessage] + "...";
        }
        return text.Length == 0 ? "the library gave no reason" : text;
    }

    [GeneratedRegex(@"(\[\d\d:\d\d:\d\d\]\s*)?\S*\.(cc|h|cu|cuh|cpp|hpp):\d+:\s*")]
    private static partial Regex SourcePlace();

    // "Check failed: a == b (1 vs. 2) : reason": people need only the reason.
    [GeneratedRegex(@"Check failed:[^\n]*?(\([^()\n]* vs\. [^()\n]*\)\s*)?: (?=\S)")]
    private static partial Regex CheckedExpression();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
