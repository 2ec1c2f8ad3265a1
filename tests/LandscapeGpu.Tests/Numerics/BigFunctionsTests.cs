using System.Globalization;
using System.Numerics;

namespace LandscapeGpu.Tests.Numerics;

public class BigFunctionsTests
{
    /// <summary>
    /// Digits as published in tables (OEIS A000796, A001113, A002162, A002392, A049469, A049470, and Abramowitz and Stegun).
    /// </summary>
    public static TheoryData<string, string> Published => new()
    {
        { "pi", "3.14159265358979323846264338327950288419716939937510" },
        { "exp 1", "2.71828182845904523536028747135266249775724709369995" },
        { "log 2", "0.69314718055994530941723212145817656807550013436025" },
        { "log 10", "2.30258509299404568401799145468436420760110148862877" },
        { "sin 1", "0.84147098480789650665250232163029899962256306079837" },
        { "cos 1", "0.54030230586813971740093660744297660373231042061792" },
        { "atan 1/2", "0.46364760900080611621425623146121440202853705428612" },
        { "erf 1", "0.84270079294971486934122063508260925929606699796630" },
        { "tanh 1", "0.76159415595576488811945828260479359041276859725793" },
        { "2^0.5", "1.41421356237309504880168872420969807856967187537694" },
        { "asin 0.5 * 6", "3.14159265358979323846264338327950288419716939937510" },
        { "acos -0.5 * 1.5", "3.14159265358979323846264338327950288419716939937510" },
    };

    [Theory]
    [MemberData(nameof(Published))]
    public void The_reference_agrees_with_fifty_published_digits(string name, string digits)
    {
        var value = name switch
        {
            "pi" => BigFunctions.Pi,
            "exp 1" => BigFunctions.Exp(1),
            "log 2" => BigFunctions.LogOfTwo,
            "log 10" => BigFunctions.Log(10),
            "sin 1" => BigFunctions.Sin(1),
            "cos 1" => BigFunctions.Cos(1),
            "atan 1/2" => BigFunctions.Atan(0.5),
            "erf 1" => BigFunctions.Erf(1),
            "tanh 1" => BigFunctions.Tanh(1),
            "2^0.5" => BigFunctions.Pow(2, 0.5),
            "asin 0.5 * 6" => BigFunctions.Asin(0.5) * 6,
            _ => BigFunctions.Acos(-0.5) * 3 / 2,
        };

        // The table is cut off after fifty digits, so it may lack up to one unit of the last.
        var published = new BigFloat(BigInteger.Parse(digits.Replace(".", ""), CultureInfo.InvariantCulture), 0)
            / new BigFloat(BigInteger.Pow(10, 50), 0);
        var missing = (value - published).Magnitude * new BigFloat(BigInteger.Pow(10, 50), 0);
        Assert.True((double)missing <= 1, $"{name} differs by {(double)missing} of the fiftieth digit");
    }
}
