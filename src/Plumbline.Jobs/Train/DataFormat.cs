namespace Plumbline.Jobs.Train;

/// <summary>How rows are written.</summary>
public enum DataFormat
{
    Csv,
    LibSvm,
}
