using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace Plumbline.Bench.Pages;

/// <summary>
/// A signed-in browser without rendering: the measured time is that of the server and of a local connection.
/// </summary>
internal sealed partial class ConsoleVisitor(Uri console) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = console };

    public async Task SignInAsync(string name, string password, CancellationToken cancel)
    {
        var token = Token().Match(await http.GetStringAsync("/sign-in", cancel)).Groups["token"].Value;
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["token"] = WebUtility.HtmlDecode(token),
                ["name"] = name,
                ["password"] = password,
            }
        );
        using var answer = await http.PostAsync("/sign-in", form, cancel);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Returns a page's text and its time in milliseconds.</summary>
    public async Task<(string Text, double Milliseconds)> GetAsync(string path, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        var text = await http.GetStringAsync(path, cancel);
        return (text, clock.Elapsed.TotalMilliseconds);
    }

    public void Dispose() => http.Dispose();

    [GeneratedRegex("name=\"token\" value=\"(?<token>[^\"]*)\"")]
    private static partial Regex Token();
}
