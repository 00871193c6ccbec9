namespace Plumbline.Records.Backtests;

/// <summary>The result of one setting.</summary>
/// <param name="Setting">The settings.</param>
/// <param name="Result">The result of the policy that they make.</param>
public sealed record GridResult(GridSetting Setting, PolicyResult Result);
