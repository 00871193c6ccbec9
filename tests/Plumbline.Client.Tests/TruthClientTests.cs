using System.Net;
using Plumbline.Records.GroundTruth;
using Plumbline.Testing;
using Shouldly;

namespace Plumbline.Client.Tests;

public sealed class TruthClientTests(TruthConsole console) : IClassFixture<TruthConsole>
{
    private readonly HttpClient http = new() { BaseAddress = console.Url };

    [Fact]
    public async Task Truths_are_durable_when_they_are_delivered_and_say_who_and_why()
    {
        var client = new TruthClient(http, console.Token, "visits");

        var count = await client.DeliverAsync(
            [new Truth("v1", "yes"), new Truth("v2", "no")],
            "invoices of May & June"
        );
        var before = await console.DeliveredAsync();
        await client.DeliverAsync([new Truth("v1", "yes"), new Truth("v2", "no")]);

        count.ShouldBe(2);
        var (key, text) = before.Single(one => one.Value.Contains("\"v1\""));
        key.ShouldStartWith("ground-truth/");
        key.ShouldContain("/api-");
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
        // Within the hour, the same truths are the same object.
        (await console.DeliveredAsync()).Count.ShouldBe(before.Count);
        var metadata = (await console.Loop.Bucket.FindVersionAsync(key))!.Metadata;
        var author = DeliveryAuthor.Of("s3://b/k", metadata);
        (author.Who, author.Reason).ShouldBe(("token:billing", "invoices of May & June"));
        var act = (await console.Loop.History.ReadAsync())
            .First(entry => entry.Act.Why == "2 truths: invoices of May & June")
            .Act;
        (act.What, act.Subject).ShouldBe(("import", "token:billing"));
        act.Who.ShouldEndWith(" token:billing");
    }

    [Fact]
    public async Task One_invalid_truth_among_thousands_delivers_none_of_its_request_and_is_named()
    {
        var client = new TruthClient(http, console.Token, "visits");
        var truths = Enumerable
            .Range(1, 12_000)
            .Select(i => new Truth($"bad-{i}", i is 11_000 or 11_500 ? "perhaps" : "yes"));

        var refused = await Should.ThrowAsync<TruthRefusedException>(() => client.DeliverAsync(truths));

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Errors.Select(one => one.Line).ShouldBe([11_000, 11_500]);
        refused.Message.ShouldBe(
            "2 truths are invalid; nothing was delivered. Truth 11000: has the label 'perhaps', which is not one of labels: no, yes"
        );
        var delivered = string.Concat((await console.DeliveredAsync()).Values);
        delivered.ShouldContain("\"bad-10000\"");
        delivered.ShouldNotContain("\"bad-10001\"");
    }

    [Fact]
    public async Task A_removed_token_and_an_unknown_project_are_refused_with_a_reason()
    {
        var token = console.Tokens.Add("leaving", TimeProvider.System.GetUtcNow());
        var truth = new Truth("r1", "yes");
        await new TruthClient(http, token, "visits").DeliverAsync([truth]);
        console.Tokens.Remove("leaving").ShouldBeTrue();

        var removed = await Should.ThrowAsync<TruthRefusedException>(() =>
            new TruthClient(http, token, "visits").DeliverAsync([truth])
        );
        var unknown = await Should.ThrowAsync<TruthRefusedException>(() =>
            new TruthClient(http, console.Token, "nothing").DeliverAsync([truth])
        );

        removed.Status.ShouldBe(HttpStatusCode.Unauthorized);
        removed.Message.ShouldContain("plumb token add NAME");
        unknown.Status.ShouldBe(HttpStatusCode.NotFound);
        unknown.Message.ShouldBe("The project 'nothing' does not exist.");
    }

    [Fact]
    public async Task A_request_that_the_console_cannot_take_now_is_repeated()
    {
        using var busy = new HttpClient(new BusyOnce()) { BaseAddress = console.Url };

        (await new TruthClient(busy, console.Token, "visits").DeliverAsync([new Truth("b1", "no")])).ShouldBe(1);

        string.Concat((await console.DeliveredAsync()).Values).ShouldContain("\"b1\"");
    }

    /// <summary>Answers 429 to the first request, and sends the others on.</summary>
    private sealed class BusyOnce() : DelegatingHandler(new HttpClientHandler())
    {
        private int requests;

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            if (requests++ > 0)
            {
                return await base.SendAsync(request, cancellationToken);
            }

            var busy = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
            busy.Headers.RetryAfter = new(TimeSpan.Zero);
            return busy;
        }
    }
}
