using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Models;
using Plumbline.Aws.Validation;

namespace Plumbline.LocalCloud.Gateway;

internal delegate Task<AwsReply> OperationHandler(IServiceProvider services, AwsCall call);

/// <summary>
/// Maps operations to the methods that answer them: the public methods of the <c>&lt;Resource&gt;Api</c> classes, found
/// by AWS's name of the operation. To add an operation, add a method.
/// </summary>
internal sealed class OperationTable
{
    private readonly Dictionary<(string Service, string Operation), OperationHandler> handlers = [];
    private readonly Dictionary<string, Action<Operation, JsonObject>> checks = [];

    /// <summary>Builds the table of all registered services.</summary>
    /// <exception cref="InvalidOperationException">A method is not an operation of its service.</exception>
    public OperationTable(IEnumerable<ServiceRegistration> registrations)
    {
        foreach (var registration in registrations)
        {
            if (registration.Check is { } check)
            {
                checks.Add(registration.Service, check);
            }

            foreach (var api in registration.Apis)
            {
                Add(ServiceModel.For(registration.Service), api);
            }
        }
    }

    /// <summary>Returns the method that answers an operation.</summary>
    /// <exception cref="AwsException">501 <c>NotImplemented</c>, naming the operation.</exception>
    public OperationHandler Find(ServiceModel service, string operation) =>
        handlers.TryGetValue((service.Id, operation), out var handler)
            ? handler
            : throw AwsException.NotImplemented(service.Id, operation);

    /// <summary>True if the local cloud serves the operation.</summary>
    public bool Has(ServiceModel service, string operation) => handlers.ContainsKey((service.Id, operation));

    /// <summary>
    /// Checks an input with the service's own check; by default, with AWS's model and the words of most services.
    /// </summary>
    public void Check(Operation operation, JsonObject input) =>
        checks.GetValueOrDefault(operation.Service.Id, Validator.Check)(operation, input);

    private void Add(ServiceModel service, Type api)
    {
        foreach (var method in api.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        {
            if (!service.Operations.ContainsKey(method.Name))
            {
                throw new InvalidOperationException($"{api.Name}.{method.Name} is not an operation of {service.Id}.");
            }

            handlers.Add((service.Id, method.Name), Bind(api, method));
        }
    }

    private static OperationHandler Bind(Type api, MethodInfo method)
    {
        if (method.ReturnType == typeof(Task<AwsReply>))
        {
            return Handler<AwsReply>(api, method, reply => reply);
        }

        return Handler<JsonObject>(api, method, output => new AwsReply(output));
    }

    private static OperationHandler Handler<T>(Type api, MethodInfo method, Func<T, AwsReply> toReply)
    {
        Func<AwsCall, Task<T>>? bound = null;
        return async (services, call) =>
        {
            bound ??= method.CreateDelegate<Func<AwsCall, Task<T>>>(services.GetRequiredService(api));
            return toReply(await bound(call));
        };
    }
}

/// <summary>A service and the classes that answer its operations.</summary>
internal sealed record ServiceRegistration(string Service, IReadOnlyList<Type> Apis)
{
    /// <summary>Checks an input in the service's own words; null uses the words of most services.</summary>
    public Action<Operation, JsonObject>? Check { get; init; }
}

internal static class ServiceRegistrationExtensions
{
    /// <summary>Registers the classes whose public methods are the service's operations.</summary>
    public static IServiceCollection AddAwsService(
        this IServiceCollection services,
        string service,
        params Type[] apis
    ) => services.AddAwsService(service, check: null, apis);

    /// <summary>As above, for a service that checks its inputs in its own way.</summary>
    public static IServiceCollection AddAwsService(
        this IServiceCollection services,
        string service,
        Action<Operation, JsonObject>? check,
        params Type[] apis
    )
    {
        foreach (var api in apis)
        {
            services.AddSingleton(api);
        }

        return services.AddSingleton(new ServiceRegistration(service, apis) { Check = check });
    }
}
