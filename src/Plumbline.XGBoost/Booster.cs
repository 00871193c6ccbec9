using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Unicode;
using Plumbline.XGBoost.Formats;
using Plumbline.XGBoost.Native;

namespace Plumbline.XGBoost;

/// <summary>
/// A gradient-boosted model. Training, loading and changing it belong to one thread at a time; <see cref="Predict(ReadOnlySpan{float}, int, Span{float})"/>
/// may be called from any number of threads at once as long as nobody trains it.
/// </summary>
public sealed unsafe class Booster : IDisposable
{
    private static ReadOnlySpan<byte> PredictConfiguration =>
        """{"type":0,"training":false,"iteration_begin":0,"iteration_end":0,"strict_shape":true,"cache_id":0,"missing":NaN}"""u8;

    private readonly BoosterHandle handle;

    // A proxy matrix holds what is predicted now; making one for each call would double its cost.
    private readonly ThreadLocal<DMatrixHandle> proxies;

    private Booster(BoosterHandle handle)
    {
        this.handle = handle;
        proxies = new ThreadLocal<DMatrixHandle>(MakeProxy, trackAllValues: true);
    }

    /// <summary>
    /// An empty booster. libxgboost accepts unknown names and bad values silently, or fails at the first round:
    /// check them before.
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

    /// <summary>Rounds that it was boosted for; a round makes one tree for each class.</summary>
    public int Rounds
    {
        get
        {
            NativeCall.Check(LibXGBoost.XGBoosterBoostedRounds(handle, out var rounds), "rounds of a model");
            return rounds;
        }
    }

    /// <summary>Features a row that it wants.</summary>
    public int Features
    {
        get
        {
            NativeCall.Check(LibXGBoost.XGBoosterGetNumFeature(handle, out var features), "features of a model");
            return (int)features;
        }
    }

    /// <summary>Sets parameters; nothing is checked before the next round or prediction.</summary>
    public void SetParameters(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        foreach (var (name, value) in parameters)
        {
            NativeCall.Check(LibXGBoost.XGBoosterSetParam(handle, name, value), $"parameter {name}");
        }
    }

    /// <summary>Makes the library take up the parameters now.</summary>
    public void Configure() =>
        NativeCall.Check(LibXGBoost.XGBoosterSaveJsonConfig(handle, out _, out _), "taking up the parameters");

    /// <summary>Boosts one round.</summary>
    /// <param name="round">Rounds made before, counted from the model's first.</param>
    public void Update(int round, DMatrix train) =>
        NativeCall.Check(LibXGBoost.XGBoosterUpdateOneIter(handle, round, train.Handle), "training");

    /// <summary>
    /// The metrics on each matrix, as the library prints them to 17 digits:
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

    /// <summary>The text under a name in the model, saved with it.</summary>
    public string? GetAttribute(string name)
    {
        NativeCall.Check(LibXGBoost.XGBoosterGetAttr(handle, name, out var value, out var found), "attribute");
        return found == 1 ? NativeCall.Text(value) : null;
    }

    /// <summary>Keeps a text in the model; null takes it away.</summary>
    public void SetAttribute(string name, string? value) =>
        NativeCall.Check(LibXGBoost.XGBoosterSetAttr(handle, name, value), "attribute");

    /// <summary>The objective (multi:softprob, ...) and the number of classes, 0 where it has no num_class.</summary>
    public (string Name, int Classes) ReadObjective()
    {
        using var configuration = ReadConfiguration();
        return configuration.Objective;
    }

    /// <summary>
    /// Predicts rows in place, without a matrix: what the objective gives (probabilities of each class for
    /// multi:softprob, of class 1 for binary:logistic, the value otherwise).
    /// </summary>
    /// <param name="features">Row-major, NaN where missing.</param>
    /// <param name="columns">Features a row; must be <see cref="Features"/>.</param>
    /// <param name="output">Takes the answer: rows x (answers a row).</param>
    /// <returns>Answers a row.</returns>
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

    /// <summary>Predicts the rows of a matrix, whatever the kind of booster; to be called by one thread at a time.</summary>
    /// <param name="margin">Whether to give the sums of the trees instead of the objective's answer.</param>
    /// <returns>rows x (answers a row).</returns>
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

    /// <summary>The model as universal binary JSON, the form that libxgboost and AWS's containers load.</summary>
    public byte[] Save() => Save("ubj");

    /// <summary>The model as JSON, for who wants to look into it.</summary>
    public byte[] SaveJson() => Save("json");

    /// <summary>The model in the binary form that XGBoost 1.7 and older write by default.</summary>
    public byte[] SaveBinary() => Save("deprecated");

    /// <summary>The model with its configuration, as Python's pickles hold it.</summary>
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
    /// Loads a model in any form that XGBoost has kept models in: JSON, universal binary JSON, the old binary form, or a
    /// pickled Booster of Python's package, which is not executed.
    /// </summary>
    /// <exception cref="XGBoostException">It is no such model.</exception>
    public static Booster Load(ReadOnlySpan<byte> model, int threads = 1) => BoosterLoader.Load(model, threads);

    /// <summary>Trees of a round, for each class.</summary>
    public int ParallelTrees
    {
        get
        {
            using var configuration = ReadConfiguration();
            return configuration.ParallelTrees;
        }
    }

    /// <summary>A copy of its first rounds.</summary>
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
