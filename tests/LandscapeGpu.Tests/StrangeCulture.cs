using System.Globalization;
using System.Runtime.CompilerServices;

namespace LandscapeGpu.Tests;

/// <summary>All tests run where numbers are written otherwise: what the library and the command print does not depend on it.</summary>
internal static class StrangeCulture
{
    [ModuleInitializer]
    internal static void Set()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        var numbers = culture.NumberFormat;
        (numbers.NumberDecimalSeparator, numbers.NumberGroupSeparator, numbers.PercentDecimalSeparator, numbers.PercentGroupSeparator) = (",", "'", ",", "'");
        (numbers.NegativeSign, numbers.NaNSymbol, numbers.PositiveInfinitySymbol, numbers.NegativeInfinitySymbol) = ("~", "nothing", "without end", "~without end");
        culture.DateTimeFormat.TimeSeparator = "h";
        (CultureInfo.DefaultThreadCurrentCulture, CultureInfo.CurrentCulture) = (culture, culture);
    }
}
