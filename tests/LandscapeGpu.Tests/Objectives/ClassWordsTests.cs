using LandscapeGpu.Objectives.Datasets;
using LandscapeGpu.Reporting;
using Family = LandscapeGpu.Objectives.Catalogue.Catalogue;

namespace LandscapeGpu.Tests.Objectives;

/// <summary>Targets that are words name classes; where it is not plain what they are, they are refused with advice.</summary>
public sealed class ClassWordsTests : InFolder
{
    [Theory]
    [InlineData("x,y,animal\n1,2,dog\n3,4,cat\n5,6,dog\n", null)]
    [InlineData("1,2,dog\n3,4,cat\n5,6,dog\n", null)]
    [InlineData("animal,x,y\ndog,1,2\n cat ,3,4\n\"dog\",5,6\n", "animal")]
    [InlineData("dog,1,2\ncat,3,4\ndog,5,6\n", "1")]
    public void Classes_are_sorted_and_named(string text, string? target)
    {
        var samples = (Samples)DataFile.Read(Write("a.csv", text), DataForm.Samples, new() { Target = target });
        Assert.Equal(["cat", "dog"], samples.ClassNames);
        Assert.Equal([1.0, 0.0, 1.0], samples.Labels);
        var objective = Network(samples);
        Assert.Equal(["cat", "dog"], objective.Classes);
        var result = Survey.Run(objective, new() { Restarts = 2 });
        Assert.Contains("classes cat, dog; ", SurveyText.Heading(result), StringComparison.Ordinal);
        Assert.Contains("\"cat\",\n", SurveyJson.Write(result).ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_its_own_may_have_a_heading_or_none_told_by_how_many_rows_there_are()
    {
        var inputs = Write("x.csv", "1,2\n3,4\n5,6\n");
        foreach (var text in new[] { "kind\nb\na\nb\n", "b\na\nb\n", "a\nc\nb\n" })
        {
            Assert.Equal(3, ((Samples)DataFile.Read(inputs, DataForm.Samples, new() { TargetFile = Write("y.csv", text) })).Count);
        }

        Says("its first line, b, is one of them", () => DataFile.Read(inputs, DataForm.Samples, new() { TargetFile = Write("y.csv", "b\na\nb\na\n") }));
        Says("holds 3 rows and", () => DataFile.Read(inputs, DataForm.Samples, new() { TargetFile = Write("y.csv", "b\na\n") }));
        // Numbers may have a name above them.
        Assert.Equal([7.0, 8.0, 9.0], ((Samples)DataFile.Read(inputs, DataForm.Samples, new() { TargetFile = Write("n.csv", "kind\n7\n8\n9\n") })).Labels);
    }

    [Fact]
    public void Held_out_samples_have_the_numbers_of_the_others_classes()
    {
        var train = Write("train.csv", "1,2,dog\n3,4,cat\n5,6,emu\n2,1,dog\n");
        var samples = (Samples)DataFile.Read(train, DataForm.Samples, new() { Test = Write("test.csv", "1,1,emu\n2,2,dog\n") });
        Assert.Equal([2.0, 1.0], samples.HeldOut!.Labels);
        Assert.NotNull(Network(samples).Scores!.TestAccuracy);
        var split = ((Samples)DataFile.Read(Write("t.csv", "1,2,b\n3,4,a\n5,6,b\n2,1,a\n7,7,b\n8,9,a\n"), DataForm.Samples)).HoldOut(2);
        Assert.Equal((4, 2, "a, b"), (split.Count, split.HeldOut!.Count, string.Join(", ", split.HeldOut.ClassNames!)));
        Says("A held-out sample is of class fox, and no other sample is (cat, dog, emu)", () => DataFile.Read(train, DataForm.Samples, new() { Test = Write("test.csv", "1,1,fox\n2,2,fox\n") }));
        Says("others have numbers for targets", () => DataFile.Read(train, DataForm.Samples, new() { Test = Write("test.csv", "1,1,1\n2,2,2\n") }));
    }

    [Theory]
    [InlineData("1,2,dog\n3,4,1\n", "line 2 it is 1; targets are all numbers, or all words")]
    [InlineData("1,2,3\n3,4,dog\n", "the target is 'dog', and at line 1 it is 3")]
    [InlineData("0,1,label\n3,4,1\n5,6,0\n", "if that line holds the names of the columns, names are to be no numbers")]
    [InlineData("0,1,label\n3,4,cat\n5,6,dog\n1,1,cat\n", "the target of the first row, 'label', is that of no other row")]
    [InlineData("1,2,cat\n3,4,Cat\n5,6,dog\n1,1,cat\n", "Classes are called 'Cat' and 'cat', which may be one")]
    [InlineData("1,2,cat\n3,4,NA\n5,6,cat\n", "The class of a sample is 'NA', which may stand for a missing value")]
    [InlineData("1,2,cat\n3,4,\n5,6,cat\n", "the target '' is empty")]
    [InlineData("1,2,cat\n3,4,nan\n5,6,cat\n", "the target 'nan' is not finite")]
    [InlineData("1,a,cat\n3,4,dog\n5,6,cat\n", "'a' is not a number")]
    [InlineData("1,2,cat\n3,4,cat\n5,6,cat\n", "the samples have 1 of them")]
    public void What_is_not_plain_is_refused(string text, string sentence) =>
        Says(sentence, () => Network((Samples)DataFile.Read(Write("b.csv", text), DataForm.Samples)));

    [Theory]
    [InlineData("glm")]
    [InlineData("least-squares")]
    [InlineData("perceptron")]
    public void What_fits_numbers_says_so(string family)
    {
        var samples = (Samples)DataFile.Read(Write("c.csv", "1,2,dog\n3,4,cat\n5,6,dog\n"), DataForm.Samples);
        Says("Targets are to be numbers, and they are words (cat, dog)", () => Family.Find(family).Create(null, new Dictionary<string, double>(), samples));
    }

    [Theory]
    [InlineData("logistic-regression")]
    [InlineData("perceptron")]
    public void A_loss_of_two_labels_takes_signs_bits_and_two_words(string family)
    {
        string Rows(string one, string other) => $"1,2,{one}\n3,4,{other}\n5,6,{one}\n0,3,{other}\n2,2,{one}\n";
        Objective Of(string one, string other, string held = "") => TwoLabels(family, Rows(one, other), held == "" ? "" : $"1,1,{held}\n");
        var point = new double[Of("1", "-1").Dimension];
        Array.Fill(point, 0.3);
        var right = Of("1", "-1").Evaluate(point);
        Assert.All([Of("1", "0"), Of("dog", "cat"), Of("1.0", "0.0", "0")], objective => Assert.Equal(right, objective.Evaluate(point)));
        Assert.NotEqual(right, Of("cat", "dog").Evaluate(point));
        if (family == "perceptron")
        {
            double TestLoss(string one, string other, string held) => Of(one, other, held).Scores!.TestLoss!.Evaluate(point);
            Assert.Equal(TestLoss("1", "-1", "-1"), TestLoss("1", "0", "0"));
            Assert.Equal(TestLoss("1", "-1", "1"), TestLoss("dog", "cat", "dog"));
        }

        Says("was given targets from 1 to 2 with 2 values; its loss is of two labels, which are 1 and -1, 1 and 0, or two words", () => Of("1", "2"));
        Says("targets from -1 to 1 with 3 values", () => Of("1", "0", "-1"));
        Says("was given 3 classes (cat, dog, emu)", () => TwoLabels(family, Rows("dog", "cat") + "1,1,emu\n", ""));
        Says("was given 1 classes (dog)", () => Of("dog", "dog"));
    }

    private Objective TwoLabels(string family, string train, string test) => Family.Find(family).Create(
        null,
        family == "perceptron" ? new Dictionary<string, double> { ["loss"] = 1, ["width"] = 2, ["decay"] = 0.1 } : [],
        (Samples)DataFile.Read(Write("two.csv", train), DataForm.Samples, new() { Test = test == "" ? null : Write("held.csv", test) }));

    private static Objective Network(Samples samples) => Family.Find("perceptron").Create(null, new Dictionary<string, double> { ["loss"] = 2, ["width"] = 2, ["decay"] = 0.1 }, samples);

    private static void Says(string sentence, Action action) => Assert.Contains(sentence, Assert.ThrowsAny<Exception>(action).Message, StringComparison.Ordinal);
}
