using System.Buffers.Binary;
using System.Text;
using Plumbline.Testing;
using Plumbline.XGBoost;
using Plumbline.XGBoost.Formats;
using Plumbline.XGBoost.Native;

namespace Plumbline.XGBoost.Tests;

public sealed class ModelFormatTests
{
    private const int Columns = 8;
    private static readonly float[] Rows = SampleData.Make(40, seed: 3).Features;

    [Theory]
    [InlineData("gbtree", "multi:softprob")]
    [InlineData("dart", "binary:logistic")]
    [InlineData("gblinear", "reg:squarederror")]
    [InlineData("gbtree", "count:poisson")]
    public void The_old_binary_form_is_read(string kind, string objective)
    {
        using var booster = Trained(kind, objective);

        using var loaded = Booster.Load(booster.SaveBinary());

        Predict(loaded).ShouldBe(Predict(booster));
        ModelBytes.FormatOf(booster.SaveBinary()).ShouldBe(ModelFormat.Binary);
    }

    [Theory]
    [InlineData("gbtree")]
    [InlineData("dart")]
    [InlineData("gblinear")]
    public void The_old_binary_form_cut_short_anywhere_is_refused(string kind)
    {
        using var booster = Trained(kind, "reg:squarederror");
        var model = booster.SaveBinary();

        for (var length = 0; length < model.Length; length += 7)
        {
            Should.Throw<XGBoostException>(() => Booster.Load(model.AsSpan(0, length)).Dispose());
        }
    }

