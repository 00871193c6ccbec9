namespace Plumbline.Jobs.Train;

public enum DataFormat
{
    Csv,
    LibSvm,
}
