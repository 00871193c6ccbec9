using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Errors;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Gateway;

/// <summary>The activity and the duration of one request; exists only while somebody listens.</summary>
internal sealed class RequestSignal
{
    /// <summary>
    /// The method or the service of a request that has none of the cloud's own. Clients choose that text, and each new
    /// text would be a new time series.
    /// </summary>
    public const string Other = "_OTHER";

    private const string Route = "http.route";

    private static readonly Histogram<double> Duration = Signals.Durations(
        "http.server.request.duration",
        "Duration of requests to the gateway"
    );

    private readonly HttpContext context;
    private readonly string method;
    private readonly Activity? activity;
    private readonly long started = ProcessTime.Clock.GetTimestamp();
    private string? route;
    private string? service;
    private string? operation;
    private string? errorType;
    private bool broke;

    private RequestSignal(HttpContext context)
    {
        (this.context, method) = (context, KnownMethod(context.Request.Method));
        context.Features.Set(this);
        if (Signals.Traced)
        {
            activity = Start(context, method);
        }
    }

    /// <summary>True if somebody listens to activities or to the duration.</summary>
    public static bool IsOn => Signals.Traced || Duration.Enabled;

    /// <summary>Starts the request's activity; null if nobody listens.</summary>
    public static RequestSignal? Begin(HttpContext context) => IsOn ? new RequestSignal(context) : null;

    /// <summary>The signal of a request that began with <see cref="Begin"/>; null if nobody listened.</summary>
    public static RequestSignal? Of(HttpContext context) => IsOn ? context.Features.Get<RequestSignal>() : null;

    /// <summary>The request is for a path outside AWS's API, or for one that bypasses the stages.</summary>
    public void IsOwn(string prefix)
    {
        route = prefix;
        if (activity is not null)
        {
            activity.DisplayName = $"{method} {prefix}";
            activity.SetTag(Route, prefix);
        }
    }

    /// <summary>The request is for this service.</summary>
    public void IsFor(string name, string requestId)
    {
        service = name;
        activity?.SetService(name, requestId);
    }

    /// <summary>The request is for this operation of the service.</summary>
    public void Asks(string name)
    {
        operation = name;
        activity?.SetOperation(service!, name);
    }

    /// <summary>The request gets an error; S3 also answers "not modified" as one, which is not a failure.</summary>
    public void Failed(AwsException error)
    {
        if (error.Status >= 400)
        {
            errorType = error.Code;
            activity?.SetError(error);
        }
    }

    /// <summary>The client has gone, so the request has no status.</summary>
    public void Broke() => (broke, errorType) = (true, "ConnectionAborted");

    /// <summary>Ends the activity and records the duration.</summary>
    public void End()
    {
        var status = context.Response.StatusCode;
        errorType ??= status >= 400 ? status.ToString(CultureInfo.InvariantCulture) : null;
        if (Duration.Enabled)
        {
            Duration.Record(ProcessTime.Clock.GetElapsedTime(started).TotalSeconds, Tags(status));
        }

        if (activity is not null)
        {
            activity.SetTag(RpcTags.ErrorType, errorType);
            activity.SetTag(RpcTags.Status, broke ? null : status);
            activity.Dispose();
        }
    }

    private TagList Tags(int status)
    {
        var tags = new TagList { { "http.request.method", method } };
        Add(Route, route);
        Add(RpcTags.Service, service);
        Add(RpcTags.Method, operation);
        Add(RpcTags.Status, broke ? null : status);
        Add(RpcTags.ErrorType, errorType);
        return tags;

        void Add(string name, object? value)
        {
            if (value is not null)
            {
                tags.Add(name, value);
            }
        }
    }

    private static Activity? Start(HttpContext context, string method)
    {
        // The web server has an activity of its own, which nobody exports and which no sampler has seen. A child of it
        // would be dropped, or would name a parent that is missing.
        Activity.Current = null;
        var headers = context.Request.Headers;
        _ = ActivityContext.TryParse(headers.TraceParent, headers.TraceState, isRemote: true, out var parent);
        return Signals.Activities.StartActivity(
            method,
            ActivityKind.Server,
            parent,
            [
                new("http.request.method", method),
                new("url.path", Identification.Target(context).Path),
                new("url.scheme", context.Request.Scheme),
            ]
        );
    }

    private static string KnownMethod(string method) =>
        method is "GET" or "PUT" or "POST" or "HEAD" or "DELETE" or "PATCH" or "OPTIONS" ? method : Other;
}
