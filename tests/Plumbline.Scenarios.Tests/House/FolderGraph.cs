using System.Text.RegularExpressions;
using Mono.Cecil;

namespace Plumbline.Scenarios.Tests.House;

/// <summary>
/// The references between the folders (namespaces) of one assembly, as its compiled code has them. Composition roots, which
/// register everything, and code that the compiler generates for a whole assembly are left out.
/// </summary>
internal sealed partial class FolderGraph
{
    private readonly SortedDictionary<string, SortedSet<string>> edges = new(StringComparer.Ordinal);
    private readonly ModuleDefinition module;

    private FolderGraph(ModuleDefinition module) => this.module = module;

    /// <summary>Reads an assembly.</summary>
    public static FolderGraph Of(string file)
    {
        using var module = ModuleDefinition.ReadModule(file);
        var graph = new FolderGraph(module);
        foreach (var type in module.GetTypes().Where(type => IsWritten(type) && !Root().IsMatch(Outermost(type).Name)))
        {
            graph.AddType(type);
        }

        return graph;
    }

    /// <summary>
    /// The groups of folders that reach each other in circles, each with its folders in order; "." is the project's own
    /// folder.
    /// </summary>
    public IEnumerable<string> Cycles()
    {
        var reached = edges.Keys.ToDictionary(folder => folder, Reachable);
        var seen = new HashSet<string>();
        foreach (var folder in edges.Keys)
        {
            List<string> circle =
            [
                folder,
                .. reached[folder]
                    .Where(other =>
                        other != folder && reached.TryGetValue(other, out var back) && back.Contains(folder)
                    ),
            ];
            if (circle.Count > 1 && seen.Add(folder))
            {
                seen.UnionWith(circle);
                yield return string.Join(' ', circle.Order(StringComparer.Ordinal));
            }
        }
    }

    private HashSet<string> Reachable(string from)
    {
        var reached = new HashSet<string>();
        var next = new Stack<string>([from]);
        while (next.TryPop(out var folder))
        {
            foreach (var other in edges.GetValueOrDefault(folder, []).Where(reached.Add))
            {
                next.Push(other);
            }
        }

        return reached;
    }

    private void AddType(TypeDefinition type)
    {
        var from = Folder(type);
        Add(from, type.BaseType);
        AddAttributes(from, type);
        foreach (var implemented in type.Interfaces)
        {
            Add(from, implemented.InterfaceType);
        }

        foreach (var field in type.Fields)
        {
            Add(from, field.FieldType);
        }

        foreach (var constraint in type.GenericParameters.SelectMany(parameter => parameter.Constraints))
        {
            Add(from, constraint.ConstraintType);
        }

        foreach (var method in type.Methods)
        {
            AddSignature(from, method);
            AddAttributes(from, method);
            if (method.HasBody)
            {
                AddBody(from, method.Body);
            }
        }
    }

    private void AddBody(string from, Mono.Cecil.Cil.MethodBody body)
    {
        foreach (var variable in body.Variables)
        {
            Add(from, variable.VariableType);
        }

        foreach (var handler in body.ExceptionHandlers)
        {
            Add(from, handler.CatchType);
        }

        foreach (var instruction in body.Instructions)
        {
            switch (instruction.Operand)
            {
                case TypeReference type:
                    Add(from, type);
                    break;
                case MethodReference method:
                    AddSignature(from, method);
                    break;
                case FieldReference field:
                    Add(from, field.DeclaringType);
                    Add(from, field.FieldType);
                    break;
            }
        }
    }

    private void AddSignature(string from, MethodReference method)
    {
        Add(from, method.DeclaringType);
        Add(from, method.ReturnType);
        foreach (var parameter in method.Parameters)
        {
            Add(from, parameter.ParameterType);
        }

        foreach (var argument in (method as GenericInstanceMethod)?.GenericArguments ?? [])
        {
            Add(from, argument);
        }
    }

    private void AddAttributes(string from, ICustomAttributeProvider provider)
    {
        foreach (var attribute in provider.CustomAttributes)
        {
            Add(from, attribute.AttributeType);
        }
    }

    private void Add(string from, TypeReference? to)
    {
        foreach (var argument in (to as GenericInstanceType)?.GenericArguments ?? [])
        {
            Add(from, argument);
        }

        if (to is TypeSpecification specification)
        {
            Add(from, specification.ElementType);
        }
        else if (to is TypeDefinition type && type.Module == module && IsWritten(type) && Folder(type) is var folder)
        {
            if (folder != from)
            {
                edges.TryAdd(from, new SortedSet<string>(StringComparer.Ordinal));
                edges[from].Add(folder);
            }
        }
    }

    private static bool IsWritten(TypeDefinition type) =>
        Outermost(type) is var written
        && written.Namespace.StartsWith("Plumb", StringComparison.Ordinal)
        && !written.Name.StartsWith('<');

    private static string Folder(TypeDefinition type) =>
        string.Join('.', Outermost(type).Namespace.Split('.').Skip(2)) is { Length: > 0 } folder ? folder : ".";

    private static TypeDefinition Outermost(TypeDefinition type) =>
        type.DeclaringType is null ? type : Outermost(type.DeclaringType);

    [GeneratedRegex(
        "^(LocalCloudHost|LocalCloudServices|[A-Z]\\w+Service|ConsoleHost|PageEndpoints|ProjectServices|CommandLine)$"
    )]
    private static partial Regex Root();
}
