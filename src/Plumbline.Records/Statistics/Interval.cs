namespace Plumbline.Records.Statistics;

/// <summary>An estimate with its 95 % interval.</summary>
public readonly record struct Interval(double Value, double Lower, double Upper);
