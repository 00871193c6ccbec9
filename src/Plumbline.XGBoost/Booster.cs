using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Unicode;
using Plumbline.XGBoost.Formats;
using Plumbline.XGBoost.Native;

namespace Plumbline.XGBoost;

/// <summary>
/// A gradient-boosted model. Only one thread at a time may train, load or change it.
/// <see cref="Predict(ReadOnlySpan{float}, int, Span{float})"/> may be called from many threads at once while no thread
/// trains or changes the model.
/// </summary>
public sealed unsafe class Booster : IDisposable
{
    private static ReadOnlySpan<byte> PredictConfiguration =>
        """{"type":0,"training":false,"iteration_begin":0,"iteration_end":0,"strict_shape":true,"cache_id":0,"missing":NaN}"""u8;

    private readonly BoosterHandle handle;

    // A proxy matrix refers to the rows of a prediction. One proxy per thread: creating one for each call would double
    // the cost of the call.
    private readonly ThreadLocal<DMatrixHandle> proxies;

    private Booster(BoosterHandle handle)
    {
        this.handle = handle;
        proxies = new ThreadLocal<DMatrixHandle>(MakeProxy, trackAllValues: true);
    }

    /// <summary>
    /// Creates an empty booster. Check the parameters before: libxgboost accepts unknown names and invalid values
    /// silently, or fails only at the first round.
    /// </summary>
    /// <param name="parameters">XGBoost's own parameter names, in order (eval_metric may come more than once).</param>
    /// <param name="caches">The matrices that it will be trained and evaluated on; their predictions are kept.</param>
    public static Booster Create(IEnumerable<KeyValuePair<string, string>> parameters, params DMatrix[] caches)
    {
        fixed (nint* matrices = Pointers(caches))
        {
            NativeCall.Check(
                LibXGBoost.XGBoosterCreate(matrices, (ulong)caches.Length, out var handle),
                "making a booster"
            );
            GC.KeepAlive(caches);
            var booster = new Booster(handle);
            booster.SetParameters(parameters);
            return booster;
        }
    }

    internal BoosterHandle Handle => handle;

    /// <summary>The rounds in the model; a round makes <see cref="ParallelTrees"/> trees for each class.</summary>
    public int Rounds
    {
        get
        {
            NativeCall.Check(LibXGBoost.XGBoosterBoostedRounds(handle, out var rounds), "rounds of a model");
            return rounds;
        }
    }

    /// <summary>The number of features that a row must have.</summary>
    public int Features
    {
        get
        {
            NativeCall.Check(LibXGBoost.XGBoosterGetNumFeature(handle, out var features), "features of a model");
            return (int)features;
        }
    }

    /// <summary>Sets parameters. libxgboost checks them only at the next round or prediction.</summary>
    public void SetParameters(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        foreach (var (name, value) in parameters)
        {
            NativeCall.Check(LibXGBoost.XGBoosterSetParam(handle, name, value), $"parameter {name}");
        }
    }

    /// <summary>Makes libxgboost apply the parameters now.</summary>
    public void Configure() =>
        NativeCall.Check(LibXGBoost.XGBoosterSaveJsonConfig(handle, out _, out _), "taking up the parameters");

    /// <summary>Adds one round of trees to the model.</summary>
    /// <param name="round">The round's index, counted from the model's first round.</param>
    public void Update(int round, DMatrix train) =>
        NativeCall.Check(LibXGBoost.XGBoosterUpdateOneIter(handle, round, train.Handle), "training");

    /// <summary>
    /// Returns the metrics on each matrix, as libxgboost prints them with 17 digits:
    /// <c>[0]\ttrain-mlogloss:2.1\tvalidation-mlogloss:2.2</c>.
    /// </summary>
    public string Evaluate(int round, IReadOnlyList<(string Name, DMatrix Matrix)> sets)
    {
        var names = stackalloc byte*[sets.Count];
        var matrices = stackalloc nint[sets.Count];
        try
        {
            for (var i = 0; i < sets.Count; i++)
            {
                names[i] = (byte*)Marshal.StringToCoTaskMemUTF8(sets[i].Name);
                matrices[i] = sets[i].Matrix.Handle.DangerousGetHandle();
            }
            var count = (ulong)sets.Count;
            var code = LibXGBoost.XGBoosterEvalOneIter(handle, round, matrices, names, count, out var result);
            NativeCall.Check(code, "evaluating");
            return NativeCall.Text(result);
        }
        finally
        {
            for (var i = 0; i < sets.Count; i++)
            {
                Marshal.FreeCoTaskMem((nint)names[i]);
            }
            GC.KeepAlive(sets);
        }
    }

    /// <summary>Returns a text that is stored in the model and saved with it, or null.</summary>
    public string? GetAttribute(string name)
    {
        NativeCall.Check(LibXGBoost.XGBoosterGetAttr(handle, name, out var value, out var found), "attribute");
        return found == 1 ? NativeCall.Text(value) : null;
    }

    /// <summary>Stores a text in the model, which is saved with it; null removes it.</summary>
    public void SetAttribute(string name, string? value) =>
        NativeCall.Check(LibXGBoost.XGBoosterSetAttr(handle, name, value), "attribute");

    /// <summary>Returns the objective, for example multi:softprob, and num_class, or 0 without one.</summary>
    public (string Name, int Classes) ReadObjective()
    {
        using var configuration = ReadConfiguration();
        return configuration.Objective;
    }