    [Theory]
    [InlineData(0, 1_000_000, "node 0 of tree 0 points to a node or a feature that does not exist")]
    [InlineData(1, 1, "node 1 of tree 0 is reached twice")]
    [InlineData(2, 1, "node 1 of tree 0 is reached twice")]
    public void Nodes_that_are_not_a_tree_are_refused_with_the_place(int node, int left, string fault)
    {
        using var booster = Trained("gbtree", "reg:squarederror");
        var model = booster.SaveBinary();
        // The nodes follow "binf", the learner's parameters, two names, and the parameters of the forest and of the
        // first tree.
        var nodes = 4 + 136 + (8 + "reg:squarederror".Length) + (8 + "gbtree".Length) + 160 + 148;
        BinaryPrimitives.WriteInt32LittleEndian(model.AsSpan(nodes + (20 * node) + 4), left);
        BinaryPrimitives.WriteInt32LittleEndian(model.AsSpan(nodes + (20 * node) + 8), 2);

        Should
            .Throw<XGBoostException>(() => Booster.Load(model))
            .Message.ShouldBe($"loading a model: the binary of XGBoost 1.7 or older is damaged: {fault}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    public void Attributes_that_would_be_larger_than_the_model_are_refused(int behind)
    {
        using var booster = Trained("gbtree", "reg:squarederror");
        booster.SetAttribute("aaaa", "b");
        var model = booster.SaveBinary();
        // Before the name come the number of attributes and the name's length.
        var first = model.AsSpan().IndexOf("aaaa"u8) - 16 + behind;
        BinaryPrimitives.WriteInt64LittleEndian(model.AsSpan(first), 1L << 40);

        Should
            .Throw<XGBoostException>(() => Booster.Load(model))
            .Message.ShouldBe("loading a model: the binary of XGBoost 1.7 or older is truncated or damaged");
    }

    [PythonXGBoostFact]
    public void Python_unpickles_what_is_written_and_predicts_the_same()
    {
        using var folder = new TemporaryFolder();
        using var booster = Trained("gbtree", "multi:softprob");
        File.WriteAllBytes(
            folder.At("xgboost-model"),
            BoosterPickle.Write(booster.Serialize(), booster.Rounds, booster.ParallelTrees)
        );
        WriteRows(folder.At("rows"), Rows);
        WriteRows(folder.At("expected"), Predict(booster));

        PythonXGBoost
            .Run(
                """
                import pickle, sys, numpy, xgboost
                folder = sys.argv[1]
                model = pickle.load(open(folder + "/xgboost-model", "rb"))
                rows = numpy.fromfile(folder + "/rows", "<f4").reshape(-1, 8)
                expected = numpy.fromfile(folder + "/expected", "<f4").reshape(-1, 3)
                assert (model.predict(xgboost.DMatrix(rows)) == expected).all()
                assert (model.best_iteration, model.best_ntree_limit) == (4, 5)
                """,
                folder.Path
            )
            .ShouldBeNull();
    }

    [PythonXGBoostFact]
    public void What_Python_pickles_or_saves_is_read_and_predicts_the_same()
    {
        using var folder = new TemporaryFolder();
        WriteRows(folder.At("rows"), Rows);
        PythonXGBoost
            .Run(
                """
                import json, pickle, struct, sys, numpy, xgboost
                folder = sys.argv[1]
                rows = numpy.fromfile(folder + "/rows", "<f4").reshape(-1, 8)
                data = xgboost.DMatrix(rows, label=rows[:, 0])
                model = xgboost.train({"objective": "reg:squarederror", "verbosity": 0}, data, 6)
                model.predict(data).tofile(folder + "/expected")
                for protocol in (2, 3, 4, 5):
                    pickle.dump(model, open(f"{folder}/protocol{protocol}.model", "wb"), protocol=protocol)
                model.save_model(folder + "/saved.model")
                # The states of 0.90 (binary), 1.0 (binary and configuration) and 1.2 (JSON), in the frame of a pickle.
                binary = bytes(model.save_raw("deprecated"))
                states = {
                    "0.90": binary,
                    "1.0": b"CONFIG-offset:" + struct.pack("<q", len(binary)) + binary + b"{}",
                    "1.2": json.dumps({"Config": {"version": [9, 9, 9]}, "Model": json.loads(model.save_raw("json"))}).encode(),
                }
                for version, state in states.items():
                    made = model.copy()
                    made.__class__.__getstate__ = lambda self: {"feature_names": ["f0", "f1"], "feature_types": None,
                        "handle": bytearray(state), "booster": "gbtree", "best_iteration": 5, "best_ntree_limit": 6}
                    pickle.dump(made, open(f"{folder}/{version}.model", "wb"), protocol=4)
                """,
                folder.Path
            )
            .ShouldBeNull();
        var expected = ReadRows(folder.At("expected"));

        var files = Directory.GetFiles(folder.Path, "*.model");

        files.Length.ShouldBe(8);
        foreach (var file in files)
        {
            using var loaded = Booster.Load(File.ReadAllBytes(file));
            Predict(loaded).ShouldBe(expected, Path.GetFileName(file));
        }
    }

    [Fact]
    public void A_model_that_stopped_early_predicts_up_to_its_best_round()
    {
        using var booster = Trained("gbtree", "reg:squarederror");
        using var first = booster.FirstRounds(2);

        using var loaded = Booster.Load(BoosterPickle.Write(booster.Serialize(), rounds: 2, parallelTrees: 1));

        Predict(loaded).ShouldBe(Predict(first));
    }

    [Theory]
    [InlineData("cos\nsystem\n(X\u0005\0\0\0falsetR.", "it names os.system.")]
    [InlineData("cxgboost.sklearn\nXGBClassifier\n)\u0081.", "it names xgboost.sklearn.XGBClassifier.")]
    [InlineData("cbuiltins\neval\n(X\u0001\0\0\01tR.", "it names builtins.eval.")]
    [InlineData("}.", "it does not hold a Booster")]
    [InlineData("cxgboost.core\nBooster\n)R.", "it calls a function that is not allowed")]
    [InlineData("i", "it holds more than data")]
    [InlineData("cxgboost.core\nBooster", "it is truncated or damaged")]
    [InlineData("(", "it is truncated or damaged")]
    [InlineData("u.", "it is truncated or damaged")]
    public void Any_other_pickle_is_refused_and_not_executed(string program, string reason)
    {
        byte[] pickle = [0x80, 4, .. Encoding.Latin1.GetBytes(program)];

        Should
            .Throw<XGBoostException>(() => Booster.Load(pickle))
            .Message.ShouldStartWith($"loading a model: the pickle is refused: {reason}");
    }

    [Fact]
    public void A_pickle_that_makes_the_same_text_into_bytes_again_and_again_is_refused()
    {
        var text = new byte[60_000];
        using var pickle = new MemoryStream();
        pickle.Write([0x80, 4, .. "c_codecs\nencode\nq\0X"u8, .. BitConverter.GetBytes(text.Length), .. text]);
        pickle.Write("q\u0001X\u0006\0\0\0latin1q\u0002"u8);
        for (var i = 0; i < 100; i++)
        {
            pickle.Write([.. "h\0h\u0001h\u0002"u8, 0x86, (byte)'R']);
        }

        Should
            .Throw<XGBoostException>(() => Booster.Load(pickle.ToArray()))
            .Message.ShouldContain("its texts expand to more than");
    }

    [Fact]
    public void A_pickle_cut_short_anywhere_is_refused()
    {
        using var booster = Trained("gbtree", "reg:squarederror");
        var pickle = BoosterPickle.Write(booster.Serialize(), 5, 1);

        for (var length = 3; length < pickle.Length; length += 11)
        {
            Should.Throw<XGBoostException>(() => Booster.Load(pickle.AsSpan(0, length)).Dispose());
        }
    }

    [Fact]
    public void What_is_not_a_model_is_named() =>
        Should
            .Throw<XGBoostException>(() => Booster.Load("hello, world"u8))
            .Message.ShouldBe(
                "loading a model: not an XGBoost model: it is something that begins with the bytes 68656C6C, not JSON, "
                    + "universal binary JSON, XGBoost's old binary format or a pickled Booster"
            );

    private static float[] Predict(Booster booster)
    {
        using var rows = DMatrix.FromRows(Rows, Columns, []);
        return booster.Predict(rows);
    }

    private static Booster Trained(string kind, string objective)
    {
        var (features, labels) = SampleData.Make(
            200,
            classes: objective.StartsWith("binary", StringComparison.Ordinal) ? 2 : 3
        );
        using var train = DMatrix.FromRows(features, Columns, labels);
        var parameters = new Dictionary<string, string>
        {
            ["booster"] = kind,
            ["objective"] = objective,
            ["nthread"] = "1",
            ["verbosity"] = "0",
        };
        if (objective.StartsWith("multi", StringComparison.Ordinal))
        {
            parameters["num_class"] = "3";
        }
        var booster = Booster.Create(parameters, train);
        for (var round = 0; round < 5; round++)
        {
            booster.Update(round, train);
        }
        return booster;
    }

    private static void WriteRows(string file, float[] values)
    {
        using var writer = new BinaryWriter(File.Create(file));
        Array.ForEach(values, writer.Write);
    }

    private static float[] ReadRows(string file)
    {
        var bytes = File.ReadAllBytes(file);
        return [.. Enumerable.Range(0, bytes.Length / 4).Select(i => BitConverter.ToSingle(bytes, i * 4))];
    }
}
