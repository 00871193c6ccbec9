using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Signing;
using Plumbline.Testing;

namespace Plumbline.Aws.Tests.Signing;

/// <summary>One folder of the official SigV4 test suite.</summary>
internal sealed class SigV4Case
{
    private readonly string folder;
    private readonly JsonNode context;

    public SigV4Case(string name)
    {
        folder = SharedData.Path("conformance", "sigv4", name);
        context = JsonNode.Parse(Text("context.json"))!;
    }

    public DateTimeOffset Time => DateTimeOffset.Parse((string)context["timestamp"]!, null);

    public TimeSpan Expires => TimeSpan.FromSeconds((int)context["expiration_in_seconds"]!);

    public bool PathAsIs => !(bool)context["normalize"]!;

    public bool SignBody => (bool)context["sign_body"]!;

    public bool TokenIsAddedAfter => (bool?)context["omit_session_token"] ?? false;

    public SigningCredentials Credentials =>
        new(
            (string)context["credentials"]!["access_key_id"]!,
            (string)context["credentials"]!["secret_access_key"]!,
            (string?)context["credentials"]!["token"]
        );

    public SigV4Signer Signer => new((string)context["region"]!, (string)context["service"]!) { PathAsIs = PathAsIs };

    public static TheoryData<string> Names()
    {
        var names = new TheoryData<string>();
        string[] folders = SharedData.Folder is null
            ? []
            : Directory.GetDirectories(SharedData.Path("conformance", "sigv4"));
        foreach (var folder in folders.Order(StringComparer.Ordinal))
        {
            names.Add(Path.GetFileName(folder));
        }

        return names;
    }

    public string Text(string file) => File.ReadAllText(Path.Combine(folder, file)).TrimEnd('\n');

    /// <summary>
    /// Reads a request file: a request line, headers (which may continue on the next line), a blank line, a body.
    /// </summary>
    public WireRequest Request(string file)
    {
        var text = File.ReadAllText(Path.Combine(folder, file)).Replace("\r\n", "\n", StringComparison.Ordinal);
        var blank = text.IndexOf("\n\n", StringComparison.Ordinal);
        var head = blank < 0 ? text.TrimEnd('\n') : text[..blank];
        var body = blank < 0 ? "" : text[(blank + 2)..];
        var lines = head.Split('\n');
        var target = lines[0][(lines[0].IndexOf(' ') + 1)..lines[0].LastIndexOf(' ')];
        var question = target.IndexOf('?');
        var headers = new HeaderDictionary();
        var name = "";
        foreach (var line in lines[1..])
        {
            if (line.StartsWith(' '))
            {
                headers[name] = new StringValues($"{headers[name]} {line.Trim()}");
                continue;
            }

            var colon = line.IndexOf(':');
            name = line[..colon];
            headers.Append(name, line[(colon + 1)..]);
        }

        return new WireRequest(
            lines[0][..lines[0].IndexOf(' ')],
            question < 0 ? target : target[..question],
            question < 0 ? "" : target[(question + 1)..],
            headers,
            Encoding.UTF8.GetBytes(file.Contains("signed", StringComparison.Ordinal) ? body.TrimEnd('\n') : body)
        );
    }
}
