using System.Reflection;
using System.Runtime.InteropServices;

namespace Plumbline.XGBoost.Native;

/// <summary>
/// The functions of libxgboost's C API that Plumbline calls. The library owns the pointers that they return, and reuses
/// the memory at the next call on the same handle and thread: copy the data immediately.
/// </summary>
internal static unsafe partial class LibXGBoost
{
    private const string Library = "xgboost";
    private static readonly string[] FileNames = ["libxgboost.so.0", "libxgboost.so"];

    static LibXGBoost()
    {
        // libgomp reads this variable once, when it is loaded. By default its threads spin while they wait, which on
        // shared cores costs more than the training itself. Environment.SetEnvironmentVariable does not reach native
        // code on Unix.
        _ = setenv("OMP_WAIT_POLICY", "passive", 0);
        NativeLibrary.SetDllImportResolver(typeof(LibXGBoost).Assembly, Resolve);
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library)
        {
            return 0;
        }
        foreach (var file in FileNames)
        {
            if (NativeLibrary.TryLoad(file, out var handle))
            {
                return handle;
            }
        }
        throw new DllNotFoundException(
            "libxgboost was not found: install Debian's libxgboost0 (apt-get install libxgboost0)"
        );
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);

    [LibraryImport(Library)]
    public static partial void XGBoostVersion(out int major, out int minor, out int patch);

    [LibraryImport(Library)]
    public static partial byte* XGBGetLastError();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int XGDMatrixCreateFromDense(string arrayInterface, string config, out DMatrixHandle matrix);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int XGDMatrixCreateFromCSR(
        string starts,
        string indices,
        string values,
        ulong columns,
        string config,
        out DMatrixHandle matrix
    );

    [LibraryImport(Library)]
    public static partial int XGProxyDMatrixCreate(out DMatrixHandle matrix);

    [LibraryImport(Library)]
    public static partial int XGDMatrixFree(nint matrix);

    [LibraryImport(Library)]
    public static partial int XGDMatrixNumRow(DMatrixHandle matrix, out ulong rows);

    [LibraryImport(Library)]
    public static partial int XGDMatrixNumCol(DMatrixHandle matrix, out ulong columns);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int XGDMatrixGetFloatInfo(
        DMatrixHandle matrix,
        string field,
        out ulong count,
        out float* values
    );

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int XGDMatrixSetFloatInfo(DMatrixHandle matrix, string field, float* values, ulong count);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int XGDMatrixSetDenseInfo(
        DMatrixHandle matrix,
        string field,
        uint* values,
        ulong count,
        int type
    );

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int XGDMatrixSetStrFeatureInfo(
        DMatrixHandle matrix,
        string field,
        string[] features,
        ulong count
    );

    [LibraryImport(Library)]
    public static partial int XGBoosterCreate(nint* matrices, ulong count, out BoosterHandle booster);

    [LibraryImport(Library)]
    public static partial int XGBoosterFree(nint booster);

    [LibraryImport(Library)]
    public static partial int XGBoosterSlice(
        BoosterHandle booster,
        int begin,
        int end,
        int step,
        out BoosterHandle slice
    );

    [LibraryImport(Library)]
    public static partial int XGBoosterBoostedRounds(BoosterHandle booster, out int rounds);

    [LibraryImport(Library)]
    public static partial int XGBoosterGetNumFeature(BoosterHandle booster, out ulong features);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int XGBoosterSetParam(BoosterHandle booster, string name, string value);

    [LibraryImport(Library)]
    public static partial int XGBoosterUpdateOneIter(BoosterHandle booster, int iteration, DMatrixHandle train);

    [LibraryImport(Library)]
    public static partial int XGBoosterEvalOneIter(
        BoosterHandle booster,
        int iteration,
        nint* matrices,
        byte** names,
        ulong count,
        out byte* result
    );

    [LibraryImport(Library)]
    public static partial int XGBoosterPredictFromDense(
        BoosterHandle booster,
        byte* arrayInterface,
        byte* config,
        DMatrixHandle proxy,
        out ulong* shape,
        out ulong dimensions,
        out float* result
    );

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int XGBoosterPredictFromDMatrix(
        BoosterHandle booster,
        DMatrixHandle matrix,
        string config,
        out ulong* shape,
        out ulong dimensions,
        out float* result
    );

    [LibraryImport(Library)]
    public static partial int XGBoosterSerializeToBuffer(BoosterHandle booster, out ulong length, out byte* state);

    [LibraryImport(Library)]
    public static partial int XGBoosterLoadModelFromBuffer(BoosterHandle booster, byte* model, ulong length);

    [LibraryImport(Library)]
    public static partial int XGBoosterUnserializeFromBuffer(BoosterHandle booster, byte* state, ulong length);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int XGBoosterSaveModelToBuffer(
        BoosterHandle booster,
        string config,
        out ulong length,
        out byte* model
    );

    [LibraryImport(Library)]
    public static partial int XGBoosterSaveJsonConfig(BoosterHandle booster, out ulong length, out byte* json);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int XGBoosterGetAttr(BoosterHandle booster, string key, out byte* value, out int found);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int XGBoosterSetAttr(BoosterHandle booster, string key, string? value);
}
