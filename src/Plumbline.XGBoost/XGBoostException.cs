namespace Plumbline.XGBoost;

/// <summary>libxgboost refused a call. The message is one plain line, without the library's source places.</summary>
public sealed class XGBoostException(string message) : Exception(message);
