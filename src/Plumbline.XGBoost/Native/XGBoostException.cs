namespace Plumbline.XGBoost.Native;

/// <summary>libxgboost refused a call. The message is one line, without libxgboost's source positions.</summary>
public sealed class XGBoostException(string message) : Exception(message);
