namespace LandscapeGpu.Starts;

/// <summary>
/// A distribution of starts on ℝᵈ: point number <c>restart</c> is a pure function of (seed, restart), so it is the same on every
/// device, thread, batch and shard, and after a resume.
/// </summary>
/// <remarks>
/// A new sampler is one record: <see cref="Fill"/> writes the point from <see cref="CounterRandom"/> numbers of the stream
/// <see cref="StreamId.Starts"/>, without state and without allocation. Samplers are immutable and safe to share between threads.
/// </remarks>
public abstract record Sampler
{
    /// <summary>The dimension d of its points; null where it draws in any dimension.</summary>
    public virtual int? Dimension => null;

    /// <summary>Writes one start.</summary>
    /// <param name="seed">Names the run: another seed gives independent points.</param>
    /// <param name="restart">Which start, 0 ≤ restart &lt; 2⁵⁶.</param>
    /// <param name="point">Receives the d coordinates.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="restart"/> is out of its range.</exception>
    /// <exception cref="ArgumentException">The length of <paramref name="point"/> fails <see cref="Validate(int)"/>.</exception>
    public void Draw(ulong seed, long restart, Span<double> point)
    {
        RequireNumber(restart);
        Validate(point.Length);
        Fill(seed, (ulong)restart, point);
    }

    /// <summary>Throws where one of so many starts from the first on cannot be drawn: <see cref="DrawNext"/> then needs not ask at each.</summary>
    internal void Validate(long first, int count, int dimension)
    {
        RequireNumber(first);
        RequireNumber(first + Math.Max(0, count - 1));
        Validate(dimension);
    }

    /// <summary>Neighbouring starts, of those that <see cref="Validate(long, int, int)"/> was asked about, one after the other.</summary>
    /// <param name="seed">Names the run.</param>
    /// <param name="restart">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <param name="room">Where they may be written to.</param>
    internal virtual ReadOnlySpan<double> DrawNext(ulong seed, long restart, int count, Span<double> room)
    {
        var d = room.Length / count;
        for (var k = 0; k < count; k++)
        {
            Fill(seed, (ulong)(restart + k), room.Slice(k * d, d));
        }

        return room;
    }

    /// <summary>Throws where this sampler cannot draw points of that dimension; cheap enough to ask at every draw.</summary>
    /// <exception cref="ArgumentException">Says what was asked, what is allowed and what to do.</exception>
    public virtual void Validate(int dimension)
    {
        if (dimension < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "A point has at least one coordinate.");
        }

        if (Dimension is { } own && own != dimension)
        {
            throw new ArgumentException(
                $"The sampler ({Describe()}) draws points with {own} coordinates, but {dimension} were asked for. "
                + $"Give it {dimension} values per argument, or single numbers where it takes them for any dimension.",
                nameof(dimension));
        }
    }

    /// <summary>The distribution in a few words, for logs and reports.</summary>
    public abstract string Describe();

    /// <inheritdoc cref="Describe"/>
    public sealed override string ToString() => Describe();

    /// <summary>The same points with each coordinate divided by a power of two of its own.</summary>
    internal virtual Sampler DividedBy(double[] lengths) => new Divided(this, lengths);

    private static void RequireNumber(long restart)
    {
        if ((ulong)restart >= (ulong)CounterRandom.RestartLimit)
        {
            throw new ArgumentOutOfRangeException(nameof(restart), restart, "Restarts are numbered from 0 up to 2^56 − 1.");
        }
    }

    /// <summary>Writes the point; arguments have been checked.</summary>
    protected abstract void Fill(ulong seed, ulong restart, Span<double> point);
}
