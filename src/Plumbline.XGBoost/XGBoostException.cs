namespace Plumbline.XGBoost;

/// <summary>
/// libxgboost refused a call. The message is one plain line, without libxgboost's source files and lines.
/// </summary>
public sealed class XGBoostException(string message) : Exception(message);
