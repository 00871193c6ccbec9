namespace Plumbline.Records.Backtests;

/// <summary>A setting that a backtest recommends.</summary>
/// <param name="Setting">The key in plumbline.yaml, such as <c>monitor.auditShare</c>.</param>
/// <param name="Value">The value to write.</param>
/// <param name="Why">The reason in sentences with figures.</param>
public sealed record Advice(string Setting, string Value, string Why);
