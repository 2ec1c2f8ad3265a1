using System.Text;
using LandscapeGpu.Objectives.Regions;
using LandscapeGpu.Pathways;

namespace LandscapeGpu.Reporting;

/// <summary>The minima of atoms in space as XYZ, which molecular viewers read: for each a block of their number, a comment and a line for each atom.</summary>
public static class XyzText
{
    /// <summary>All minima, best first.</summary>
    /// <param name="result">A survey of atoms in space, three coordinates each.</param>
    /// <param name="element">What the atoms are called.</param>
    /// <exception cref="ArgumentException">The coordinates are not those of atoms in space.</exception>
    public static string Of(SurveyResult result, string element = "Ar")
    {
        ArgumentNullException.ThrowIfNull(result);
        return Of(result.Objective, result.AllMinima, element);
    }

    /// <summary>What chains of hops came to, lowest first; count says how many hops ended there.</summary>
    /// <inheritdoc cref="Of(SurveyResult, string)"/>
    public static string Of(BasinHoppingResult result, string element = "Ar")
    {
        ArgumentNullException.ThrowIfNull(result);
        return Of(result.Objective, result.Minima, element);
    }

    private static string Of(Objective objective, IEnumerable<StationaryPoint> minima, string element)
    {
        Require(objective);
        var text = new StringBuilder();
        foreach (var minimum in minima)
        {
            text.Append(CultureInfo.InvariantCulture, $"{minimum.Point.Count / 3}\nvalue={minimum.Value:R} count={minimum.Count} kind={JsonText.Snake(minimum.Kind)}\n");
            for (var k = 0; k < minimum.Point.Count; k += 3)
            {
                text.Append(CultureInfo.InvariantCulture, $"{element} {minimum.Point[k]:R} {minimum.Point[k + 1]:R} {minimum.Point[k + 2]:R}\n");
            }
        }

        return text.ToString();
    }

    /// <summary>Refuses what is not about atoms: coordinates that do not come in threes that move, or turn, together.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    internal static void Require(Objective objective)
    {
        if (objective.Dimension % 3 != 0 || (objective.Symmetry is not RigidMotions && objective.Region is not Spheres { BlockLength: 3 }))
        {
            throw new ArgumentException($"XYZ was asked for, and {objective.Name} does not say that its coordinates are places of atoms in space: it needs three for each, and rigid motions as its symmetry, or unit spheres as its region.");
        }
    }
}