    /// <summary>
    /// Predicts rows in place, without a matrix. The answers depend on the objective: the probabilities of each class
    /// for multi:softprob, the probability of class 1 for binary:logistic, the value for a regression.
    /// </summary>
    /// <param name="features">Row-major, NaN where missing.</param>
    /// <param name="columns">Features per row; must be <see cref="Features"/>.</param>
    /// <param name="output">Receives the answers: rows x (answers per row).</param>
    /// <returns>The number of answers per row.</returns>
    public int Predict(ReadOnlySpan<float> features, int columns, Span<float> output)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        var rows = features.Length / columns;
        if (rows == 0 || rows * columns != features.Length)
        {
            throw new ArgumentException($"{features.Length} values are not rows of {columns}", nameof(features));
        }
        Span<byte> array = stackalloc byte[128];
        fixed (float* values = features)
        fixed (byte* arrayText = array)
        fixed (byte* config = PredictConfiguration)
        {
            Utf8.TryWrite(
                array,
                CultureInfo.InvariantCulture,
                $$"""{"data":[{{(long)values}},true],"shape":[{{rows}},{{columns}}],"typestr":"<f4","version":3}{{'\0'}}""",
                out _
            );
            var code = LibXGBoost.XGBoosterPredictFromDense(
                handle,
                arrayText,
                config,
                proxies.Value!,
                out var shape,
                out var dimensions,
                out var result
            );
            NativeCall.Check(code, "predicting");
            var length = 1;
            for (var i = 0; i < (int)dimensions; i++)
            {
                length *= (int)shape[i];
            }
            new ReadOnlySpan<float>(result, length).CopyTo(output);
            return length / rows;
        }
    }

    /// <summary>Predicts a matrix with any kind of booster. Only one thread at a time may call this.</summary>
    /// <param name="margin">True: returns the sums of the trees instead of the objective's answer.</param>
    /// <returns>rows x (answers per row).</returns>
    public float[] Predict(DMatrix rows, bool margin = false)
    {
        var config = $$"""
            {"type":{{(margin ? 1 : 0)}},"training":false,"iteration_begin":0,"iteration_end":0,"strict_shape":true}
            """;
        NativeCall.Check(
            LibXGBoost.XGBoosterPredictFromDMatrix(
                handle,
                rows.Handle,
                config,
                out var shape,
                out var dimensions,
                out var result
            ),
            "predicting"
        );
        var length = 1;
        for (var i = 0; i < (int)dimensions; i++)
        {
            length *= (int)shape[i];
        }
        return new ReadOnlySpan<float>(result, length).ToArray();
    }

    /// <summary>Saves the model as universal binary JSON, which libxgboost and AWS's containers load.</summary>
    public byte[] Save() => Save("ubj");

    /// <summary>Saves the model as JSON, which people can read.</summary>
    public byte[] SaveJson() => Save("json");

    /// <summary>Saves the model in the binary format that XGBoost 1.7 and older write by default.</summary>
    public byte[] SaveBinary() => Save("deprecated");

    /// <summary>Returns the model with its configuration, in the form that Python's pickles contain.</summary>
    public byte[] Serialize()
    {
        var code = LibXGBoost.XGBoosterSerializeToBuffer(handle, out var length, out var state);
        NativeCall.Check(code, "serializing a model");
        return new ReadOnlySpan<byte>(state, checked((int)length)).ToArray();
    }

    private byte[] Save(string format)
    {
        var code = LibXGBoost.XGBoosterSaveModelToBuffer(
            handle,
            $$"""{"format":"{{format}}"}""",
            out var length,
            out var model
        );
        NativeCall.Check(code, "saving a model");
        return new ReadOnlySpan<byte>(model, checked((int)length)).ToArray();
    }

    /// <summary>
    /// Loads a model in every format that XGBoost has used: JSON, universal binary JSON, the old binary format, or a
    /// pickled Booster of the Python package. A pickle is parsed, never executed.
    /// </summary>
    /// <exception cref="XGBoostException">The bytes are not a valid model.</exception>
    public static Booster Load(ReadOnlySpan<byte> model, int threads = 1) => BoosterLoader.Load(model, threads);

    /// <summary>The number of trees per round and class (num_parallel_tree).</summary>
    public int ParallelTrees
    {
        get
        {
            using var configuration = ReadConfiguration();
            return configuration.ParallelTrees;
        }
    }

    /// <summary>Returns a copy of the model with only its first rounds.</summary>
    public Booster FirstRounds(int rounds)
    {
        NativeCall.Check(LibXGBoost.XGBoosterSlice(handle, 0, rounds, 1, out var slice), "slicing a model");
        return new Booster(slice);
    }

    public void Dispose()
    {
        foreach (var proxy in proxies.Values)
        {
            proxy.Dispose();
        }
        proxies.Dispose();
        handle.Dispose();
    }

    private BoosterConfiguration ReadConfiguration()
    {
        NativeCall.Check(LibXGBoost.XGBoosterSaveJsonConfig(handle, out var length, out var json), "reading a model");
        return new BoosterConfiguration(new ReadOnlySpan<byte>(json, (int)length));
    }

    private static nint[] Pointers(DMatrix[] matrices) =>
        Array.ConvertAll(matrices, matrix => matrix.Handle.DangerousGetHandle());

    private static DMatrixHandle MakeProxy()
    {
        NativeCall.Check(LibXGBoost.XGProxyDMatrixCreate(out var proxy), "making a proxy matrix");
        return proxy;
    }
}
