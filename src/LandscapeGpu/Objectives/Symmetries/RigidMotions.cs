namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>
/// A point is N equal atoms in space, (x₁, y₁, z₁, x₂, …); it may be moved, rotated and reflected as a whole, and atoms
/// may be exchanged. The symmetry of a cluster under a pair potential.
/// </summary>
/// <param name="SpatialDimension">Coordinates of one atom, usually 3.</param>
/// <remarks>
/// An atom's row is its distance to the centroid and its distances to all atoms, sorted. The invariants are the rows'
/// components along 2s+2 directions (s the spatial dimension), each sorted over the atoms: (2s+2)·N numbers, more than
/// twice the dimension s·N of the shapes. They tell apart shapes that share all pairwise distances (Boutin and Kemper,
/// "On reconstructing n-point configurations from the distribution of distances or areas", Adv. Appl. Math. 32 (2004)
/// 709); degenerate shapes that share all rows exist (Pozdnyakov et al., Phys. Rev. Lett. 125 (2020) 166001). Scaled so
/// that displacing the atoms by a vector of length δ changes the invariants by at most 2δ.
/// </remarks>
public sealed record RigidMotions(int SpatialDimension = 3) : Symmetry
{
    /// <inheritdoc/>
    public override int LengthFor(int dimension) => DirectionsFor(AtomsIn(dimension)) * AtomsIn(dimension);

    /// <inheritdoc/>
    public override InvariantMap MapFor(int dimension)
    {
        int atoms = AtomsIn(dimension), width = atoms + 1, directions = DirectionsFor(atoms);
        double[] frame = Orthonormal.Rows(directions, width, seed: 0x61746F6D73);
        double scale = 1 / Math.Sqrt(width);
        return (point, invariants) =>
        {
            double[] rows = new double[atoms * width];
            for (int i = 0; i < atoms; i++) FillRow(point, i, rows.AsSpan(i * width, width));
            for (int k = 0; k < directions; k++)
            {
                Span<double> along = invariants.Slice(k * atoms, atoms);
                ReadOnlySpan<double> direction = frame.AsSpan(k * width, width);
                for (int i = 0; i < atoms; i++) along[i] = scale * Orthonormal.Dot(direction, rows.AsSpan(i * width, width));
                along.Sort();
            }
        };
    }

    private int DirectionsFor(int atoms) => Math.Min(atoms + 1, 2 * SpatialDimension + 2);

    private void FillRow(ReadOnlySpan<double> point, int atom, Span<double> row)
    {
        int atoms = row.Length - 1;
        row.Clear();
        for (int c = 0; c < SpatialDimension; c++)
        {
            double own = point[atom * SpatialDimension + c], sum = 0;
            for (int i = 0; i < atoms; i++)
            {
                double other = point[i * SpatialDimension + c];
                sum += other;
                row[i + 1] += (own - other) * (own - other);
            }

            row[0] += (own - sum / atoms) * (own - sum / atoms);
        }

        for (int i = 0; i <= atoms; i++) row[i] = Math.Sqrt(row[i]);
        row[1..].Sort();
    }

    private int AtomsIn(int dimension)
    {
        if (SpatialDimension < 1 || dimension % SpatialDimension != 0)
        {
            throw new ArgumentException(
                $"Points of length {dimension} are not whole atoms of {SpatialDimension} coordinates: SpatialDimension must divide the length.");
        }

        return dimension / SpatialDimension;
    }
}
