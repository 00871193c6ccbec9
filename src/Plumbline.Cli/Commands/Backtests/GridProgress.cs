namespace Plumbline.Cli.Commands.Backtests;

/// <summary>One line on stderr that counts the settings; nothing if stderr is not a terminal.</summary>
internal sealed class GridProgress : IDisposable
{
    private bool isOpen;

    public void Show(int done, int of, int known)
    {
        if (Console.IsErrorRedirected)
        {
            return;
        }
        isOpen = true;
        Console.Error.Write($"\r{done} of {of} settings{(known > 0 ? $", {known} of them from an earlier run" : "")} ");
    }

    public void Dispose()
    {
        if (isOpen)
        {
            Console.Error.WriteLine();
        }
    }
}
